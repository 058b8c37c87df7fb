// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { resolveOp } from "./resolveOp";
import { counter } from "./shared/combine";
import { manual } from "./shared/policies/manual";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

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
    policy: serverWins,
    rules: {
      name: "projects",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
        color: {
          kind: "choice",
          optional: false,
          default: "gray",
          choices: ["gray", "blue", "green", "orange"],
        },
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
    "create" | "update"
  >({
    name: "tasks",
    sqlite: schema.tasks,
    policy: mobileWins,
    rules: {
      name: "tasks",
      operations: ["create", "update"],
      uniqueBy: [],
      options: {},
      fields: {
        text: { kind: "text", optional: false },
        isCompleted: { kind: "boolean", optional: false, default: false },
        priority: {
          kind: "choice",
          optional: false,
          default: "normal",
          choices: ["low", "normal", "high"],
        },
        project: { kind: "reference", optional: true, references: "projects" },
        dueAt: { kind: "timestamp", optional: true },
        minutesSpent: {
          kind: "integer",
          optional: false,
          default: 0,
          merge: counter,
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
  notes: defineTable<
    schema.Note,
    schema.NewNote,
    schema.NoteChanges,
    "create" | "update" | "delete"
  >({
    name: "notes",
    sqlite: schema.notes,
    policy: manual,
    rules: {
      name: "notes",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        task: { kind: "reference", optional: false, references: "tasks" },
        body: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getNoteChangesSince,
      all: api.sync.getAllNotesForUser,
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
  resolveOp,
  scopes: null,
} satisfies Registry;
