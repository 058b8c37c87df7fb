import { choice, defineSync, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    tasks: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        state: choice(["open", "done"]).default("open"),
      },
    }),
  },
});
