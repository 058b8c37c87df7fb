import { choice, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    tasks: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        state: choice(["open", "late", "done"]).default("open"),
        remark: text().optional(),
        note: reference("notes").optional(),
      },
    }),
    notes: table({ policy: "manual", fields: { body: text() } }),
  },
});
