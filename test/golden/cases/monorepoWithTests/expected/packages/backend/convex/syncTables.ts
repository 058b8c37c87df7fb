// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerRules } from "./syncEngine/rules";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `projects`. */
export const projectFields = {
  name: v.string(),
};

/** Synced fields of `tasks`. */
export const taskFields = {
  text: v.string(),
  isDone: v.boolean(),
  project: v.optional(v.string()),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  projects: syncedTable(projectFields),
  tasks: syncedTable(taskFields, { by_project: ["project"] }),
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
    },
  },
  tasks: {
    name: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
      isDone: { kind: "boolean", optional: false, default: false },
      project: { kind: "reference", optional: true, references: "projects" },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  projects: serverWins,
  tasks: mobileWins,
} satisfies Record<keyof typeof syncRules, Policy>;
