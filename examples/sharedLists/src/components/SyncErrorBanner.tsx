// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useState, type ReactNode } from "react";
import {
  Text,
  View,
  type StyleProp,
  type TextStyle,
  type ViewStyle,
} from "react-native";
import { useSyncIssues, type SyncIssues } from "../hooks/useSyncIssues";
import type { OpView } from "../sync/types";
import { ActionButton } from "./ActionButton";
import type { SyncTexts } from "./texts";
import { useLook, type LookProps, type SyncTheme } from "./theme";
import { useAnnouncement } from "./useAnnouncement";

/** How a `SyncErrorBanner` looks, and how much it lists. */
export interface SyncErrorBannerProps extends LookProps {
  /** How many edits of a kind are listed; default 3. */
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
  const ifAny = (amount: number, say: (amount: number) => string) =>
    amount === 0 ? null : say(amount);
  const title = ifAny(failed.length, texts.failedTitle);
  const waiting = ifAny(conflicts.length, texts.conflictsWaiting);
  const problem =
    hasActionFailed && issues.length > 0 ? texts.actionFailed : null;
  useAnnouncement(
    title,
    ifAny(superseded.length, texts.supersededTitle),
    waiting,
    problem,
  );
  if (issues.length === 0) return null;

  const parts = { theme, texts, onEnd: setHasActionFailed };
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
      <More count={failed.length - limit} {...parts} />
      {failed.length > 1 && (
        <ActionButton
          label={texts.retryAll}
          onPress={actions.retryAll}
          {...parts}
        />
      )}
      <SupersededEdits
        superseded={superseded}
        limit={limit}
        actions={actions}
        {...parts}
      />
      {waiting !== null && (
        <Notice
          text={waiting}
          action={texts.showConflicts}
          onPress={onShowConflicts}
          {...parts}
        />
      )}
      {problem !== null && (
        <Text role="alert" aria-live="assertive" style={smallText(theme)}>
          {problem}
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

function smallText(theme: SyncTheme): TextStyle {
  return { color: theme.mutedText, fontSize: theme.fontSize * 0.875 };
}

/** How many edits of a kind are not listed. */
function More({
  count,
  theme,
  texts,
}: Parts & { readonly count: number }): ReactNode {
  return count > 0 && <Text style={smallText(theme)}>{texts.more(count)}</Text>;
}

function SupersededEdits({
  superseded,
  limit,
  actions: { dismiss },
  ...parts
}: Parts & {
  readonly superseded: readonly OpView[];
  readonly limit: number;
  readonly actions: SyncIssues;
}): ReactNode {
  const { texts } = parts;
  const { length } = superseded;
  const place = (index: number) =>
    length === 1 ? "" : texts.supersededPosition(index + 1, length);
  return (
    <>
      {superseded.slice(0, limit).map((issue, index) => (
        <Notice
          key={issue.opId}
          text={texts.supersededEdit(issue)}
          place={place(index)}
          action={texts.dismiss}
          onPress={() => dismiss(issue.opId)}
          {...parts}
        />
      ))}
      <More count={length - limit} {...parts} />
      {length > 1 && (
        <ActionButton
          label={texts.dismissAll}
          accessibleLabel={`${texts.dismissAll}: ${texts.supersededTitle(length)}`}
          onPress={() =>
            Promise.all(superseded.map(({ opId }) => dismiss(opId)))
          }
          {...parts}
        />
      )}
    </>
  );
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
      <Text style={smallText(theme)}>{texts.reason(issue, texts.reasons)}</Text>
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
  place = "",
  action,
  onPress,
  ...parts
}: Parts & {
  readonly text: string;
  /** Tells it apart from others with the same text. */
  readonly place?: string;
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
        <ActionButton
          label={action}
          accessibleLabel={`${action}: ${text} ${place}`.trimEnd()}
          onPress={onPress}
          {...parts}
        />
      )}
    </View>
  );
}
