import { useState } from "react";
import { ScrollView, Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import { SyncErrorBanner } from "../components/SyncErrorBanner";
import { SyncStatusIcon } from "../components/SyncStatusIcon";
import { useClauses } from "../hooks/useClauses";
import { useContacts } from "../hooks/useContacts";
import { useOfflineFirst } from "../hooks/useOfflineFirst";
import { useReadings } from "../hooks/useReadings";
import { useRemarks } from "../hooks/useRemarks";
import { useScores } from "../hooks/useScores";
import { useSettings } from "../hooks/useSettings";
import { Account } from "./Account";
import { Bar, Field, Input } from "./controls";
import { useTheme } from "./look";

/** The rows of every table, each value with a save of its own. */
export function Policies() {
  const theme = useTheme();
  const sync = useOfflineFirst();
  const [isAccountOpen, setIsAccountOpen] = useState(false);
  const settings = useSettings();
  const clauses = useClauses();
  const contacts = useContacts();
  const scores = useScores();
  const remarks = useRemarks();
  const fill = () =>
    sync.batch((tables) => {
      tables.settings.create({ value: "metric" });
      tables.clauses.create({ wording: "as is" });
      tables.contacts.create({ name: "Ada", phone: "100" });
      tables.scores.create({ points: 5 });
      tables.remarks.create({ body: "Seen" });
    });
  return (
    <View style={{ flex: 1, backgroundColor: theme.background }}>
      <Bar>
        <View style={{ flex: 1, alignItems: "flex-start" }}>
          <ActionButton label="Fill" onPress={fill} theme={theme} />
        </View>
        <View testID="status">
          <SyncStatusIcon onPress={() => setIsAccountOpen(true)} />
        </View>
      </Bar>
      <ScrollView contentContainerStyle={{ padding: 16, gap: 16 }}>
        <SyncErrorBanner />
        {settings.rows.map(({ clientId, value }) => (
          <Value
            key={clientId}
            label="Setting"
            value={value}
            onSave={(text) => settings.update(clientId, { value: text })}
          />
        ))}
        {clauses.rows.map(({ clientId, wording }) => (
          <Value
            key={clientId}
            label="Clause"
            value={wording}
            onSave={(text) => clauses.update(clientId, { wording: text })}
          />
        ))}
        {contacts.rows.map(({ clientId, name, phone }) => (
          <View key={clientId} style={{ gap: 16 }}>
            <Value
              label="Name"
              value={name}
              onSave={(text) => contacts.update(clientId, { name: text })}
            />
            <Value
              label="Phone"
              value={phone}
              onSave={(text) => contacts.update(clientId, { phone: text })}
            />
          </View>
        ))}
        {scores.rows.map(({ clientId, points }) => (
          <Value
            key={clientId}
            label="Points"
            value={String(points)}
            onSave={(text) => scores.update(clientId, { points: Number(text) })}
          />
        ))}
        {remarks.rows.map(({ clientId, body }) => (
          <Value
            key={clientId}
            label="Remark"
            value={body}
            onSave={(text) => remarks.update(clientId, { body: text })}
          />
        ))}
        <Readings />
      </ScrollView>
      {isAccountOpen && <Account onClose={() => setIsAccountOpen(false)} />}
    </View>
  );
}

/** What was read, and a field to add to it: nothing here changes a reading. */
function Readings() {
  const theme = useTheme();
  const { rows, create } = useReadings();
  return (
    <View>
      {rows.map(({ clientId, value }) => (
        <Text key={clientId} role="listitem" style={{ color: theme.text }}>
          {value}
        </Text>
      ))}
      <Value label="Reading" value="" onSave={(text) => create({ value: Number(text) })} />
    </View>
  );
}

interface ValueProps {
  readonly label: string;
  readonly value: string;
  readonly onSave: (text: string) => Promise<unknown>;
}

function Value({ label, value, onSave }: ValueProps) {
  const theme = useTheme();
  const [draft, setDraft] = useState<string | null>(null);
  const save = async () => {
    if (draft !== null) await onSave(draft);
    setDraft(null);
  };
  return (
    <Field label={label}>
      <Input accessibilityLabel={label} multiline value={draft ?? value} onChangeText={setDraft} />
      <ActionButton
        label="Save"
        accessibleLabel={`Save ${label}`}
        disabled={draft === null}
        onPress={save}
        theme={theme}
      />
    </Field>
  );
}
