// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ReactNode } from "react";
import { Pressable, Text, View } from "react-native";
import type { Fields } from "../sync/shared/protocol";
import type { Choice, FieldConflict } from "./conflictChoices";
import type { SyncTexts } from "./texts";
import type { SyncTheme } from "./theme";

/** A field that two sides changed, and what was chosen. */
export interface FieldChoiceProps {
  readonly conflict: FieldConflict;
  /** What the field is called. */
  readonly name: string;
  readonly show: (value: Fields[string]) => string;
  readonly choice: Choice | null;
  readonly onChoose: (choice: Choice) => void;
  readonly theme: SyncTheme;
  readonly texts: SyncTexts;
}

/** The values of one field to choose from, as a group of radio buttons. */
export function FieldChoice({
  conflict,
  name,
  show,
  choice,
  onChoose,
  theme,
  texts,
}: FieldChoiceProps): ReactNode {
  const { mine, theirs, both } = conflict;
  const options: readonly { choice: Choice; label: string; value: string }[] = [
    { choice: "mine", label: texts.mine, value: show(mine) },
    { choice: "theirs", label: texts.theirs, value: show(theirs) },
    ...(both === null
      ? []
      : [
          {
            choice: "both" as const,
            label: texts.both,
            value: show(both.value),
          },
        ]),
  ];
  return (
    <View
      role="radiogroup"
      aria-label={name}
      style={{ gap: theme.spacing / 2, paddingVertical: theme.spacing }}
    >
      <Text
        style={{
          color: theme.mutedText,
          fontSize: theme.fontSize * 0.875,
          fontWeight: "600",
        }}
      >
        {name}
      </Text>
      {options.map((option) => {
        const isChosen = option.choice === choice;
        return (
          <Pressable
            key={option.choice}
            role="radio"
            aria-checked={isChosen}
            aria-label={`${name}, ${option.label}: ${option.value}`}
            onPress={() => onChoose(option.choice)}
            style={{
              minHeight: theme.touchTarget,
              flexDirection: "row",
              alignItems: "center",
              gap: theme.spacing,
              paddingVertical: theme.spacing,
              paddingHorizontal: theme.spacing * 1.5,
              borderRadius: theme.radius,
              borderWidth: 2,
              borderColor: isChosen ? theme.accent : theme.border,
              backgroundColor: theme.surface,
            }}
          >
            <RadioMark isChosen={isChosen} theme={theme} />
            <Text
              style={{
                // Wide enough for the longest, so that the values stand in one column.
                minWidth: theme.fontSize * 3.5,
                color: isChosen ? theme.accent : theme.mutedText,
                fontSize: theme.fontSize * 0.875,
                fontWeight: "600",
              }}
            >
              {option.label}
            </Text>
            <Text
              style={{ flex: 1, color: theme.text, fontSize: theme.fontSize }}
            >
              {option.value}
            </Text>
          </Pressable>
        );
      })}
    </View>
  );
}

/** A ring, with a dot in it for what is chosen. */
function RadioMark({
  isChosen,
  theme,
}: {
  readonly isChosen: boolean;
  readonly theme: SyncTheme;
}): ReactNode {
  const size = theme.fontSize * 1.25;
  return (
    <View
      style={{
        width: size,
        height: size,
        padding: 3,
        borderRadius: size / 2,
        borderWidth: 2,
        borderColor: isChosen ? theme.accent : theme.mutedText,
      }}
    >
      {isChosen && (
        <View
          style={{
            flex: 1,
            borderRadius: size / 2,
            backgroundColor: theme.accent,
          }}
        />
      )}
    </View>
  );
}
