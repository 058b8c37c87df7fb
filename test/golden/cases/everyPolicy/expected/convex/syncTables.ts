// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { mergeSettings } from "../shared/merge";
import { custom as themeMerge } from "../shared/themes";
import type { ServerRules } from "./syncEngine/rules";
import { appendOnly } from "./syncEngine/shared/policies/appendOnly";
import { custom } from "./syncEngine/shared/policies/custom";
import { fieldMerge } from "./syncEngine/shared/policies/fieldMerge";
import { hlcWins } from "./syncEngine/shared/policies/hlc";
import { lastWriteWins } from "./syncEngine/shared/policies/lastWriteWins";
import { manual } from "./syncEngine/shared/policies/manual";
import { maxWins } from "./syncEngine/shared/policies/maxWins";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `visits`. */
export const visitFields = {
  place: v.string(),
};

/** Synced fields of `orders`. */
export const orderFields = {
  customer: v.string(),
};

/** Synced fields of `prices`. */
export const priceFields = {
  amount: v.number(),
};

/** Synced fields of `notes`. */
export const noteFields = {
  body: v.string(),
};

/** Synced fields of `places`. */
export const placeFields = {
  label: v.string(),
};

/** Synced fields of `contacts`. */
export const contactFields = {
  name: v.string(),
  phone: v.optional(v.string()),
};

/** Synced fields of `readings`. */
export const readingFields = {
  value: v.number(),
  takenAt: v.number(),
};

/** Synced fields of `scores`. */
export const scoreFields = {
  level: v.string(),
  points: v.number(),
};

/** Synced fields of `drafts`. */
export const draftFields = {
  body: v.string(),
};

/** Synced fields of `settings`. */
export const settingFields = {
  name: v.string(),
  value: v.string(),
};

/** Synced fields of `themes`. */
export const themeFields = {
  name: v.string(),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  visits: syncedTable(visitFields),
  orders: syncedTable(orderFields),
  prices: syncedTable(priceFields),
  notes: syncedTable(noteFields),
  places: syncedTable(placeFields),
  contacts: syncedTable(contactFields),
  readings: syncedTable(readingFields),
  scores: syncedTable(scoreFields),
  drafts: syncedTable(draftFields),
  settings: syncedTable(settingFields),
  themes: syncedTable(themeFields),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  visits: {
    name: "visits",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      place: { kind: "text", optional: false },
    },
  },
  orders: {
    name: "orders",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: { deletes: "win" },
    fields: {
      customer: { kind: "text", optional: false },
    },
  },
  prices: {
    name: "prices",
    operations: ["update"],
    uniqueBy: [],
    options: {},
    fields: {
      amount: { kind: "integer", optional: false },
    },
  },
  notes: {
    name: "notes",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      body: { kind: "text", optional: false },
    },
  },
  places: {
    name: "places",
    operations: ["create", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      label: { kind: "text", optional: false },
    },
  },
  contacts: {
    name: "contacts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      name: { kind: "text", optional: false },
      phone: { kind: "text", optional: true },
    },
  },
  readings: {
    name: "readings",
    operations: ["create"],
    uniqueBy: [],
    options: {},
    fields: {
      value: { kind: "integer", optional: false },
      takenAt: { kind: "timestamp", optional: false },
    },
  },
  scores: {
    name: "scores",
    operations: ["create", "update", "delete"],
    uniqueBy: ["level"],
    options: { by: "points" },
    fields: {
      level: { kind: "text", optional: false },
      points: { kind: "integer", optional: false },
    },
  },
  drafts: {
    name: "drafts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      body: { kind: "text", optional: false },
    },
  },
  settings: {
    name: "settings",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: { merge: mergeSettings },
    fields: {
      name: { kind: "text", optional: false },
      value: { kind: "text", optional: false },
    },
  },
  themes: {
    name: "themes",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: { merge: themeMerge },
    fields: {
      name: { kind: "text", optional: false },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  visits: mobileWins,
  orders: mobileWins,
  prices: serverWins,
  notes: lastWriteWins,
  places: hlcWins,
  contacts: fieldMerge,
  readings: appendOnly,
  scores: maxWins,
  drafts: manual,
  settings: custom,
  themes: custom,
} satisfies Record<keyof typeof syncRules, Policy>;
