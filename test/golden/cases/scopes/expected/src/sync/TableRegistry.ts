// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { opUpgrades } from "./opUpgrades";
import { defineTable, type Registry } from "./registry";
import { resolveOp } from "./resolveOp";
import { scopeParts } from "./scopes";
import { naturalId } from "./shared/naturalId";
import { appendOnly } from "./shared/policies/appendOnly";
import { fieldMerge } from "./shared/policies/fieldMerge";
import { hlcWins } from "./shared/policies/hlc";
import { lastWriteWins } from "./shared/policies/lastWriteWins";
import { manual } from "./shared/policies/manual";
import { mobileWins } from "./shared/policies/mobileWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  projects: defineTable<
    schema.Project,
    schema.NewProject,
    schema.ProjectChanges,
    "create" | "update" | "delete"
  >({
    name: "projects",
    sqlite: schema.projects,
    policy: fieldMerge,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getProjectChangesSince,
      all: api.sync.getAllProjectsForUser,
    },
  }),
  tasks: defineTable<
    schema.Task,
    schema.NewTask,
    schema.TaskChanges,
    "create" | "update" | "delete"
  >({
    name: "tasks",
    sqlite: schema.tasks,
    policy: mobileWins,
    rules: {
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
    },
    deviceFields: {
      draft: { kind: "text", optional: false, default: "" },
    },
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
  labels: defineTable<
    schema.Label,
    schema.NewLabel,
    schema.LabelChanges,
    "create" | "update" | "delete"
  >({
    name: "labels",
    sqlite: schema.labels,
    policy: lastWriteWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getLabelChangesSince,
      all: api.sync.getAllLabelsForUser,
    },
  }),
  pages: defineTable<
    schema.Page,
    schema.NewPage,
    schema.PageChanges,
    "create" | "update" | "delete"
  >({
    name: "pages",
    sqlite: schema.pages,
    policy: manual,
    rules: {
      name: "pages",
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPageChangesSince,
      all: api.sync.getAllPagesForUser,
    },
  }),
  chores: defineTable<schema.Chore, schema.NewChore, never, "create">({
    name: "chores",
    sqlite: schema.chores,
    policy: appendOnly,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getChoreChangesSince,
      all: api.sync.getAllChoresForUser,
    },
  }),
  settings: defineTable<
    schema.Setting,
    schema.NewSetting,
    schema.SettingChanges,
    "create" | "update" | "delete"
  >({
    name: "settings",
    sqlite: schema.settings,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getSettingChangesSince,
      all: api.sync.getAllSettingsForUser,
    },
  }),
};

/** How ops of earlier schema versions become those of this one, oldest first. */
const upgrades = opUpgrades(
  [
    {
      from: 1,
      to: 2,
      tables: { papers: { renamedTo: "pages" }, polls: { removed: true } },
    },
  ],
  2,
);

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 2,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades,
  naturalId,
  resolveOp,
  scopes: scopeParts,
} satisfies Registry;
