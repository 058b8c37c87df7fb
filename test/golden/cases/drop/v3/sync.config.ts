import { choice, defineSync, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    jobs: table({
      policy: "mobile-wins",
      renamedFrom: "tasks",
      fields: {
        title: text(),
        state: choice(["open", "done"]).default("open"),
      },
    }),
    places: table({ policy: "server-wins", fields: { name: text() } }),
  },
});
