import { defineSync, table, text, boolean, timestamp, choice, reference } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "apps/native/src" },
  server: { backend: "convex", out: "packages/backend/convex" },
  tables: {
    projects: table({ policy: "server-wins", fields: { name: text() } }),
    // What people do in the field.
    tasks: table({
      policy: "mobile-wins", // phones win
      operations: ["create", "update"],
      fields: {
        text: text(),
        project: reference("projects").optional(), // may stand alone
      },
    }),
  },
});
