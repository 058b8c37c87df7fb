// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerRules } from "./syncEngine/rules";
import { counter } from "./syncEngine/shared/combine";
import { manual } from "./syncEngine/shared/policies/manual";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `projects`. */
export const projectFields = {
  name: v.string(),
  color: v.union(
    v.literal("gray"),
    v.literal("blue"),
    v.literal("green"),
    v.literal("orange"),
  ),
};

/** Synced fields of `tasks`. */
export const taskFields = {
  text: v.string(),
  isCompleted: v.boolean(),
  priority: v.union(v.literal("low"), v.literal("normal"), v.literal("high")),
  project: v.optional(v.string()),
  dueAt: v.optional(v.number()),
  minutesSpent: v.number(),
};

/** Synced fields of `notes`. */
export const noteFields = {
  task: v.string(),
  body: v.string(),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  projects: syncedTable(projectFields),
  tasks: syncedTable(taskFields, { by_project: ["project"] }),
  notes: syncedTable(noteFields, { by_task: ["task"] }),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  projects: {
    name: "projects",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      color: {
        kind: "choice",
        optional: false,
        default: "gray",
        choices: ["gray", "blue", "green", "orange"],
      },
    },
  },
  tasks: {
    name: "tasks",
    operations: ["create", "update"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
      isCompleted: { kind: "boolean", optional: false, default: false },
      priority: {
        kind: "choice",
        optional: false,
        default: "normal",
        choices: ["low", "normal", "high"],
      },
      project: { kind: "reference", optional: true, references: "projects" },
      dueAt: { kind: "timestamp", optional: true },
      minutesSpent: {
        kind: "integer",
        optional: false,
        default: 0,
        merge: counter,
      },
    },
  },
  notes: {
    name: "notes",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      task: { kind: "reference", optional: false, references: "tasks" },
      body: { kind: "text", optional: false },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  projects: serverWins,
  tasks: mobileWins,
  notes: manual,
} satisfies Record<keyof typeof syncRules, Policy>;
