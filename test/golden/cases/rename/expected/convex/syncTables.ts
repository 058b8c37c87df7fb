// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { historyOf, type ServerUpgrade } from "./syncEngine/history";
import type { ServerRules } from "./syncEngine/rules";
import { jsonProblem } from "./syncEngine/shared/jsonProblem";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { json, syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `lists`. */
export const listFields = {
  name: v.string(),
};

/** Synced fields of `tasks`. */
export const taskFields = {
  text: v.string(),
  priority: v.union(
    v.literal("low"),
    v.literal("normal"),
    v.literal("high"),
    v.literal("extreme"),
  ),
  list: v.optional(v.string()),
  dueAt: v.optional(v.number()),
  place: json<{ lat: number; lng: number }>(),
};

/** How rows and ops of earlier schema versions become those of this one, oldest first. */
export const syncUpgrades: readonly ServerUpgrade[] = [
  {
    id: "93898d8e016d",
    from: 1,
    to: 2,
    tables: {
      todos: {
        renamedTo: "tasks",
        fields: {
          title: { renamedTo: "text" },
          urgency: { renamedTo: "priority" },
        },
        added: { dueAt: null, place: { lat: 0, lng: 0 } },
      },
    },
  },
];

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  lists: syncedTable(listFields),
  /** The rows of `tasks`. */
  todos: syncedTable(
    taskFields,
    { by_priority: ["priority"], by_list: ["list"] },
    historyOf(syncUpgrades, "tasks"),
  ),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  lists: {
    name: "lists",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
  tasks: {
    name: "tasks",
    storedAs: "todos",
    firstName: "todos",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      text: { kind: "text", optional: false },
      priority: {
        kind: "choice",
        optional: false,
        default: "normal",
        choices: ["low", "normal", "high", "extreme"],
      },
      list: { kind: "reference", optional: true, references: "lists" },
      dueAt: { kind: "timestamp", optional: true },
      place: {
        kind: "json",
        optional: false,
        default: { lat: 0, lng: 0 },
        problemOf: jsonProblem,
      },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  lists: serverWins,
  tasks: mobileWins,
} satisfies Record<keyof typeof syncRules, Policy>;
