import { choice, defineSync, json, table, text } from "sync-gen";

const everything = [
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
] as const;

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    notes: table({
      policy: "mobile-wins",
      description: everything.join("\n"),
      fields: {
        body: text()
          .default(everything.join("\n"))
          .describe(everything.join(" ")),
        kind: choice(everything).default("it's").describe("*/"),
        quoted: text().default("'\"`").describe("@ts-expect-error"),
        data: json<Record<string, string>>().default({
          "it's": "line\nbreak",
          '"': "separators \u2028 and \u2029",
          "*/": "back\\slash",
          "`${x}`": "漢字 👩‍👩‍👧",
          constructor: "none",
        }),
        nested: json<
          { readonly "a-b": string; "*/": `x${string}` }[]
        >().default([{ "a-b": "it's", "*/": "x${1}" }]),
      },
    }),
    // Names that the emitted files use themselves.
    layoutOfEveryRoomInTheBuilding: table({
      policy: "mobile-wins",
      fields: {
        fields: text(),
        name: text(),
        rules: text().optional(),
        table: text().optional(),
        options: text().optional(),
        theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable: text()
          .optional()
          .index(),
      },
    }),
  },
});
