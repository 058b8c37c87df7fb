// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { historyOf, type ServerUpgrade } from "./syncEngine/history";
import type { ServerRules } from "./syncEngine/rules";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `jobs`. */
export const jobFields = {
  title: v.string(),
  state: v.union(v.literal("open"), v.literal("done")),
};

/** Synced fields of `places`. */
export const placeFields = {
  name: v.string(),
};

/** How rows and ops of earlier schema versions become those of this one, oldest first. */
export const syncUpgrades: readonly ServerUpgrade[] = [
  {
    id: "14509e5059ac",
    from: 1,
    to: 2,
    tables: {
      tasks: {
        fields: {
          state: { choices: ["open", "done"], instead: "open" },
          remark: { dropped: true },
          note: { dropped: true },
        },
      },
      notes: { removed: true },
    },
  },
  {
    id: "d857cbc8d89c",
    from: 2,
    to: 3,
    tables: { tasks: { renamedTo: "jobs" } },
  },
];

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  /** The rows of `jobs`. */
  tasks: syncedTable(jobFields, {}, historyOf(syncUpgrades, "jobs")),
  places: syncedTable(placeFields),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  jobs: {
    name: "jobs",
    storedAs: "tasks",
    firstName: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      state: {
        kind: "choice",
        optional: false,
        default: "open",
        choices: ["open", "done"],
      },
    },
  },
  places: {
    name: "places",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  jobs: mobileWins,
  places: serverWins,
} satisfies Record<keyof typeof syncRules, Policy>;
