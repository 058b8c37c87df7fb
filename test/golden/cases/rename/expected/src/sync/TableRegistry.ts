// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { opUpgrades } from "./opUpgrades";
import { defineTable, type Registry } from "./registry";
import { jsonProblem } from "./shared/jsonProblem";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  lists: defineTable<
    schema.List,
    schema.NewList,
    schema.ListChanges,
    "create" | "update" | "delete"
  >({
    name: "lists",
    sqlite: schema.lists,
    policy: serverWins,
    rules: {
      name: "lists",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getListChangesSince,
      all: api.sync.getAllListsForUser,
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
};

/** How ops of earlier schema versions become those of this one, oldest first. */
const upgrades = opUpgrades(
  [
    {
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
  ],
  2,
);

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 2,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades,
  naturalId: null,
  resolveOp: null,
  scopes: null,
} satisfies Registry;
