// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "@acme/backend/convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { jsonProblem } from "./shared/jsonProblem";
import { mobileWins } from "./shared/policies/mobileWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
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
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        text: { kind: "text", optional: false },
        isDone: { kind: "boolean", optional: false, default: false },
        place: { kind: "json", optional: true, problemOf: jsonProblem },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
};

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 1,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades: null,
  naturalId: null,
  resolveOp: null,
  scopes: null,
} satisfies Registry;
