import {
  boolean,
  choice,
  defineSync,
  integer,
  reference,
  table,
  text,
  timestamp,
} from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex", tests: true },
  tables: {
    projects: table({
      policy: "field-merge",
      scope: "workspace",
      fields: { name: text(), color: text().optional() },
    }),
    tasks: table({
      policy: "mobile-wins",
      scope: "workspace",
      indexes: [
        ["scopeId", "deletedAt", "dueAt"],
        ["userId", "dueAt"],
      ],
      fields: {
        title: text(),
        isDone: boolean().default(false),
        dueAt: timestamp().optional(),
        project: reference("projects").optional(),
        parent: reference("tasks").optional(),
        draft: text().default("").deviceOnly(),
        cost: integer().optional().serverOnly(),
      },
    }),
    labels: table({
      policy: "last-write-wins",
      scope: "workspace",
      uniqueBy: ["name"],
      fields: { name: text(), color: text() },
    }),
    pages: table({
      renamedFrom: "papers",
      policy: "manual",
      scope: "workspace",
      fields: { title: text(), body: text(), project: reference("projects") },
    }),
    chores: table({
      policy: "append-only",
      scope: "household",
      fields: { name: text(), doneAt: timestamp() },
    }),
    settings: table({
      policy: "hlc",
      uniqueBy: ["name"],
      fields: { name: text(), value: choice(["on", "off"]).default("on") },
    }),
  },
});
