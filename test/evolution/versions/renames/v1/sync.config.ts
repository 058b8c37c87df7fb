import { defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    tasks: table({ policy: "mobile-wins", fields: { title: text() } }),
    comments: table({
      policy: "mobile-wins",
      fields: { text: text(), task: reference("tasks") },
    }),
    days: table({
      policy: "last-write-wins",
      uniqueBy: ["date"],
      fields: { date: text(), note: text() },
    }),
  },
});
