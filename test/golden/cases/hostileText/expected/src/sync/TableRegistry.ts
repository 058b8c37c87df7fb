// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { jsonProblem } from "./shared/jsonProblem";
import { mobileWins } from "./shared/policies/mobileWins";

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
    policy: mobileWins,
    rules: {
      name: "notes",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        body: {
          kind: "text",
          optional: false,
          default:
            "it's\nsay \"hi\"\n`${process.exit(1)}`\n*/ throw new Error('out'); /*\n// @ts-ignore\nline\nbreak\ncarriage\r\nreturn\ttab\nback\\slash \\n \\u0041\nseparators \u2028 and \u2029\n</script> <!-- {{#each}} {{{x}}} -->\n漢字 ключ größe 👩‍👩‍👧 🇨🇭\n$& $1 %s\n'; DROP TABLE notes; --",
        },
        kind: {
          kind: "choice",
          optional: false,
          default: "it's",
          choices: [
            "it's",
            'say "hi"',
            "`${process.exit(1)}`",
            "*/ throw new Error('out'); /*",
            "// @ts-ignore",
            "line\nbreak",
            "carriage\r\nreturn\ttab",
            "back\\slash \\n \\u0041",
            "separators \u2028 and \u2029",
            "</script> <!-- {{#each}} {{{x}}} -->",
            "漢字 ключ größe 👩‍👩‍👧 🇨🇭",
            "$& $1 %s",
            "'; DROP TABLE notes; --",
          ],
        },
        quoted: { kind: "text", optional: false, default: "'\"`" },
        data: {
          kind: "json",
          optional: false,
          default: {
            "it's": "line\nbreak",
            '"': "separators \u2028 and \u2029",
            "*/": "back\\slash",
            "`${x}`": "漢字 👩‍👩‍👧",
            constructor: "none",
          },
          problemOf: jsonProblem,
        },
        nested: {
          kind: "json",
          optional: false,
          default: [{ "a-b": "it's", "*/": "x${1}" }],
          problemOf: jsonProblem,
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getNoteChangesSince,
      all: api.sync.getAllNotesForUser,
    },
  }),
  layoutOfEveryRoomInTheBuilding: defineTable<
    schema.LayoutOfEveryRoomInTheBuilding,
    schema.NewLayoutOfEveryRoomInTheBuilding,
    schema.LayoutOfEveryRoomInTheBuildingChanges,
    "create" | "update" | "delete"
  >({
    name: "layoutOfEveryRoomInTheBuilding",
    sqlite: schema.layoutOfEveryRoomInTheBuilding,
    policy: mobileWins,
    rules: {
      name: "layoutOfEveryRoomInTheBuilding",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        fields: { kind: "text", optional: false },
        name: { kind: "text", optional: false },
        rules: { kind: "text", optional: true },
        table: { kind: "text", optional: true },
        options: { kind: "text", optional: true },
        theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable: {
          kind: "text",
          optional: true,
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getLayoutOfEveryRoomInTheBuildingChangesSince,
      all: api.sync.getAllLayoutOfEveryRoomInTheBuildingForUser,
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
