import { useState } from "react";
import { Modal, Pressable, Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import { describeSyncState } from "../components/syncState";
import { useLook } from "../components/theme";
import { useOfflineFirst } from "../hooks/useOfflineFirst";
import {
  unsentCount,
  useSignOut,
  type UnsentChoice,
} from "../hooks/useSignOut";
import { useSyncStatus } from "../hooks/useSyncStatus";
import { useSession } from "../session/useSession";
import { AtEdge } from "./controls";
import { OfflineSwitch } from "./OfflineSwitch";
import { edges } from "./Screen";

/** The state of the sync in words, the switch for trying it out, and the way out. */
export function Account({ onClose }: { onClose: () => void }) {
  const { theme, texts } = useLook({});
  const status = useSyncStatus();
  const sync = useOfflineFirst();
  const { name } = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Modal transparent animationType="fade" onRequestClose={onClose}>
      <View style={{ flex: 1, justifyContent: "flex-end" }}>
        <Pressable
          role="button"
          aria-label="Close"
          onPress={onClose}
          style={{
            position: "absolute",
            top: 0,
            right: 0,
            bottom: 0,
            left: 0,
            backgroundColor: "rgba(0, 0, 0, 0.45)",
          }}
        />
        <View
          role="dialog"
          aria-label="Account"
          style={{
            padding: 20,
            paddingBottom: 20 + edges.bottom,
            gap: 14,
            borderTopLeftRadius: 20,
            borderTopRightRadius: 20,
            backgroundColor: theme.surface,
          }}
        >
          <View style={{ gap: 4 }}>
            <Text
              style={{ color: theme.text, fontSize: 19, fontWeight: "800" }}
            >
              {name}
            </Text>
            <Text
              role="status"
              style={{ color: theme.mutedText, fontSize: 15 }}
            >
              {describeSyncState(status, texts)}
            </Text>
            <Text style={{ color: theme.mutedText, fontSize: 15 }}>
              {status.lastSyncedAt === null
                ? "Not synced yet"
                : `Last synced ${new Date(status.lastSyncedAt).toLocaleTimeString("en")}`}
            </Text>
          </View>
          <OfflineSwitch />
          {isLeaving ? (
            <Leaving onCancel={() => setIsLeaving(false)} />
          ) : (
            <View
              style={{ flexDirection: "row", justifyContent: "space-between" }}
            >
              <AtEdge side="left">
                <ActionButton
                  label="Sync now"
                  onPress={sync.syncNow}
                  theme={theme}
                />
              </AtEdge>
              <AtEdge side="right">
                <ActionButton
                  tone="danger"
                  label="Sign out"
                  onPress={() => setIsLeaving(true)}
                  theme={theme}
                />
              </AtEdge>
            </View>
          )}
        </View>
      </View>
    </Modal>
  );
}

/** Edits that only this device has are not lost without somebody having chosen so. */
function Leaving({ onCancel }: { onCancel: () => void }) {
  const { theme } = useLook({});
  const { signOut: endSession } = useSession();
  const signOut = useSignOut();
  const count = unsentCount(useSyncStatus());
  const [hasFailed, setHasFailed] = useState(false);
  const leave = (unsent: UnsentChoice) => async () => {
    setHasFailed(false);
    const result = await signOut(unsent);
    if (result.kind === "ready") endSession();
    else setHasFailed(true);
  };
  return (
    <View style={{ gap: 6 }}>
      <Text style={{ color: theme.text, fontSize: 16, lineHeight: 22 }}>
        {count === 0
          ? "Everything is on the server."
          : `${count === 1 ? "One change is" : `${count} changes are`} only on this device.`}
      </Text>
      {hasFailed && count > 0 && (
        <Text
          role="alert"
          aria-live="assertive"
          style={{ color: theme.danger, fontSize: 15, lineHeight: 21 }}
        >
          Sending did not work. Try again with a connection.
        </Text>
      )}
      {count === 0 ? (
        <ActionButton
          tone="primary"
          label="Sign out now"
          onPress={leave("keep")}
          theme={theme}
        />
      ) : (
        <>
          <ActionButton
            tone="primary"
            label="Send, then sign out"
            onPress={leave("send")}
            theme={theme}
          />
          <ActionButton
            label="Keep for next time"
            onPress={leave("keep")}
            theme={theme}
          />
          <ActionButton
            tone="danger"
            label="Discard and sign out"
            onPress={leave("discard")}
            theme={theme}
          />
        </>
      )}
      <ActionButton label="Stay signed in" onPress={onCancel} theme={theme} />
    </View>
  );
}
