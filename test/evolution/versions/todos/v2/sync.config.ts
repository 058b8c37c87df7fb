import { boolean, choice, defineSync, integer, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    lists: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "last-write-wins",
      renamedFrom: "todos",
      fields: {
        text: text().renamedFrom("title"),
        level: choice(["low", "high"]).default("high"),
        note: text().optional(),
        done: boolean().default(false),
        list: reference("lists"),
        stars: integer().default(3),
      },
    }),
  },
});
