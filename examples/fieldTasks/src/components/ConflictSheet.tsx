// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useState, type ReactNode } from "react";
import {
  Modal,
  Platform,
  ScrollView,
  Text,
  View,
  type StyleProp,
  type ViewStyle,
} from "react-native";
import { useSyncSession } from "../hooks/syncContext";
import { useConflicts, type Conflicts } from "../hooks/useConflicts";
import type { FieldRules } from "../sync/shared/policy";
import type { Fields } from "../sync/shared/protocol";
import type { OpView } from "../sync/types";
import { ActionButton } from "./ActionButton";
import {
  chosenFields,
  combinedFields,
  fieldConflicts,
  type Choice,
  type Choices,
} from "./conflictChoices";
import { FieldChoice } from "./FieldChoice";
import type { SyncTexts } from "./texts";
import { useLook, type LookProps, type SyncTheme } from "./theme";
import { useAnnouncement } from "./useAnnouncement";

/** When a `ConflictSheet` is shown, and how values are. */
export interface ConflictSheetProps extends LookProps {
  readonly visible: boolean;
  readonly onClose: () => void;
  /** Shows values in the app's own words: names for ids, formatted amounts. */
  readonly formatValue?: (
    table: string,
    field: string,
    value: Fields[string],
  ) => string | null;
  /** On the sheet itself; its `paddingBottom` keeps clear of the system's bar. */
  readonly style?: StyleProp<ViewStyle>;
}

/** The tallest bar that a system draws over the lower edge, in points. */
const bottomBars: Partial<Record<typeof Platform.OS, number>> = {
  ios: 34,
  android: 48,
};

/**
 * Lets a person decide about edits that were made in two places, one row at a time and field by field: mine, theirs,
 * or both where that makes sense. Every choice can be undone until it is applied.
 */
export function ConflictSheet({
  visible,
  onClose,
  formatValue,
  style,
  ...look
}: ConflictSheetProps): ReactNode {
  const { conflicts, ...reading } = useConflicts();
  const { theme, texts } = useLook(look);
  const conflict = conflicts[0];
  const title =
    conflict === undefined
      ? describeNone(reading, texts)
      : texts.conflictTitle(conflict.table);
  return (
    <Modal
      visible={visible}
      onRequestClose={onClose}
      animationType="slide"
      transparent
    >
      <View
        style={{
          flex: 1,
          justifyContent: "flex-end",
          backgroundColor: "rgba(0, 0, 0, 0.45)",
        }}
      >
        <View
          role="dialog"
          aria-modal
          aria-label={title}
          style={[
            {
              maxHeight: "90%",
              padding: theme.spacing * 2,
              paddingBottom: bottomBars[Platform.OS] ?? theme.spacing * 2,
              gap: theme.spacing,
              borderTopLeftRadius: theme.radius * 2,
              borderTopRightRadius: theme.radius * 2,
              borderWidth: 1,
              borderColor: theme.border,
              backgroundColor: theme.background,
            },
            style,
          ]}
        >
          {conflict === undefined ? (
            <Text style={{ color: theme.text, fontSize: theme.fontSize }}>
              {title}
            </Text>
          ) : (
            <ConflictForm
              key={conflict.opId}
              conflict={conflict}
              count={conflicts.length}
              formatValue={formatValue}
              theme={theme}
              texts={texts}
            />
          )}
          <ActionButton label={texts.close} onPress={onClose} theme={theme} />
        </View>
      </View>
    </Modal>
  );
}

/** What there is to say while no conflict is known. */
function describeNone(
  { isLoading, error }: Pick<Conflicts, "isLoading" | "error">,
  texts: SyncTexts,
): string {
  if (error !== null) return texts.conflictsFailed;
  return isLoading ? texts.conflictsLoading : texts.noConflicts;
}

interface ConflictFormProps {
  readonly conflict: OpView;
  readonly count: number;
  readonly formatValue: ConflictSheetProps["formatValue"];
  readonly theme: SyncTheme;
  readonly texts: SyncTexts;
}

/** What was chosen, for what was shown then. */
interface MadeChoices {
  readonly shown: string;
  /** The last one counts; the others are what undo goes back to. */
  readonly steps: readonly Choices[];
}

