// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { Place } from "../place";
import type { ServerRules } from "./syncEngine/rules";
import { jsonProblem } from "./syncEngine/shared/jsonProblem";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import type { Policy } from "./syncEngine/shared/policy";
import { json, syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `tasks`. */
export const taskFields = {
  text: v.string(),
  isDone: v.boolean(),
  place: v.optional(json<Place>()),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  tasks: syncedTable(taskFields),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  tasks: {
    name: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
      isDone: { kind: "boolean", optional: false, default: false },
      place: { kind: "json", optional: true, problemOf: jsonProblem },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  tasks: mobileWins,
} satisfies Record<keyof typeof syncRules, Policy>;
