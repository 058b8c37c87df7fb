// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useState, type ReactNode } from "react";
import { Text, View, type StyleProp, type ViewStyle } from "react-native";
import { useSyncIssues, type SyncIssues } from "../hooks/useSyncIssues";
import type { OpView } from "../sync/types";
import { ActionButton } from "./ActionButton";
import type { SyncTexts } from "./texts";
import { useLook, type LookProps, type SyncTheme } from "./theme";
import { useAnnouncement } from "./useAnnouncement";

export interface SyncErrorBannerProps extends LookProps {
  /** How many failed edits are listed; default 3. */
  readonly limit?: number;
  /** Opens the app's `ConflictSheet`; without it conflicts are only counted. */
  readonly onShowConflicts?: () => void;
  readonly style?: StyleProp<ViewStyle>;
}

/** What went wrong with edits of this device, each with its reason and what can be done; nothing while all is well. */
export function SyncErrorBanner({
  limit = 3,
  onShowConflicts,
  style,
  ...look
}: SyncErrorBannerProps): ReactNode {
  const actions = useSyncIssues();
  const { theme, texts } = useLook(look);
  const [hasActionFailed, setHasActionFailed] = useState(false);
  const { issues } = actions;
  const failed = issues.filter((issue) => issue.state === "failed");
  const superseded = issues.filter((issue) => issue.state === "superseded");
  const conflicts = issues.filter((issue) => issue.state === "conflict");
  const title = failed.length === 0 ? null : texts.failedTitle(failed.length);
  useAnnouncement(title);
  if (issues.length === 0) return null;

  const hidden = failed.length - limit;
  const parts = { theme, texts, onEnd: setHasActionFailed };
  const small = { color: theme.mutedText, fontSize: theme.fontSize * 0.875 };
  return (
    <View
      style={[
        {
          padding: theme.spacing * 2,
          gap: theme.spacing,
          borderRadius: theme.radius,
          borderWidth: 1,
          borderColor: failed.length > 0 ? theme.danger : theme.border,
          backgroundColor: theme.surface,
        },
        style,
      ]}
    >
      {title !== null && (
        <Text
          role="alert"
          aria-live="assertive"
          style={{
            color: theme.danger,
            fontSize: theme.fontSize,
            fontWeight: "700",
          }}
        >
          {title}
        </Text>
      )}
      {failed.slice(0, limit).map((issue) => (
        <FailedEdit
          key={issue.opId}
          issue={issue}
          actions={actions}
          {...parts}
        />
      ))}
      {hidden > 0 && <Text style={small}>{texts.more(hidden)}</Text>}
      {failed.length > 1 && (
        <ActionButton
          label={texts.retryAll}
          onPress={actions.retryAll}
          {...parts}
        />
      )}
      {superseded.slice(0, limit).map((issue) => (
        <Notice
          key={issue.opId}
          text={texts.supersededEdit(issue)}
          action={texts.dismiss}
          onPress={() => actions.dismiss(issue.opId)}
          {...parts}
        />
      ))}
      {conflicts.length > 0 && (
        <Notice
          text={texts.conflictsWaiting(conflicts.length)}
          action={texts.showConflicts}
          onPress={onShowConflicts}
          {...parts}
        />
      )}
      {hasActionFailed && (
        <Text role="alert" aria-live="assertive" style={small}>
          {texts.actionFailed}
        </Text>
      )}
    </View>
  );
}

interface Parts {
  readonly theme: SyncTheme;
  readonly texts: SyncTexts;
  readonly onEnd: (hasFailed: boolean) => void;
}

function FailedEdit({
  issue,
  actions,
  ...parts
}: Parts & {
  readonly issue: OpView;
  readonly actions: SyncIssues;
}): ReactNode {
  const { theme, texts } = parts;
  const [isConfirming, setIsConfirming] = useState(false);
  const what = texts.failedEdit(issue);
  return (
    <View role="group" aria-label={what}>
      <Text style={{ color: theme.text, fontSize: theme.fontSize }}>
        {what}
      </Text>
      <Text
        style={{ color: theme.mutedText, fontSize: theme.fontSize * 0.875 }}
      >
        {texts.reason(issue, texts.reasons)}
      </Text>
      <View
        style={{
          flexDirection: "row",
          flexWrap: "wrap",
          // The labels stand below the text; what can be pressed is wider.
          marginHorizontal: -theme.spacing * 2,
        }}
      >
        {isConfirming ? (
          <>
            <ActionButton
              tone="danger"
              label={texts.confirmDiscard}
              accessibleLabel={`${texts.confirmDiscard}: ${what}`}
              onPress={() => actions.discard(issue.opId)}
              {...parts}
            />
            <ActionButton
              label={texts.cancel}
              onPress={() => setIsConfirming(false)}
              {...parts}
            />
          </>
        ) : (
          <>
            <ActionButton
              label={texts.retry}
              accessibleLabel={`${texts.retry}: ${what}`}
              onPress={() => actions.retry(issue.opId)}
              {...parts}
            />
            <ActionButton
              tone="danger"
              label={texts.discard}
              accessibleLabel={`${texts.discard}: ${what}`}
              onPress={() => setIsConfirming(true)}
              {...parts}
            />
          </>
        )}
      </View>
    </View>
  );
}

function Notice({
  text,
  action,
  onPress,
  ...parts
}: Parts & {
  readonly text: string;
  readonly action: string;
  readonly onPress: (() => unknown) | undefined;
}): ReactNode {
  const { theme } = parts;
  return (
    <View style={{ flexDirection: "row", alignItems: "center" }}>
      <Text
        role="status"
        aria-live="polite"
        style={{ flex: 1, color: theme.text, fontSize: theme.fontSize }}
      >
        {text}
      </Text>
      {onPress !== undefined && (
        <ActionButton label={action} onPress={onPress} {...parts} />
      )}
    </View>
  );
}
