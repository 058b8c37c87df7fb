import { useState } from "react";
import { Modal, ScrollView, Text, View } from "react-native";
import { ActionButton } from "../components/ActionButton";
import type { NewTask, Project, Task } from "../db/schema";
import { useOfflineFirst } from "../hooks/useOfflineFirst";
import { useTask } from "../hooks/useTasks";
import { AtEdge, Bar, Choice, Field, Input } from "./controls";
import { useTheme } from "./look";
import { Notes } from "./Notes";
import { projectColors } from "./projectColors";
import { Screen } from "./Screen";
import { dayOf } from "./TaskItem";

export interface TaskEditorProps {
  /** `null` for a new task. */
  readonly clientId: string | null;
  readonly projects: readonly Project[];
  readonly onClose: () => void;
}

/** A task to fill in, with its notes. */
export function TaskEditor({ clientId, projects, onClose }: TaskEditorProps) {
  const { row } = useTask(clientId);
  return (
    <Modal animationType="slide" onRequestClose={onClose}>
      <Screen>
        {(clientId === null || row !== null) && (
          <Form
            key={clientId}
            task={row}
            projects={projects}
            onClose={onClose}
          />
        )}
      </Screen>
    </Modal>
  );
}

const priorityNames: Record<Task["priority"], string> = {
  low: "Low",
  normal: "Normal",
  high: "High",
};

type Draft = Required<NewTask>;

const emptyDraft: Draft = {
  text: "",
  isCompleted: false,
  priority: "normal",
  project: null,
  dueAt: null,
  minutesSpent: 0,
};

interface FormProps {
  readonly task: Task | null;
  readonly projects: readonly Project[];
  readonly onClose: () => void;
}

function Form({ task, projects, onClose }: FormProps) {
  const theme = useTheme();
  const { create, update } = useOfflineFirst().table("tasks");
  // The form shows what it was opened with, and only what was touched is written, as an edit of that: minutes that
  // others add meanwhile are added up.
  const [opened] = useState(task);
  const [touched, setTouched] = useState<Partial<Draft>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const draft: Draft = { ...emptyDraft, ...opened, ...touched };
  const set = (change: Partial<Draft>) => setTouched({ ...touched, ...change });
  const save = async () => {
    try {
      if (opened === null) await create({ ...draft, text: draft.text.trim() });
      else if (Object.keys(touched).length > 0) await update(opened, touched);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Bar>
        <AtEdge side="left">
          <ActionButton label="Cancel" onPress={onClose} theme={theme} />
        </AtEdge>
        <Text
          role="heading"
          style={{
            flex: 1,
            textAlign: "center",
            color: theme.text,
            fontSize: 17,
            fontWeight: "700",
          }}
        >
          {task === null ? "New task" : "Task"}
        </Text>
        <ActionButton
          tone="primary"
          label="Save"
          disabled={draft.text.trim() === ""}
          onPress={save}
          theme={theme}
        />
      </Bar>
      <ScrollView
        style={{ backgroundColor: theme.background }}
        contentContainerStyle={{ padding: 16, gap: 20 }}
      >
        {problem !== null && (
          <Text role="alert" style={{ color: theme.danger }}>
            {problem}
          </Text>
        )}
        <Field label="What is to be done">
          <Input
            accessibilityLabel="What is to be done"
            autoFocus={task === null}
            multiline
            value={draft.text}
            onChangeText={(text) => set({ text })}
            style={{ minHeight: 84 }}
          />
        </Field>
        <Field label="Project">
          <Choice<string | null>
            label="Project"
            options={[
              { value: null, label: "None" },
              ...projects.map(({ clientId, name, color }) => ({
                value: clientId,
                label: name,
                color: projectColors[color],
              })),
            ]}
            value={draft.project}
            onChange={(project) => set({ project })}
          />
        </Field>
        <Field label="Priority">
          <Choice
            label="Priority"
            options={(["low", "normal", "high"] as const).map((value) => ({
              value,
              label: priorityNames[value],
            }))}
            value={draft.priority}
            onChange={(priority) => set({ priority })}
          />
        </Field>
        <Field label="Due">
          <Choice<number | null>
            label="Due"
            options={dueOptions(draft.dueAt)}
            value={draft.dueAt}
            onChange={(dueAt) => set({ dueAt })}
          />
        </Field>
        <Field label="Time spent">
          <View style={{ flexDirection: "row", alignItems: "center", gap: 8 }}>
            <Text
              style={{
                minWidth: 72,
                color: theme.text,
                fontSize: 17,
                fontWeight: "600",
              }}
            >
              {draft.minutesSpent} min
            </Text>
            {[5, 15, 60].map((minutes) => (
              <ActionButton
                key={minutes}
                label={`+${minutes}`}
                accessibleLabel={`Add ${minutes} minutes`}
                onPress={() =>
                  set({ minutesSpent: draft.minutesSpent + minutes })
                }
                theme={theme}
              />
            ))}
          </View>
        </Field>
        {task !== null && <Notes task={task.clientId} />}
      </ScrollView>
    </>
  );
}

/** No day, the next three days, and the one that is set. */
function dueOptions(current: number | null) {
  const noon = new Date();
  noon.setHours(12, 0, 0, 0);
  const days = [0, 1, 2].map((days) =>
    new Date(noon).setDate(noon.getDate() + days),
  );
  const times =
    current === null || days.includes(current) ? days : [current, ...days];
  return [
    { value: null, label: "Whenever" },
    ...times.map((time) => ({ value: time, label: dayOf(time) })),
  ];
}
