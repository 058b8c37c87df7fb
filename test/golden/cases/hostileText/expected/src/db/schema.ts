// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RowSyncStatus } from "../sync/ports";

/**
 * it's
 * say "hi"
 * `${process.exit(1)}`
 * *\/ throw new Error('out'); /*
 * // \@ts-ignore
 * line
 * break
 * carriage
 * return	tab
 * back\slash \n \u0041
 * separators
 *  and
 *
 * </script> <!-- {{#each}} {{{x}}} -->
 * 漢字 ключ größe 👩‍👩‍👧 🇨🇭
 * $& $1 %s
 * '; DROP TABLE notes; --
 *
 * A row of `notes` on this device.
 */
export interface Note {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  /**
   * it's say "hi" `${process.exit(1)}` *\/ throw new Error('out'); /* //
   * \@ts-ignore line
   * break carriage
   * return	tab back\slash \n \u0041 separators
   *  and
   * </script> <!-- {{#each}} {{{x}}} --> 漢字 ключ größe 👩‍👩‍👧 🇨🇭 $& $1 %s
   * '; DROP TABLE notes; --
   */
  body: string;
  /** *\/ */
  kind:
    | "it's"
    | 'say "hi"'
    | "`${process.exit(1)}`"
    | "*/ throw new Error('out'); /*"
    | "// @ts-ignore"
    | "line\nbreak"
    | "carriage\r\nreturn\ttab"
    | "back\\slash \\n \\u0041"
    | "separators \u2028 and \u2029"
    | "</script> <!-- {{#each}} {{{x}}} -->"
    | "漢字 ключ größe 👩‍👩‍👧 🇨🇭"
    | "$& $1 %s"
    | "'; DROP TABLE notes; --";
  /** \@ts-expect-error */
  quoted: string;
  data: Record<string, string>;
  nested: { readonly "a-b": string; "*/": `x${string}` }[];
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `notes`. */
export interface NewNote {
  /**
   * it's say "hi" `${process.exit(1)}` *\/ throw new Error('out'); /* //
   * \@ts-ignore line
   * break carriage
   * return	tab back\slash \n \u0041 separators
   *  and
   * </script> <!-- {{#each}} {{{x}}} --> 漢字 ключ größe 👩‍👩‍👧 🇨🇭 $& $1 %s
   * '; DROP TABLE notes; --
   */
  body?: string;
  /** *\/ */
  kind?:
    | "it's"
    | 'say "hi"'
    | "`${process.exit(1)}`"
    | "*/ throw new Error('out'); /*"
    | "// @ts-ignore"
    | "line\nbreak"
    | "carriage\r\nreturn\ttab"
    | "back\\slash \\n \\u0041"
    | "separators \u2028 and \u2029"
    | "</script> <!-- {{#each}} {{{x}}} -->"
    | "漢字 ключ größe 👩‍👩‍👧 🇨🇭"
    | "$& $1 %s"
    | "'; DROP TABLE notes; --";
  /** \@ts-expect-error */
  quoted?: string;
  data?: Record<string, string>;
  nested?: { readonly "a-b": string; "*/": `x${string}` }[];
}

/** What `update` takes for `notes`: the fields to change. */
export interface NoteChanges {
  /**
   * it's say "hi" `${process.exit(1)}` *\/ throw new Error('out'); /* //
   * \@ts-ignore line
   * break carriage
   * return	tab back\slash \n \u0041 separators
   *  and
   * </script> <!-- {{#each}} {{{x}}} --> 漢字 ключ größe 👩‍👩‍👧 🇨🇭 $& $1 %s
   * '; DROP TABLE notes; --
   */
  body?: string;
  /** *\/ */
  kind?:
    | "it's"
    | 'say "hi"'
    | "`${process.exit(1)}`"
    | "*/ throw new Error('out'); /*"
    | "// @ts-ignore"
    | "line\nbreak"
    | "carriage\r\nreturn\ttab"
    | "back\\slash \\n \\u0041"
    | "separators \u2028 and \u2029"
    | "</script> <!-- {{#each}} {{{x}}} -->"
    | "漢字 ключ größe 👩‍👩‍👧 🇨🇭"
    | "$& $1 %s"
    | "'; DROP TABLE notes; --";
  /** \@ts-expect-error */
  quoted?: string;
  data?: Record<string, string>;
  nested?: { readonly "a-b": string; "*/": `x${string}` }[];
}

export const notes = sqliteTable("notes", {
  clientId: text().primaryKey(),
  serverId: text(),
  body: text()
    .notNull()
    .default(
      "it's\nsay \"hi\"\n`${process.exit(1)}`\n*/ throw new Error('out'); /*\n// @ts-ignore\nline\nbreak\ncarriage\r\nreturn\ttab\nback\\slash \\n \\u0041\nseparators \u2028 and \u2029\n</script> <!-- {{#each}} {{{x}}} -->\n漢字 ключ größe 👩‍👩‍👧 🇨🇭\n$& $1 %s\n'; DROP TABLE notes; --",
    ),
  kind: text({
    enum: [
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
  })
    .notNull()
    .default("it's"),
  quoted: text().notNull().default("'\"`"),
  data: text({ mode: "json" })
    .$type<Record<string, string>>()
    .notNull()
    .default(
      sql.raw(
        '\'{"it\'\'s":"line\\nbreak","\\"":"separators \u2028 and \u2029","*/":"back\\\\slash","`${x}`":"漢字 👩‍👩‍👧","constructor":"none"}\'',
      ),
    ),
  nested: text({ mode: "json" })
    .$type<{ readonly "a-b": string; "*/": `x${string}` }[]>()
    .notNull()
    .default(sql.raw('\'[{"a-b":"it\'\'s","*/":"x${1}"}]\'')),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({
    enum: ["synced", "pending", "failed", "conflict"],
  }).notNull(),
  changed: text(),
});

/** A row of `layoutOfEveryRoomInTheBuilding` on this device. */
export interface LayoutOfEveryRoomInTheBuilding {
  /**
   * Made on the device that creates the row; never changes. References hold
   * this.
   */
  clientId: string;
  /** The server's id; `null` until the first push was answered. */
  serverId: string | null;
  fields: string;
  name: string;
  rules: string | null;
  table: string | null;
  options: string | null;
  theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable: string | null;
  userId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. */
  updatedAt: number;
  syncStatus: RowSyncStatus;
  /** The server version that the row is built on. */
  changed: string | null;
}

/** What `create` takes for `layoutOfEveryRoomInTheBuilding`. */
export interface NewLayoutOfEveryRoomInTheBuilding {
  fields: string;
  name: string;
  rules?: string | null;
  table?: string | null;
  options?: string | null;
  theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable?: string | null;
}

/** What `update` takes for `layoutOfEveryRoomInTheBuilding`: the fields to change. */
export interface LayoutOfEveryRoomInTheBuildingChanges {
  fields?: string;
  name?: string;
  rules?: string | null;
  table?: string | null;
  options?: string | null;
  theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable?: string | null;
}

export const layoutOfEveryRoomInTheBuilding = sqliteTable(
  "layoutOfEveryRoomInTheBuilding",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    fields: text().notNull(),
    name: text().notNull(),
    rules: text(),
    table: text(),
    options: text(),
    theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable: text(),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({
      enum: ["synced", "pending", "failed", "conflict"],
    }).notNull(),
    changed: text(),
  },
  (table) => [
    index(
      "layoutOfEveryRoomInTheBuilding_by_the_longest_name_that_anybody_would_give_to_a_field_of_this_table",
    ).on(table.theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable),
  ],
);

export { syncMetadata, syncQueue } from "./syncTables";
