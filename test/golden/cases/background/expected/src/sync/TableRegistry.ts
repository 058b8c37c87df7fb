// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { lastWriteWins } from "./shared/policies/lastWriteWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
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
        text: { kind: "text", optional: false },
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
  resolveOp: null,
  scopes: null,
} satisfies Registry;
