// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReactNode } from "react";
import {
  Pressable,
  Text,
  View,
  type StyleProp,
  type ViewStyle,
} from "react-native";
import { useSync } from "../hooks/syncContext";
import { useSyncStatus } from "../hooks/useSyncStatus";
import {
  attentionCount,
  describeSyncState,
  noticeOf,
  syncStateOf,
  type SyncState,
} from "./syncState";
import { useLook, type LookProps, type SyncTheme } from "./theme";
import { useNotice } from "./useAnnouncement";

/** How a `SyncStatusIcon` looks. */
export interface SyncStatusIconProps extends LookProps {
  /** Width and height, in points; default 24. */
  readonly size?: number;
  /** Makes the icon a button. */
  readonly onPress?: () => void;
  readonly style?: StyleProp<ViewStyle>;
}

const signs = {
  attention: { sign: "!", color: "danger" },
  "signed-out": { sign: "?", color: "warning" },
  "upgrade-required": { sign: "!", color: "danger" },
  stopped: { sign: "–", color: "mutedText" },
  elsewhere: { sign: "–", color: "mutedText" },
  offline: { sign: "×", color: "mutedText" },
  retrying: { sign: "!", color: "warning" },
  "initial-sync": { sign: "↓", color: "accent" },
  syncing: { sign: "↻", color: "accent" },
  pending: { sign: "↑", color: "accent" },
  synced: { sign: "✓", color: "success" },
} as const satisfies Record<
  SyncState,
  { readonly sign: string; readonly color: keyof SyncTheme }
>;

/** The state of the sync as one sign, with the number of waiting edits; a screen reader says it in words, and by itself what is not as usual. */
export function SyncStatusIcon({
  size = 24,
  onPress,
  style,
  ...look
}: SyncStatusIconProps): ReactNode {
  const status = useSyncStatus();
  const { theme, texts } = useLook(look);
  const { sign, color } = signs[syncStateOf(status)];
  const count = attentionCount(status) || status.pendingCount;
  const label = describeSyncState(status, texts);
  useNotice(useSync(), noticeOf(status, texts), texts.synced);
  const icon = (
    <View
      aria-hidden
      style={{ flexDirection: "row", alignItems: "center", gap: 4 }}
    >
      <View
        style={{
          width: size,
          height: size,
          borderRadius: size / 2,
          borderWidth: 2,
          borderColor: theme[color],
          alignItems: "center",
          justifyContent: "center",
        }}
      >
        <Text
          allowFontScaling={false}
          style={{
            color: theme[color],
            fontSize: size * 0.6,
            lineHeight: size * 0.75,
            fontWeight: "700",
          }}
        >
          {sign}
        </Text>
      </View>
      {count > 0 && (
        <Text style={{ color: theme[color], fontSize: size * 0.6 }}>
          {count}
        </Text>
      )}
    </View>
  );
  if (onPress === undefined)
    return (
      // iOS reads the label of an `accessible` view only.
      <View accessible role="status" aria-label={label} style={style}>
        {icon}
      </View>
    );
  return (
    <Pressable
      role="button"
      aria-label={label}
      onPress={onPress}
      style={[
        {
          minWidth: theme.touchTarget,
          minHeight: theme.touchTarget,
          alignItems: "center",
          justifyContent: "center",
        },
        style,
      ]}
    >
      {icon}
    </Pressable>
  );
}
