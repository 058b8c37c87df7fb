// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerUpgrade } from "./syncEngine/history";
import { syncMemberTables } from "./syncEngine/members";
import type { ServerRules } from "./syncEngine/rules";
import { scopedTable } from "./syncEngine/scopedTable";
import { appendOnly } from "./syncEngine/shared/policies/appendOnly";
import { fieldMerge } from "./syncEngine/shared/policies/fieldMerge";
import { hlcWins } from "./syncEngine/shared/policies/hlc";
import { lastWriteWins } from "./syncEngine/shared/policies/lastWriteWins";
import { manual } from "./syncEngine/shared/policies/manual";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `projects`. */
export const projectFields = {
  name: v.string(),
  color: v.optional(v.string()),
};

/** Synced fields of `tasks`. */
export const taskFields = {
  title: v.string(),
  isDone: v.boolean(),
  dueAt: v.optional(v.number()),
  project: v.optional(v.string()),
  parent: v.optional(v.string()),
};

/** Fields of `tasks` that never leave the server. */
export const taskServerFields = {
  cost: v.optional(v.number()),
};

/** Synced fields of `labels`. */
export const labelFields = {
  name: v.string(),
  color: v.string(),
};

/** Synced fields of `pages`. */
export const pageFields = {
  title: v.string(),
  body: v.string(),
  project: v.string(),
};

/** Synced fields of `chores`. */
export const choreFields = {
  name: v.string(),
  doneAt: v.number(),
};

/** Synced fields of `settings`. */
export const settingFields = {
  name: v.string(),
  value: v.union(v.literal("on"), v.literal("off")),
};

/** How rows and ops of earlier schema versions become those of this one, oldest first. */
export const syncUpgrades: readonly ServerUpgrade[] = [
  {
    id: "7268ef532b9b",
    from: 1,
    to: 2,
    tables: {
      papers: { renamedTo: "pages" },
      polls: { removed: true, scope: "workspace" },
    },
  },
];

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  projects: scopedTable(projectFields),
  tasks: scopedTable(
    { ...taskFields, ...taskServerFields },
    {
      by_project: ["project"],
      by_parent: ["parent"],
      by_scope_id_and_deleted_at_and_due_at: ["scopeId", "deletedAt", "dueAt"],
      by_user_id_and_due_at: ["userId", "dueAt"],
    },
  ),
  labels: scopedTable(labelFields),
  /** The rows of `pages`. */
  papers: scopedTable(pageFields, { by_project: ["project"] }),
  chores: scopedTable(choreFields),
  settings: syncedTable(settingFields),
  ...syncSystemTables,
  ...syncMemberTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  projects: {
    name: "projects",
    scope: "workspace",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      color: { kind: "text", optional: true },
    },
  },
  tasks: {
    name: "tasks",
    scope: "workspace",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isDone: { kind: "boolean", optional: false, default: false },
      dueAt: { kind: "timestamp", optional: true },
      project: { kind: "reference", optional: true, references: "projects" },
      parent: { kind: "reference", optional: true, references: "tasks" },
    },
    serverFields: {
      cost: { kind: "integer", optional: true },
    },
  },
  labels: {
    name: "labels",
    scope: "workspace",
    operations: ["create", "update", "delete"],
    uniqueBy: ["name"],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      color: { kind: "text", optional: false },
    },
  },
  pages: {
    name: "pages",
    storedAs: "papers",
    firstName: "papers",
    scope: "workspace",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      body: { kind: "text", optional: false },
      project: { kind: "reference", optional: false, references: "projects" },
    },
  },
  chores: {
    name: "chores",
    scope: "household",
    operations: ["create"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      doneAt: { kind: "timestamp", optional: false },
    },
  },
  settings: {
    name: "settings",
    operations: ["create", "update", "delete"],
    uniqueBy: ["name"],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      value: {
        kind: "choice",
        optional: false,
        default: "on",
        choices: ["on", "off"],
      },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  projects: fieldMerge,
  tasks: mobileWins,
  labels: lastWriteWins,
  pages: manual,
  chores: appendOnly,
  settings: hlcWins,
} satisfies Record<keyof typeof syncRules, Policy>;
