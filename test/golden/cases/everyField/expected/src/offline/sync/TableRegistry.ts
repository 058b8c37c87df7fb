// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { counter, oneWay, set } from "./shared/combine";
import { jsonProblem } from "./shared/jsonProblem";
import { naturalId } from "./shared/naturalId";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  owners: defineTable<
    schema.Owner,
    schema.NewOwner,
    schema.OwnerChanges,
    "create" | "update" | "delete"
  >({
    name: "owners",
    sqlite: schema.owners,
    policy: serverWins,
    rules: {
      name: "owners",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getOwnerChangesSince,
      all: api.sync.getAllOwnersForUser,
    },
  }),
  samples: defineTable<
    schema.Sample,
    schema.NewSample,
    schema.SampleChanges,
    "create" | "update" | "delete"
  >({
    name: "samples",
    sqlite: schema.samples,
    policy: mobileWins,
    rules: {
      name: "samples",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        words: { kind: "text", optional: false },
        count: { kind: "integer", optional: false },
        ratio: { kind: "real", optional: false },
        isOpen: { kind: "boolean", optional: false },
        at: { kind: "timestamp", optional: false },
        items: { kind: "json", optional: false, problemOf: jsonProblem },
        state: { kind: "choice", optional: false, choices: ["open", "closed"] },
        owner: { kind: "reference", optional: false, references: "owners" },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getSampleChangesSince,
      all: api.sync.getAllSamplesForUser,
    },
  }),
  sparseSamples: defineTable<
    schema.SparseSample,
    schema.NewSparseSample,
    schema.SparseSampleChanges,
    "create" | "update" | "delete"
  >({
    name: "sparseSamples",
    sqlite: schema.sparseSamples,
    policy: mobileWins,
    rules: {
      name: "sparseSamples",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        words: { kind: "text", optional: true },
        count: { kind: "integer", optional: true },
        ratio: { kind: "real", optional: true },
        isOpen: { kind: "boolean", optional: true },
        at: { kind: "timestamp", optional: true },
        place: { kind: "json", optional: true, problemOf: jsonProblem },
        state: { kind: "choice", optional: true, choices: ["open", "closed"] },
        owner: { kind: "reference", optional: true, references: "owners" },
        anything: { kind: "json", optional: true, problemOf: jsonProblem },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getSparseSampleChangesSince,
      all: api.sync.getAllSparseSamplesForUser,
    },
  }),
  presets: defineTable<
    schema.Preset,
    schema.NewPreset,
    schema.PresetChanges,
    "create" | "update" | "delete"
  >({
    name: "presets",
    sqlite: schema.presets,
    policy: mobileWins,
    rules: {
      name: "presets",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        words: { kind: "text", optional: false, default: "none" },
        count: { kind: "integer", optional: false, default: -1 },
        ratio: { kind: "real", optional: false, default: 0.5 },
        isOpen: { kind: "boolean", optional: false, default: true },
        at: { kind: "timestamp", optional: false, default: 0 },
        items: {
          kind: "json",
          optional: false,
          default: [
            { title: "Helmet", done: false },
            { title: "Don't forget the keys", done: false },
          ],
          problemOf: jsonProblem,
        },
        hours: {
          kind: "json",
          optional: false,
          default: { from: 8, to: 17, days: ["mon", "tue"] },
          problemOf: jsonProblem,
        },
        state: {
          kind: "choice",
          optional: false,
          default: "open",
          choices: ["open", "closed"],
        },
        only: {
          kind: "choice",
          optional: false,
          default: "one",
          choices: ["one"],
        },
        longest: {
          kind: "choice",
          optional: false,
          default: "waiting for delivery",
          choices: [
            "waiting for delivery",
            "waiting for approval",
            "ready for collection",
            "collected by the customer",
          ],
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPresetChangesSince,
      all: api.sync.getAllPresetsForUser,
    },
  }),
  oneSided: defineTable<
    schema.OneSided,
    schema.NewOneSided,
    schema.OneSidedChanges,
    "create" | "update" | "delete"
  >({
    name: "oneSided",
    sqlite: schema.oneSided,
    policy: mobileWins,
    rules: {
      name: "oneSided",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        state: {
          kind: "choice",
          optional: false,
          default: "open",
          choices: ["open", "closed"],
        },
        at: { kind: "timestamp", optional: true },
        rank: { kind: "integer", optional: false, default: 0 },
      },
    },
    deviceFields: {
      draft: { kind: "text", optional: true },
      seen: { kind: "boolean", optional: false, default: false },
    },
    remote: {
      changesSince: api.sync.getOneSidedChangesSince,
      all: api.sync.getAllOneSidedForUser,
    },
  }),
  keyed: defineTable<
    schema.Book,
    schema.NewBook,
    schema.BookChanges,
    "create" | "update" | "delete"
  >({
    name: "keyed",
    sqlite: schema.keyed,
    policy: mobileWins,
    rules: {
      name: "keyed",
      operations: ["create", "update", "delete"],
      uniqueBy: ["isbn", "owner"],
      options: {},
      fields: {
        isbn: { kind: "text", optional: false },
        owner: { kind: "reference", optional: false, references: "owners" },
        likes: { kind: "integer", optional: false, default: 0, merge: counter },
        weight: { kind: "real", optional: false, default: 0, merge: counter },
        tags: {
          kind: "json",
          optional: false,
          default: [],
          problemOf: jsonProblem,
          merge: set,
        },
        stage: {
          kind: "choice",
          optional: false,
          default: "wanted",
          choices: ["wanted", "ordered", "here"],
          merge: oneWay(["wanted", "ordered", "here"]),
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getBookChangesSince,
      all: api.sync.getAllKeyedForUser,
    },
  }),
};

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 1,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades: null,
  naturalId,
  resolveOp: null,
  scopes: null,
} satisfies Registry;
