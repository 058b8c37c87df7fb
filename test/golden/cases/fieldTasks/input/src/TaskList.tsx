import { desc, eq } from "drizzle-orm";
import type { ReactNode } from "react";
import { Text } from "react-native";
import { tasks } from "./db/schema";
import { useDatabase } from "./hooks/useDatabase";
import { useOfflineFirst } from "./hooks/useOfflineFirst";
import { useProjects } from "./hooks/useProjects";
import { useTask, useTasks } from "./hooks/useTasks";

/** What an app may do with the hooks, and what it may not. */
export function TaskList({
  clientId,
}: {
  readonly clientId: string;
}): ReactNode {
  const { rows, isLoading, error, create, update, pendingCount } = useTasks({
    where: eq(tasks.isCompleted, false),
    orderBy: desc(tasks.createdAt),
    limit: 50,
  });
  const { row } = useTask(clientId);
  const projects = useProjects();
  const database = useDatabase();
  const sync = useOfflineFirst();

  const priorities: ("low" | "normal" | "high")[] = rows.map(
    (task) => task.priority,
  );
  const due: number | null = row?.dueAt ?? null;
  const add = async (): Promise<string> => {
    const written = await create({ text: "Check the pump", dueAt: null });
    await update(written.clientId, { isCompleted: true });
    await projects.remove(clientId);
    await sync.table("tasks").update(clientId, { priority: "high" });
    await sync.batch((tables) => {
      const project = tables.projects.create({ name: "Harbour" });
      tables.tasks.create({ text: "Paint", project });
    });
    return `${String(await database.$count(tasks))} ${String(due)}`;
  };

  // @ts-expect-error tasks are never deleted from a phone
  const remove: unknown = useTasks().remove;
  // @ts-expect-error `urgent` is no priority
  void create({ text: "", priority: "urgent" });
  // @ts-expect-error a text is required
  void create({});

  if (isLoading || error !== null) return null;
  return (
    <Text
      onPress={() => void add()}
    >{`${priorities.join()} ${String(pendingCount)} ${String(remove)}`}</Text>
  );
}
