import { memo } from "react";
import { Pressable, Text, View } from "react-native";
import type { Project, Task } from "../db/schema";
import { Dot } from "./controls";
import { useTheme, type Theme } from "./look";
import { projectColors } from "./projectColors";

export interface TaskItemProps {
  readonly task: Task;
  readonly project: Project | null;
  readonly onOpen: (clientId: string) => void;
  readonly onToggle: (clientId: string, isCompleted: boolean) => void;
}

/** A task of the list. Hooks keep the objects of rows that did not change: only what is new renders. */
export const TaskItem = memo(function TaskItem({
  task,
  project,
  onOpen,
  onToggle,
}: TaskItemProps) {
  const theme = useTheme();
  const { clientId, isCompleted, text } = task;
  return (
    <View
      style={{
        flexDirection: "row",
        alignItems: "stretch",
        borderRadius: theme.radius,
        borderWidth: 1,
        borderColor: theme.border,
        backgroundColor: theme.surface,
      }}
    >
      <Pressable
        role="checkbox"
        aria-checked={isCompleted}
        aria-label={text}
        onPress={() => onToggle(clientId, !isCompleted)}
        style={{ width: 56, alignItems: "center", justifyContent: "center" }}
      >
        <View
          style={{
            width: 24,
            height: 24,
            borderRadius: 12,
            borderWidth: 2,
            alignItems: "center",
            justifyContent: "center",
            borderColor: isCompleted ? theme.accent : theme.mutedText,
            backgroundColor: isCompleted ? theme.accent : "transparent",
          }}
        >
          {isCompleted && (
            <Text
              style={{ color: theme.onAccent, fontSize: 14, fontWeight: "700" }}
            >
              ✓
            </Text>
          )}
        </View>
      </Pressable>
      <Pressable
        role="button"
        aria-label={`Edit ${text}`}
        onPress={() => onOpen(clientId)}
        style={{ flex: 1, paddingVertical: 13, paddingRight: 14, gap: 5 }}
      >
        <Text
          style={{
            color: isCompleted ? theme.mutedText : theme.text,
            textDecorationLine: isCompleted ? "line-through" : "none",
            fontSize: 16,
            fontWeight: "600",
          }}
        >
          {text}
        </Text>
        <View
          style={{
            flexDirection: "row",
            flexWrap: "wrap",
            alignItems: "center",
            gap: 10,
          }}
        >
          {project !== null && (
            <View
              style={{ flexDirection: "row", alignItems: "center", gap: 6 }}
            >
              <Dot color={projectColors[project.color]} />
              <Detail theme={theme} text={project.name} />
            </View>
          )}
          {task.priority === "high" && (
            <Detail theme={theme} text="High" color={theme.danger} />
          )}
          {task.dueAt !== null && (
            <Detail theme={theme} text={`Due ${dayOf(task.dueAt)}`} />
          )}
          {task.minutesSpent > 0 && (
            <Detail theme={theme} text={`${task.minutesSpent} min`} />
          )}
          <Detail {...stateOf(task, theme)} theme={theme} />
        </View>
      </Pressable>
    </View>
  );
});

function Detail({
  text,
  color,
  theme,
}: {
  text: string;
  color?: string;
  theme: Theme;
}) {
  return (
    <Text style={{ color: color ?? theme.mutedText, fontSize: 13 }}>
      {text}
    </Text>
  );
}

/** Where the row stands, in words; nothing for what the server has. */
function stateOf(
  { syncStatus }: Task,
  theme: Theme,
): { text: string; color?: string } {
  if (syncStatus === "pending")
    return { text: "Not sent yet", color: theme.warning };
  if (syncStatus === "failed")
    return { text: "Not accepted", color: theme.danger };
  return syncStatus === "conflict"
    ? { text: "Changed twice", color: theme.danger }
    : { text: "" };
}

export function dayOf(time: number): string {
  return new Date(time).toLocaleDateString("en", {
    weekday: "short",
    day: "numeric",
    month: "short",
  });
}
