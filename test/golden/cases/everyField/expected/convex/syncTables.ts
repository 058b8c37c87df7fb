// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { OpeningHours } from "../src/openingHours";
import type { ServerRules } from "./syncEngine/rules";
import { counter, oneWay, set } from "./syncEngine/shared/combine";
import { jsonProblem } from "./syncEngine/shared/jsonProblem";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { json, syncedTable, syncSystemTables } from "./syncEngine/tables";

export interface ChecklistItem {
  title: string;
  done: boolean;
}

/** Synced fields of `owners`. */
export const ownerFields = {
  name: v.string(),
};

/** Synced fields of `samples`. */
export const sampleFields = {
  words: v.string(),
  count: v.number(),
  ratio: v.number(),
  isOpen: v.boolean(),
  at: v.number(),
  items: json<ChecklistItem[]>(),
  state: v.union(v.literal("open"), v.literal("closed")),
  owner: v.string(),
};

/** Synced fields of `sparseSamples`. */
export const sparseSampleFields = {
  words: v.optional(v.string()),
  count: v.optional(v.number()),
  ratio: v.optional(v.number()),
  isOpen: v.optional(v.boolean()),
  at: v.optional(v.number()),
  place: v.optional(json<{ lat: number; lng: number }>()),
  state: v.optional(v.union(v.literal("open"), v.literal("closed"))),
  owner: v.optional(v.string()),
  anything: v.optional(v.any()),
};

/** Synced fields of `presets`. */
export const presetFields = {
  words: v.string(),
  count: v.number(),
  ratio: v.number(),
  isOpen: v.boolean(),
  at: v.number(),
  items: json<ChecklistItem[]>(),
  hours: json<OpeningHours>(),
  state: v.union(v.literal("open"), v.literal("closed")),
  only: v.literal("one"),
  longest: v.union(
    v.literal("waiting for delivery"),
    v.literal("waiting for approval"),
    v.literal("ready for collection"),
    v.literal("collected by the customer"),
  ),
};

/** Synced fields of `oneSided`. */
export const oneSidedFields = {
  title: v.string(),
  state: v.union(v.literal("open"), v.literal("closed")),
  at: v.optional(v.number()),
  rank: v.number(),
};

/** Fields of `oneSided` that never leave the server. */
export const oneSidedServerFields = {
  score: v.optional(v.number()),
  secret: v.string(),
};

/** Synced fields of `keyed`. */
export const bookFields = {
  isbn: v.string(),
  owner: v.string(),
  likes: v.number(),
  weight: v.number(),
  tags: json<string[]>(),
  stage: v.union(v.literal("wanted"), v.literal("ordered"), v.literal("here")),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  owners: syncedTable(ownerFields),
  samples: syncedTable(sampleFields, { by_owner: ["owner"] }),
  sparseSamples: syncedTable(sparseSampleFields, { by_owner: ["owner"] }),
  presets: syncedTable(presetFields),
  oneSided: syncedTable(
    { ...oneSidedFields, ...oneSidedServerFields },
    {
      by_title: ["title"],
      by_state: ["state"],
      by_state_and_at: ["state", "at"],
      by_rank: ["rank"],
      by_user_id_and_deleted_at_and_state_and_created_at: [
        "userId",
        "deletedAt",
        "state",
        "createdAt",
      ],
      by_created_at: ["createdAt"],
      by_owner: ["userId"],
    },
  ),
  keyed: syncedTable(bookFields, { by_owner: ["owner"] }),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  owners: {
    name: "owners",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
    },
  },
  samples: {
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
  sparseSamples: {
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
  presets: {
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
  oneSided: {
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
    serverFields: {
      score: { kind: "real", optional: true },
      secret: { kind: "text", optional: false, default: "x" },
    },
  },
  keyed: {
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
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  owners: serverWins,
  samples: mobileWins,
  sparseSamples: mobileWins,
  presets: mobileWins,
  oneSided: mobileWins,
  keyed: mobileWins,
} satisfies Record<keyof typeof syncRules, Policy>;
