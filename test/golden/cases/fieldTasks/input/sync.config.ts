import {
  boolean,
  choice,
  defineSync,
  reference,
  table,
  text,
  timestamp,
} from "sync-gen";

// Field workers capture tasks on their phones, the office works in the browser.
export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    projects: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        text: text(),
        isCompleted: boolean().default(false),
        priority: choice(["low", "normal", "high"]).default("normal"),
        project: reference("projects").optional(),
        dueAt: timestamp().optional(),
      },
    }),
  },
});
