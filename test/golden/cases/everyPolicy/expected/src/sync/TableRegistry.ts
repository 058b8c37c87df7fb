// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { mergeSettings } from "../../shared/merge";
import { custom as themeMerge } from "../../shared/themes";
import { defineTable, type Registry } from "./registry";
import { resolveOp } from "./resolveOp";
import { naturalId } from "./shared/naturalId";
import { appendOnly } from "./shared/policies/appendOnly";
import { custom } from "./shared/policies/custom";
import { fieldMerge } from "./shared/policies/fieldMerge";
import { hlcWins } from "./shared/policies/hlc";
import { lastWriteWins } from "./shared/policies/lastWriteWins";
import { manual } from "./shared/policies/manual";
import { maxWins } from "./shared/policies/maxWins";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  visits: defineTable<
    schema.Visit,
    schema.NewVisit,
    schema.VisitChanges,
    "create" | "update" | "delete"
  >({
    name: "visits",
    sqlite: schema.visits,
    policy: mobileWins,
    rules: {
      name: "visits",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        place: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getVisitChangesSince,
      all: api.sync.getAllVisitsForUser,
    },
  }),
  orders: defineTable<
    schema.Order,
    schema.NewOrder,
    schema.OrderChanges,
    "create" | "update" | "delete"
  >({
    name: "orders",
    sqlite: schema.orders,
    policy: mobileWins,
    rules: {
      name: "orders",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: { deletes: "win" },
      fields: {
        customer: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getOrderChangesSince,
      all: api.sync.getAllOrdersForUser,
    },
  }),
  prices: defineTable<schema.Price, never, schema.PriceChanges, "update">({
    name: "prices",
    sqlite: schema.prices,
    policy: serverWins,
    rules: {
      name: "prices",
      operations: ["update"],
      uniqueBy: [],
      options: {},
      fields: {
        amount: { kind: "integer", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPriceChangesSince,
      all: api.sync.getAllPricesForUser,
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
    policy: lastWriteWins,
    rules: {
      name: "notes",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        body: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getNoteChangesSince,
      all: api.sync.getAllNotesForUser,
    },
  }),
  places: defineTable<
    schema.Place,
    schema.NewPlace,
    never,
    "create" | "delete"
  >({
    name: "places",
    sqlite: schema.places,
    policy: hlcWins,
    rules: {
      name: "places",
      operations: ["create", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        label: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPlaceChangesSince,
      all: api.sync.getAllPlacesForUser,
    },
  }),
  contacts: defineTable<
    schema.Contact,
    schema.NewContact,
    schema.ContactChanges,
    "create" | "update" | "delete"
  >({
    name: "contacts",
    sqlite: schema.contacts,
    policy: fieldMerge,
    rules: {
      name: "contacts",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
        phone: { kind: "text", optional: true },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getContactChangesSince,
      all: api.sync.getAllContactsForUser,
    },
  }),
  readings: defineTable<schema.Reading, schema.NewReading, never, "create">({
    name: "readings",
    sqlite: schema.readings,
    policy: appendOnly,
    rules: {
      name: "readings",
      operations: ["create"],
      uniqueBy: [],
      options: {},
      fields: {
        value: { kind: "integer", optional: false },
        takenAt: { kind: "timestamp", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getReadingChangesSince,
      all: api.sync.getAllReadingsForUser,
    },
  }),
  scores: defineTable<
    schema.Score,
    schema.NewScore,
    schema.ScoreChanges,
    "create" | "update" | "delete"
  >({
    name: "scores",
    sqlite: schema.scores,
    policy: maxWins,
    rules: {
      name: "scores",
      operations: ["create", "update", "delete"],
      uniqueBy: ["level"],
      options: { by: "points" },
      fields: {
        level: { kind: "text", optional: false },
        points: { kind: "integer", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getScoreChangesSince,
      all: api.sync.getAllScoresForUser,
    },
  }),
  drafts: defineTable<
    schema.Draft,
    schema.NewDraft,
    schema.DraftChanges,
    "create" | "update" | "delete"
  >({
    name: "drafts",
    sqlite: schema.drafts,
    policy: manual,
    rules: {
      name: "drafts",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        body: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getDraftChangesSince,
      all: api.sync.getAllDraftsForUser,
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
    policy: custom,
    rules: {
      name: "settings",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: { merge: mergeSettings },
      fields: {
        name: { kind: "text", optional: false },
        value: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getSettingChangesSince,
      all: api.sync.getAllSettingsForUser,
    },
  }),
  themes: defineTable<
    schema.Theme,
    schema.NewTheme,
    schema.ThemeChanges,
    "create" | "update" | "delete"
  >({
    name: "themes",
    sqlite: schema.themes,
    policy: custom,
    rules: {
      name: "themes",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: { merge: themeMerge },
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getThemeChangesSince,
      all: api.sync.getAllThemesForUser,
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
  resolveOp,
  scopes: null,
} satisfies Registry;
