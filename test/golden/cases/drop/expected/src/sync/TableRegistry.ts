// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
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
      options: { deletes: "revive" },
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
};

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 2,
  upgrades: [
    {
      from: 1,
      to: 2,
      tables: {
        tasks: {
          fields: {
            state: { choices: ["open", "done"] },
            remark: { dropped: true },
            note: { dropped: true },
          },
        },
        notes: { removed: true },
      },
    },
  ],
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
} satisfies Registry;
