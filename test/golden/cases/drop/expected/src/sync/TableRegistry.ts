// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { opUpgrades } from "./opUpgrades";
import { defineTable, type Registry } from "./registry";
import { resolveOp } from "./resolveOp";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  jobs: defineTable<
    schema.Job,
    schema.NewJob,
    schema.JobChanges,
    "create" | "update" | "delete"
  >({
    name: "jobs",
    sqlite: schema.jobs,
    policy: mobileWins,
    rules: {
      name: "jobs",
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getJobChangesSince,
      all: api.sync.getAllJobsForUser,
    },
  }),
  places: defineTable<
    schema.Place,
    schema.NewPlace,
    schema.PlaceChanges,
    "create" | "update" | "delete"
  >({
    name: "places",
    sqlite: schema.places,
    policy: serverWins,
    rules: {
      name: "places",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPlaceChangesSince,
      all: api.sync.getAllPlacesForUser,
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
    { from: 2, to: 3, tables: { tasks: { renamedTo: "jobs" } } },
  ],
  3,
);

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 3,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades,
  naturalId: null,
  resolveOp,
  scopes: null,
} satisfies Registry;
