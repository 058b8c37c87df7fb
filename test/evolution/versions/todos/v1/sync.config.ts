import { boolean, choice, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    places: table({ policy: "server-wins", fields: { name: text() } }),
    lists: table({ policy: "server-wins", fields: { name: text() } }),
    todos: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        level: choice(["low", "middle", "high"]).default("low"),
        color: text(),
        note: text(),
        done: boolean().default(false),
        list: reference("lists"),
      },
    }),
  },
});