function ConflictForm({
  conflict,
  count,
  formatValue,
  theme,
  texts,
}: ConflictFormProps): ReactNode {
  const { resolve } = useConflicts();
  const { registry } = useSyncSession();
  const [hasFailed, setHasFailed] = useState(false);
  const { table } = conflict;
  const rules = registry.tables[table]?.rules;
  const fields = fieldConflicts(conflict, rules);
  const shown = JSON.stringify([conflict.theirs === null, fields]);
  const [made, setMade] = useState<MadeChoices>({ shown, steps: [{}] });
  // Choices hold for what was shown.
  const isOutdated = made.shown !== shown;
  const steps = isOutdated ? [{}] : made.steps;
  const choices = steps.at(-1) ?? {};
  const chosen = chosenFields(fields, choices);
  const combined = combinedFields(conflict, rules);

  const choose = (change: Choices) =>
    setMade({ shown, steps: [...steps, { ...choices, ...change }] });
  const chooseAll = (choice: Choice) =>
    choose(Object.fromEntries(fields.map(({ field }) => [field, choice])));
  const parts = { theme, onEnd: setHasFailed };
  const show = (field: string, value: Fields[string]) =>
    formatValue?.(table, field, value) ??
    describeValue(value, rules?.fields[field], texts);
  const text = { color: theme.text, fontSize: theme.fontSize };
  const change = isOutdated ? texts.problems.outdated : null;
  const failure = hasFailed ? texts.actionFailed : null;
  useAnnouncement(change, failure);
  return (
    <>
      <Text role="heading" style={[text, { fontWeight: "700" }]}>
        {texts.conflictTitle(table)}
      </Text>
      {count > 1 && (
        <Text style={{ color: theme.mutedText, fontSize: theme.fontSize }}>
          {texts.conflictPosition(1, count)}
        </Text>
      )}
      {change !== null && (
        <Text role="status" aria-live="polite" style={{ color: theme.warning }}>
          {change}
        </Text>
      )}
      {conflict.theirs === null && (
        <Text style={text}>{texts.deletedByThem}</Text>
      )}
      {conflict.kind === "delete" && (
        <Text style={text}>{texts.deletedByMe}</Text>
      )}
      <ScrollView>
        {fields.map((item) => (
          <FieldChoice
            key={item.field}
            conflict={item}
            name={texts.fieldName(table, item.field)}
            show={(value) => show(item.field, value)}
            choice={choices[item.field] ?? null}
            onChoose={(choice) => choose({ [item.field]: choice })}
            theme={theme}
            texts={texts}
          />
        ))}
      </ScrollView>
      {failure !== null && (
        <Text
          role="alert"
          aria-live="assertive"
          style={{ color: theme.danger }}
        >
          {failure}
        </Text>
      )}
      <View
        style={{
          flexDirection: "row",
          flexWrap: "wrap",
          // The labels stand below the text; what can be pressed is wider.
          marginHorizontal: -theme.spacing * 2,
        }}
      >
        {fields.length === 0 ? (
          <>
            <ActionButton
              label={texts.keepAllMine}
              onPress={() => resolve(conflict, "mine")}
              {...parts}
            />
            <ActionButton
              label={texts.takeAllTheirs}
              onPress={() => resolve(conflict, "theirs")}
              {...parts}
            />
          </>
        ) : (
          <>
            <ActionButton
              label={texts.keepAllMine}
              onPress={() => chooseAll("mine")}
              {...parts}
            />
            <ActionButton
              label={texts.takeAllTheirs}
              onPress={() => chooseAll("theirs")}
              {...parts}
            />
            <ActionButton
              label={texts.undo}
              disabled={steps.length === 1}
              onPress={() => setMade({ shown, steps: steps.slice(0, -1) })}
              {...parts}
            />
          </>
        )}
      </View>
      {fields.length > 0 && (
        <ActionButton
          tone="primary"
          label={texts.apply}
          disabled={chosen === null}
          onPress={() =>
            chosen && resolve(conflict, { ...combined, ...chosen })
          }
          {...parts}
        />
      )}
    </>
  );
}

/** A value in words; `formatValue` knows better where ids or amounts are meant. */
function describeValue(
  value: Fields[string],
  rules: FieldRules | undefined,
  texts: SyncTexts,
): string {
  if (value === null || value === "") return texts.emptyValue;
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  if (typeof value === "number" && rules?.kind === "timestamp")
    return texts.time(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
