import { fingerprint } from "./fingerprint";
import type { JournalEntry } from "./journal";
import type { Migration } from "./migrationFolder";

/**
 * The text of `migrations.ts`: the journal and the SQL as strings, in the shape that Drizzle's migrator for Expo takes.
 * Every entry has a hash of its SQL: two branches make migrations of one number and time, and devices have to tell them
 * apart. With the SQL in TypeScript neither Babel nor Metro needs a plugin, and Metro's cache cannot serve an old text.
 */
export function printMigrationsModule(migrations: readonly Migration[]): string {
  const entries = migrations.map(printEntry);
  const texts = migrations.map(
    ({ entry, sql }) => `    ${migrationKey(entry)}: \`${escapeTemplate(withUnixLines(sql))}\`,`,
  );
  return [
    "/** Every migration of the device's database, oldest first: what drizzle-kit's journal and .sql files say. */",
    "export const migrations = {",
    "  journal: {",
    "    entries: [",
    ...entries,
    "    ],",
    "  },",
    "  migrations: {",
    ...texts,
    "  },",
    "};",
    "",
  ].join("\n");
}

/**
 * What a `migrations.ts` on disk says about its migrations: the hash of each by tag, `null` for one from before hashes were kept. A formatter
 * may have been over it.
 */
export function readMigrationHashes(module: string): ReadonlyMap<string, string | null> {
  // Below stands the SQL, which may hold anything.
  const journal = module.slice(0, module.search(/["']?m0000["']?:/));
  const entries = journal.matchAll(/["']?\btag["']?: *["']([\w-]+)["']([^}]*)/g);
  return new Map(
    [...entries].map(([, tag = "", rest = ""]) => [
      tag,
      /["']?\bhash["']?: *["'](\w+)["']/.exec(rest)?.[1] ?? null,
    ]),
  );
}

/** What a device knows the SQL of a migration by; line ends do not count. */
export function migrationHash(sql: string): string {
  return fingerprint(withUnixLines(sql)).slice(0, 16);
}

/** The key under which the migrator looks for a migration's SQL. */
function migrationKey(entry: JournalEntry): string {
  return `m${String(entry.idx).padStart(4, "0")}`;
}

function printEntry({ entry, sql }: Migration): string {
  return [
    "      {",
    `        idx: ${entry.idx},`,
    `        when: ${entry.when},`,
    `        tag: ${JSON.stringify(entry.tag)},`,
    `        breakpoints: ${String(entry.breakpoints)},`,
    `        hash: "${migrationHash(sql)}",`,
    "      },",
  ].join("\n");
}

/**
 * Git on Windows checks .sql files out with \r\n throughout; the module is the same there. A single \r is somebody's text
 * and needs its escape, because a template literal reads it as \n.
 */
function withUnixLines(text: string): string {
  return /(^|[^\r])\n/.test(text) ? text : text.replaceAll("\r\n", "\n");
}

function escapeTemplate(text: string): string {
  return text.replace(/[\\`]|\$\{/g, "\\$&").replaceAll("\r", "\\r");
}
