import { and, asc, desc, eq, type SQL } from "drizzle-orm";
import { useCallback, useMemo, useState } from "react";
import { FlatList, Pressable, Text, View } from "react-native";
import { ConflictSheet } from "../components/ConflictSheet";
import { SyncErrorBanner } from "../components/SyncErrorBanner";
import { SyncStatusIcon } from "../components/SyncStatusIcon";
import { projects as projectTable, tasks, type Project } from "../db/schema";
import { useProjects } from "../hooks/useProjects";
import { useTasks } from "../hooks/useTasks";
import { Account } from "./Account";
import { Bar } from "./controls";
import { Filters, type Filter } from "./Filters";
import { listPadding, useTheme } from "./look";
import { Projects } from "./Projects";
import { Screen } from "./Screen";
import { TaskEditor } from "./TaskEditor";
import { TaskItem } from "./TaskItem";

type Sheet =
  | { readonly kind: "task"; readonly clientId: string | null }
  | { readonly kind: "account" }
  | { readonly kind: "projects" }
  | { readonly kind: "conflicts" };

/** The list of tasks, and everything that opens above it. */
export function Tasks() {
  const theme = useTheme();
  const [filter, setFilter] = useState<Filter>({
    state: "open",
    project: null,
  });
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const projects = useProjects({ orderBy: asc(projectTable.name) });
  const byId = useMemo(
    () => new Map(projects.rows.map((project) => [project.clientId, project])),
    [projects.rows],
  );
  const { rows, isLoading, update } = useTasks({
    where: conditionOf(filter),
    orderBy: [
      asc(tasks.isCompleted),
      desc(tasks.createdAt),
      desc(tasks.clientId),
    ],
  });
  const open = useCallback(
    (clientId: string) => setSheet({ kind: "task", clientId }),
    [],
  );
  const toggle = useCallback(
    (clientId: string, isCompleted: boolean) =>
      void update(clientId, { isCompleted }),
    [update],
  );
  const close = () => setSheet(null);
  return (
    <Screen>
      <Bar>
        <Text
          role="heading"
          style={{
            flex: 1,
            color: theme.text,
            fontSize: 22,
            fontWeight: "800",
          }}
        >
          Field tasks
        </Text>
        <View testID="status">
          <SyncStatusIcon onPress={() => setSheet({ kind: "account" })} />
        </View>
      </Bar>
      <View style={{ flex: 1, backgroundColor: theme.background }}>
        <FlatList
          data={rows}
          keyExtractor={(task) => task.clientId}
          initialNumToRender={16}
          contentContainerStyle={{
            alignSelf: "center",
            width: "100%",
            maxWidth: 720,
            padding: listPadding,
            gap: 10,
            paddingBottom: 96,
          }}
          ListHeaderComponent={
            <View style={{ gap: 14, paddingBottom: 4 }}>
              <SyncErrorBanner
                onShowConflicts={() => setSheet({ kind: "conflicts" })}
              />
              <Filters
                projects={projects.rows}
                filter={filter}
                count={rows.length}
                onChange={setFilter}
                onEditProjects={() => setSheet({ kind: "projects" })}
              />
            </View>
          }
          ListEmptyComponent={isLoading ? null : <Nothing filter={filter} />}
          renderItem={({ item }) => (
            <TaskItem
              task={item}
              project={projectOf(byId, item)}
              onOpen={open}
              onToggle={toggle}
            />
          )}
        />
        <Pressable
          role="button"
          aria-label="New task"
          onPress={() => setSheet({ kind: "task", clientId: null })}
          style={({ pressed }) => ({
            position: "absolute",
            right: 20,
            bottom: 24,
            width: 58,
            height: 58,
            borderRadius: 29,
            alignItems: "center",
            justifyContent: "center",
            backgroundColor: theme.accent,
            opacity: pressed ? 0.8 : 1,
            boxShadow: "0 6px 16px rgba(0, 0, 0, 0.25)",
          })}
        >
          <Text style={{ color: theme.onAccent, fontSize: 30, lineHeight: 34 }}>
            +
          </Text>
        </Pressable>
      </View>
      {sheet?.kind === "task" && (
        <TaskEditor
          clientId={sheet.clientId}
          projects={projects.rows}
          onClose={close}
        />
      )}
      {sheet?.kind === "projects" && <Projects onClose={close} />}
      {sheet?.kind === "account" && <Account onClose={close} />}
      <ConflictSheet visible={sheet?.kind === "conflicts"} onClose={close} />
    </Screen>
  );
}

function conditionOf({ state, project }: Filter): SQL | undefined {
  return and(
    state === "all" ? undefined : eq(tasks.isCompleted, state === "done"),
    project === null ? undefined : eq(tasks.project, project),
  );
}

function projectOf(
  byId: ReadonlyMap<string, Project>,
  { project }: { readonly project: string | null },
): Project | null {
  return (project === null ? null : byId.get(project)) ?? null;
}

function Nothing({ filter }: { filter: Filter }) {
  const theme = useTheme();
  const isAll = filter.state === "all" && filter.project === null;
  return (
    <View style={{ alignItems: "center", gap: 6, paddingTop: 64 }}>
      <Text style={{ color: theme.text, fontSize: 17, fontWeight: "700" }}>
        {filter.state === "open" ? "Nothing to do" : "Nothing here"}
      </Text>
      <Text style={{ color: theme.mutedText, fontSize: 15 }}>
        {isAll || filter.state === "open"
          ? "Add a task with the button below."
          : "Try another filter."}
      </Text>
    </View>
  );
}
