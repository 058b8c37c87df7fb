import { defineSync, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: {
    backend: "convex",
    out: "convex",
    rateLimit: { rate: 60, period: 60_000, capacity: 150 },
  },
  tables: {
    notes: table({ policy: "last-write-wins", fields: { text: text() } }),
  },
});
