// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReactNode } from "react";
import { Text, View, type StyleProp, type ViewStyle } from "react-native";
import { useSync } from "../hooks/syncContext";
import { useSyncStatus } from "../hooks/useSyncStatus";
import type { SyncStatus } from "../sync/types";
import { ActionButton } from "./ActionButton";
import { describeWrongUser } from "./syncState";
import type { SyncTexts } from "./texts";
import { useLook, type LookProps } from "./theme";
import { useAnnouncement } from "./useAnnouncement";

/** What an `InitialSyncScreen` holds back until the first download is complete. */
export interface InitialSyncScreenProps extends LookProps {
  readonly style?: StyleProp<ViewStyle>;
  /** The app; mounted once every table was downloaded, and from then on at every start, also offline. */
  readonly children: ReactNode;
}

/** Stands before the app until its first download is complete: progress, what is in the way, and a button to retry. */
export function InitialSyncScreen({
  style,
  children,
  ...look
}: InitialSyncScreenProps): ReactNode {
  const sync = useSync();
  const status = useSyncStatus();
  const { theme, texts } = useLook(look);
  const { complete, tablesDone, tablesTotal, rows } = status.initialSync;
  const problem = complete ? null : describeProblem(status, texts);
  useAnnouncement(problem);
  if (complete) return children;

  const share = tablesTotal === 0 ? 0 : tablesDone / tablesTotal;
  const progress = texts.initialSyncProgress(tablesDone, tablesTotal);
  const small = { color: theme.mutedText, fontSize: theme.fontSize * 0.875 };
  return (
    <View
      style={[
        {
          flex: 1,
          justifyContent: "center",
          padding: theme.spacing * 3,
          gap: theme.spacing * 2,
          backgroundColor: theme.background,
        },
        style,
      ]}
    >
      <Text
        role="heading"
        style={{
          color: theme.text,
          fontSize: theme.fontSize * 1.25,
          fontWeight: "700",
          textAlign: "center",
        }}
      >
        {texts.initialSyncTitle}
      </Text>
      <View
        accessible
        role="progressbar"
        aria-label={texts.initialSyncTitle}
        aria-valuemin={0}
        aria-valuemax={tablesTotal}
        aria-valuenow={tablesDone}
        aria-valuetext={progress}
        style={{
          height: theme.spacing,
          borderRadius: theme.spacing / 2,
          backgroundColor: theme.border,
          overflow: "hidden",
        }}
      >
        <View
          style={{
            width: `${share * 100}%`,
            height: "100%",
            backgroundColor: theme.accent,
          }}
        />
      </View>
      <Text style={[small, { textAlign: "center" }]}>
        {rows === 0 ? progress : `${progress} · ${texts.initialSyncRows(rows)}`}
      </Text>
      {problem !== null && (
        <>
          <Text
            role="alert"
            aria-live="assertive"
            style={{
              color: theme.danger,
              fontSize: theme.fontSize,
              textAlign: "center",
            }}
          >
            {problem}
          </Text>
          <ActionButton
            tone="primary"
            label={texts.retry}
            onPress={sync.syncNow}
            theme={theme}
          />
        </>
      )}
    </View>
  );
}

/** What keeps the first download from going on; `null` while it does. */
function describeProblem(status: SyncStatus, texts: SyncTexts): string | null {
  if (status.phase === "signed-out")
    return describeWrongUser(status, texts) ?? texts.initialSyncSignedOut;
  if (status.phase === "upgrade-required")
    return texts.problems["upgrade-required"];
  if (status.phase === "elsewhere") return texts.elsewhere;
  if (!status.online) return texts.initialSyncOffline;
  // The error of a download stays until the next one ended; while that runs, nothing is in its way.
  return status.phase === "retrying" ? texts.initialSyncFailed : null;
}
