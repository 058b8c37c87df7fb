import { and, eq } from "drizzle-orm";
import { tasks } from "./db/schema";
import { useOfflineFirst } from "./hooks/useOfflineFirst";
import { useScopes } from "./hooks/useScopes";
import { useTasks } from "./hooks/useTasks";

/** The open tasks of a workspace, and what may be done with them. */
export function useBoard(scopeId: string) {
  const sync = useOfflineFirst();
  const workspace = useScopes("workspace").find(
    (one) => one.scopeId === scopeId,
  );
  const { rows, create, update } = useTasks({
    where: and(eq(tasks.scopeId, scopeId), eq(tasks.isDone, false)),
  });
  return {
    titles: rows.map((task) => `${task.scopeId}: ${task.title}`),
    mayWrite: workspace?.access === "write",
    add: (title: string) => create({ scopeId, title }),
    finish: (clientId: string) => update(clientId, { isDone: true }),
    addProject: (name: string) =>
      sync.batch((tables) => {
        const project = tables.projects.create({ scopeId, name });
        tables.tasks.create({ scopeId, title: name, project });
      }),
    // @ts-expect-error -- a row of a scope is in one
    addNowhere: (title: string) => create({ title }),
    move: (clientId: string, other: string) =>
      // @ts-expect-error -- a row stays in its scope
      update(clientId, { scopeId: other }),
  };
}
