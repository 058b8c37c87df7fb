import { choice, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    lists: table({ policy: "server-wins", fields: { name: text() } }),
    todos: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        urgency: choice(["low", "high", "extreme"]).default("low").index(),
        list: reference("lists").optional(),
      },
    }),
  },
});
