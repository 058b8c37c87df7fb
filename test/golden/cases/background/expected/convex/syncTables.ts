// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerRules } from "./syncEngine/rules";
import { lastWriteWins } from "./syncEngine/shared/policies/lastWriteWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `notes`. */
export const noteFields = {
  text: v.string(),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  notes: syncedTable(noteFields),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  notes: {
    name: "notes",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  notes: lastWriteWins,
} satisfies Record<keyof typeof syncRules, Policy>;
