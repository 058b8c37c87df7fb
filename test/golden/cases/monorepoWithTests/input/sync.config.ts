import { boolean, defineSync, reference, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "apps/native/src" },
  server: { backend: "convex", out: "packages/backend/convex", tests: true },
  tables: {
    projects: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "mobile-wins",
      fields: {
        text: text(),
        isDone: boolean().default(false),
        project: reference("projects").optional(),
      },
    }),
  },
});
