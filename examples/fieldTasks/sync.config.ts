import {
  boolean,
  choice,
  defineSync,
  integer,
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
    // The office decides: an edit made in the field gives way to a newer one.
    projects: table({
      policy: "server-wins",
      fields: {
        name: text(),
        color: choice(["gray", "blue", "green", "orange"]).default("gray"),
      },
    }),

    // Whoever stands in front of the machine is right. Nothing is deleted from a phone.
    tasks: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        text: text(),
        isCompleted: boolean().default(false),
        priority: choice(["low", "normal", "high"]).default("normal"),
        project: reference("projects").optional().index(),
        dueAt: timestamp().optional(),
        minutesSpent: integer().default(0).counter(),
      },
    }),

    // Two people may describe the same thing differently: a person chooses.
    notes: table({
      policy: "manual",
      fields: {
        task: reference("tasks").index(),
        body: text(),
      },
    }),
  },
});
