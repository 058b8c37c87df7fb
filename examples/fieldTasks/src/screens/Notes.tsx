import { asc, eq } from "drizzle-orm";
import { useState } from "react";
import { Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import { notes, type Note } from "../db/schema";
import { useNotes } from "../hooks/useNotes";
import { AtEdge, Field, Input } from "./controls";
import { useTheme } from "./look";

/** The notes of a task, each with a save of its own. */
export function Notes({ task }: { task: string }) {
  const theme = useTheme();
  const { rows, create, update, remove } = useNotes({
    where: eq(notes.task, task),
    orderBy: asc(notes.createdAt),
  });
  const [body, setBody] = useState("");
  return (
    <Field label="Notes">
      <View style={{ gap: 10 }}>
        {rows.map((note) => (
          <NoteForm
            key={note.clientId}
            note={note}
            onSave={(edited, body) => update(edited, { body })}
            onRemove={() => remove(note)}
          />
        ))}
        <Input
          accessibilityLabel="New note"
          placeholder="What did you find?"
          multiline
          value={body}
          onChangeText={setBody}
        />
        <AtEdge side="left">
          <ActionButton
            label="Add note"
            disabled={body.trim() === ""}
            onPress={async () => {
              await create({ task, body: body.trim() });
              setBody("");
            }}
            theme={theme}
          />
        </AtEdge>
      </View>
    </Field>
  );
}

interface NoteFormProps {
  readonly note: Note;
  /** `edited`: the note as it was when somebody began to write. */
  readonly onSave: (edited: Note, body: string) => Promise<unknown>;
  readonly onRemove: () => Promise<unknown>;
}

function NoteForm({ note, onSave, onRemove }: NoteFormProps) {
  const theme = useTheme();
  const [draft, setDraft] = useState<{ edited: Note; body: string } | null>(
    null,
  );
  return (
    <View
      style={{
        padding: 12,
        gap: 8,
        borderRadius: theme.radius,
        borderWidth: 1,
        borderColor:
          note.syncStatus === "conflict" ? theme.danger : theme.border,
        backgroundColor: theme.surface,
      }}
    >
      <Input
        accessibilityLabel="Note"
        multiline
        value={draft?.body ?? note.body}
        onChangeText={(body) =>
          setDraft({ edited: draft?.edited ?? note, body })
        }
        style={{ borderWidth: 0, padding: 0, minHeight: 44 }}
      />
      <View style={{ flexDirection: "row", alignItems: "center" }}>
        <Text style={{ flex: 1, color: theme.mutedText, fontSize: 13 }}>
          {note.syncStatus === "synced"
            ? new Date(note.updatedAt).toLocaleTimeString("en", {
                timeStyle: "short",
              })
            : note.syncStatus === "conflict"
              ? "Changed in two places"
              : "Not sent yet"}
        </Text>
        {draft !== null && draft.body.trim() !== "" && (
          <ActionButton
            label="Save note"
            onPress={async () => {
              await onSave(draft.edited, draft.body.trim());
              setDraft(null);
            }}
            theme={theme}
          />
        )}
        <AtEdge side="right">
          <ActionButton
            tone="danger"
            label="Delete note"
            onPress={onRemove}
            theme={theme}
          />
        </AtEdge>
      </View>
    </View>
  );
}
