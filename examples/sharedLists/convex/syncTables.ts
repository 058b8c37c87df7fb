// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { syncMemberTables } from "./syncEngine/members";
import type { ServerRules } from "./syncEngine/rules";
import { scopedTable } from "./syncEngine/scopedTable";
import { fieldMerge } from "./syncEngine/shared/policies/fieldMerge";
import { lastWriteWins } from "./syncEngine/shared/policies/lastWriteWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `households`. */
export const householdFields = {
  name: v.string(),
};

/** Synced fields of `people`. */
export const personFields = {
  name: v.string(),
};

/** Synced fields of `lists`. */
export const listFields = {
  name: v.string(),
};

/** Synced fields of `items`. */
export const itemFields = {
  list: v.string(),
  name: v.string(),
  amount: v.string(),
  isBought: v.boolean(),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  households: scopedTable(householdFields),
  people: scopedTable(personFields, {
    by_person: ["scopeId", "userId", "deletedAt"],
  }),
  lists: scopedTable(listFields),
  items: scopedTable(itemFields, { by_list: ["list"] }),
  ...syncSystemTables,
  ...syncMemberTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  households: {
    name: "households",
    scope: "household",
    operations: ["update"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
  people: {
    name: "people",
    scope: "household",
    operations: ["update"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
  lists: {
    name: "lists",
    scope: "household",
    operations: ["create", "delete"],
    uniqueBy: ["name"],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
  items: {
    name: "items",
    scope: "household",
    operations: ["create", "update", "delete"],
    uniqueBy: ["list", "name"],
    options: {},
    fields: {
      list: { kind: "reference", optional: false, references: "lists" },
      name: { kind: "text", optional: false },
      amount: { kind: "text", optional: false, default: "" },
      isBought: { kind: "boolean", optional: false, default: false },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  households: lastWriteWins,
  people: lastWriteWins,
  lists: lastWriteWins,
  items: fieldMerge,
} satisfies Record<keyof typeof syncRules, Policy>;
