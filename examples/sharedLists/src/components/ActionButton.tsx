// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useState, type ReactNode } from "react";
import { Pressable, Text } from "react-native";
import type { SyncTheme } from "./theme";

/** What an `ActionButton` shows and does. */
export interface ActionButtonProps {
  readonly label: string;
  /** What a screen reader says, where `label` alone is not clear. */
  readonly accessibleLabel?: string;
  /** What it throws at once is a mistake, and is thrown on. */
  readonly onPress: () => unknown;
  readonly theme: SyncTheme;
  readonly tone?: "plain" | "primary" | "danger";
  readonly disabled?: boolean;
  /** Called when what `onPress` started has ended; `hasFailed`: not well. Without it, a failure is thrown on. */
  readonly onEnd?: (hasFailed: boolean) => void;
}

/** A button that a finger can hit, and that cannot be pressed again while what it started is running. */
export function ActionButton({
  label,
  accessibleLabel,
  onPress,
  theme,
  tone = "plain",
  disabled = false,
  onEnd,
}: ActionButtonProps): ReactNode {
  const [isBusy, setIsBusy] = useState(false);
  const isDisabled = disabled || isBusy;
  const wait = async (running: Promise<unknown>) => {
    setIsBusy(true);
    try {
      await running;
      onEnd?.(false);
    } catch (error) {
      if (onEnd === undefined) throw error;
      onEnd(true);
    } finally {
      setIsBusy(false);
    }
  };
  const press = () => {
    const running = onPress();
    // What is done at once leaves nothing to wait for, and may have put another button here.
    if (running instanceof Promise) void wait(running);
    else onEnd?.(false);
  };
  const isPrimary = tone === "primary";
  const plainColor = tone === "danger" ? theme.danger : theme.accent;
  return (
    <Pressable
      role="button"
      aria-label={accessibleLabel ?? label}
      aria-disabled={isDisabled}
      aria-busy={isBusy}
      disabled={isDisabled}
      onPress={press}
      style={({ pressed }) => ({
        minHeight: theme.touchTarget,
        minWidth: theme.touchTarget,
        paddingHorizontal: theme.spacing * 2,
        justifyContent: "center",
        alignItems: "center",
        borderRadius: theme.radius,
        backgroundColor: isPrimary ? theme.accent : "transparent",
        opacity: pressed || isDisabled ? 0.6 : 1,
      })}
    >
      <Text
        style={{
          color: isPrimary ? theme.onAccent : plainColor,
          fontSize: theme.fontSize,
          fontWeight: "600",
        }}
      >
        {label}
      </Text>
    </Pressable>
  );
}
