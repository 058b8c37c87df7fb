import { defineSync, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src", background: { everyMinutes: 30 } },
  server: { backend: "convex", out: "convex" },
  tables: {
    notes: table({ policy: "last-write-wins", fields: { text: text() } }),
  },
});
