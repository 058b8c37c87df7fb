import { boolean, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    // Another one than that of before, whose rows are those of `jobs`.
    tasks: table({ policy: "mobile-wins", fields: { color: text() } }),
    jobs: table({
      policy: "mobile-wins",
      fields: {
        label: text(),
        isDone: boolean().default(false),
      },
    }),
    comments: table({
      policy: "mobile-wins",
      entity: "remark",
      fields: { text: text(), task: reference("jobs") },
    }),
    logs: table({
      policy: "last-write-wins",
      uniqueBy: ["date"],
      fields: { date: text(), note: text() },
    }),
  },
});
