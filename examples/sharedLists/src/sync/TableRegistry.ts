// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { scopeParts } from "./scopes";
import { naturalId } from "./shared/naturalId";
import { fieldMerge } from "./shared/policies/fieldMerge";
import { lastWriteWins } from "./shared/policies/lastWriteWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  households: defineTable<
    schema.Household,
    never,
    schema.HouseholdChanges,
    "update"
  >({
    name: "households",
    sqlite: schema.households,
    policy: lastWriteWins,
    rules: {
      name: "households",
      scope: "household",
      operations: ["update"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getHouseholdChangesSince,
      all: api.sync.getAllHouseholdsForUser,
    },
  }),
  people: defineTable<schema.Person, never, schema.PersonChanges, "update">({
    name: "people",
    sqlite: schema.people,
    policy: lastWriteWins,
    rules: {
      name: "people",
      scope: "household",
      operations: ["update"],
      uniqueBy: [],
      options: {},
      fields: {
        name: { kind: "text", optional: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPersonChangesSince,
      all: api.sync.getAllPeopleForUser,
    },
  }),
  lists: defineTable<schema.List, schema.NewList, never, "create" | "delete">({
    name: "lists",
    sqlite: schema.lists,
    policy: lastWriteWins,
    rules: {
      name: "lists",
      scope: "household",
      operations: ["create", "delete"],
      uniqueBy: ["name"],
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
  items: defineTable<
    schema.Item,
    schema.NewItem,
    schema.ItemChanges,
    "create" | "update" | "delete"
  >({
    name: "items",
    sqlite: schema.items,
    policy: fieldMerge,
    rules: {
      name: "items",
      scope: "household",
      operations: ["create", "update", "delete"],
      uniqueBy: ["list", "name"],
      options: {},
      fields: {
        list: { kind: "reference", optional: false, references: "lists" },
        name: { kind: "text", optional: false },
        amount: { kind: "text", optional: false, default: "" },
        isBought: { kind: "boolean", optional: false, default: false },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getItemChangesSince,
      all: api.sync.getAllItemsForUser,
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
  scopes: scopeParts,
} satisfies Registry;
