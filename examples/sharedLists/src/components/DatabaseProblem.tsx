// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReactNode } from "react";
import { Text, View } from "react-native";
import { OtherBuildError } from "../db/OtherBuildError";
import { ActionButton } from "./ActionButton";
import type { SyncTexts } from "./texts";
import { useLook, type LookProps } from "./theme";
import { useAnnouncement } from "./useAnnouncement";

/** Why there is no database yet. */
export type DatabaseProblemProps = LookProps &
  (
    | { readonly kind: "waiting" }
    | { readonly kind: "connecting" }
    | { readonly kind: "signed-out" }
    | {
        readonly kind: "failed" | "server-failed";
        readonly error: Error;
        readonly onRetry: () => void;
      }
  );

/**
 * A screen for a database that is not open: another tab has it, it is not known whose to open, and maybe the server failed
 * to say so, nobody is signed in, or opening failed.
 */
export function DatabaseProblem(props: DatabaseProblemProps): ReactNode {
  const { theme, texts } = useLook(props);
  const isFailed = "error" in props;
  const title = {
    failed: failedTitle(props, texts),
    "server-failed": texts.databaseServerFailed,
    waiting: texts.databaseWaiting,
    connecting: texts.databaseConnecting,
    "signed-out": texts.initialSyncSignedOut,
  }[props.kind];
  useAnnouncement(title);
  return (
    <View
      style={{
        flex: 1,
        justifyContent: "center",
        alignItems: "center",
        padding: theme.spacing * 3,
        gap: theme.spacing * 2,
        backgroundColor: theme.background,
      }}
    >
      <Text
        role={isFailed ? "alert" : "status"}
        aria-live={isFailed ? "assertive" : "polite"}
        style={{
          color: theme.text,
          fontSize: theme.fontSize,
          textAlign: "center",
        }}
      >
        {title}
      </Text>
      {isFailed && (
        <>
          <Text
            style={{ color: theme.mutedText, fontSize: theme.fontSize * 0.875 }}
          >
            {props.error.message}
          </Text>
          <ActionButton
            tone="primary"
            label={texts.retry}
            onPress={props.onRetry}
            theme={theme}
          />
        </>
      )}
    </View>
  );
}

function failedTitle(props: DatabaseProblemProps, texts: SyncTexts): string {
  return "error" in props && props.error instanceof OtherBuildError
    ? texts.databaseOfOtherBuild(props.error.unsent.length)
    : texts.databaseFailed;
}
