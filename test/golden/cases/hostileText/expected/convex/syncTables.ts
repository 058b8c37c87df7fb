// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerRules } from "./syncEngine/rules";
import { jsonProblem } from "./syncEngine/shared/jsonProblem";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import type { Policy } from "./syncEngine/shared/policy";
import { json, syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `notes`. */
export const noteFields = {
  body: v.string(),
  kind: v.union(
    v.literal("it's"),
    v.literal('say "hi"'),
    v.literal("`${process.exit(1)}`"),
    v.literal("*/ throw new Error('out'); /*"),
    v.literal("// @ts-ignore"),
    v.literal("line\nbreak"),
    v.literal("carriage\r\nreturn\ttab"),
    v.literal("back\\slash \\n \\u0041"),
    v.literal("separators \u2028 and \u2029"),
    v.literal("</script> <!-- {{#each}} {{{x}}} -->"),
    v.literal("漢字 ключ größe 👩‍👩‍👧 🇨🇭"),
    v.literal("$& $1 %s"),
    v.literal("'; DROP TABLE notes; --"),
  ),
  quoted: v.string(),
  data: json<Record<string, string>>(),
  nested: json<{ readonly "a-b": string; "*/": `x${string}` }[]>(),
};

/** Synced fields of `layoutOfEveryRoomInTheBuilding`. */
export const layoutOfEveryRoomInTheBuildingFields = {
  fields: v.string(),
  name: v.string(),
  rules: v.optional(v.string()),
  table: v.optional(v.string()),
  options: v.optional(v.string()),
  theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable: v.optional(v.string()),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  notes: syncedTable(noteFields),
  layoutOfEveryRoomInTheBuilding: syncedTable(
    layoutOfEveryRoomInTheBuildingFields,
    {
      by_the_longest_name_that_anybody_would_give_to_a_field_of_this_table: [
        "theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable",
      ],
    },
  ),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  notes: {
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
  layoutOfEveryRoomInTheBuilding: {
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
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  notes: mobileWins,
  layoutOfEveryRoomInTheBuilding: mobileWins,
} satisfies Record<keyof typeof syncRules, Policy>;
