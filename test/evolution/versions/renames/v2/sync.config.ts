import { boolean, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    jobs: table({
      policy: "mobile-wins",
      renamedFrom: "tasks",
      fields: {
        label: text().renamedFrom("title"),
        isDone: boolean().default(false),
      },
    }),
    comments: table({
      policy: "mobile-wins",
      fields: { text: text(), task: reference("jobs") },
    }),
    logs: table({
      policy: "last-write-wins",
      renamedFrom: "days",
      uniqueBy: ["date"],
      fields: { date: text(), note: text() },
    }),
  },
});
