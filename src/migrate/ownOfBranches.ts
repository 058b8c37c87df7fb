import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { makeSnapshot, type Snapshot } from "../targets/stores/expoSqlite/snapshot";
import { fingerprintId } from "./fingerprint";
import { ownEntries, parseEntries, timeAfter } from "./journal";
import { type Migration, parseSnapshot } from "./migrationFolder";
import { journalPath, snapshotName } from "./migrationPaths";
import { migrationHash } from "./migrationsModule";
import { migrationTag } from "./nameMigration";

/** What git has of the commits that a merge, a rebase or a cherry-pick puts together. */
export interface JoinedCommits {
  /** Names for them; none where nothing is put together. */
  joined(): readonly string[];
  textAt(commit: string, path: string): string | undefined;
}

/** A migration of the user's own that a branch had, and the list has not. */
export interface OwnOfBranch {
  readonly migration: Migration;
  /** The branch ran it before all that it generated. */
  readonly isFirst: boolean;
  /** The tables that it made, as drizzle-kit noted them; of SQL by hand it knows none. */
  readonly tables: Snapshot["tables"];
}

/**
 * SQL of the user's own that went because the migrations of another branch were kept: what a `generate` made is made again, this cannot be.
 * One that is there under a later number was taken along already, whatever its text is by now.
 */
export function findOwnOfBranches(
  existing: readonly Migration[],
  folder: string,
  commits: JoinedCommits,
): readonly OwnOfBranch[] {
  const found: OwnOfBranch[] = [];
  for (const commit of commits.joined()) {
    for (const own of ownAt(commit, existing, folder, commits)) {
      const all = [...existing, ...found.map(({ migration }) => migration)];
      if (!all.some((one) => isSame(one, own.migration))) found.push(own);
    }
  }
  return found;
}

function isSame({ entry, sql }: Migration, own: Migration): boolean {
  const isLater = entry.idx > own.entry.idx && nameOf(entry.tag) === nameOf(own.entry.tag);
  return isLater || migrationHash(sql) === migrationHash(own.sql);
}

function ownAt(
  commit: string,
  existing: readonly Migration[],
  folder: string,
  { textAt }: JoinedCommits,
): readonly OwnOfBranch[] {
  const read = (path: string): string => textAt(commit, path) ?? "";
  const tables = (index: number): Snapshot["tables"] => {
    const snapshot = parseSnapshot(read(`${folder}/${snapshotName(index)}`), folder);
    return snapshot.ok ? snapshot.value.tables : {};
  };
  const entries = parseEntries(read(journalPath(folder))) ?? [];
  const own = ownEntries(entries);
  const shared = new Set(existing.map(({ entry }) => `${entry.when} ${entry.tag}`));
  const made = entries.find(
    (entry) => !own.includes(entry) && !shared.has(`${entry.when} ${entry.tag}`),
  );
  return own.map((entry) => {
    const before = tables(entry.idx - 1);
    const after = Object.entries(tables(entry.idx));
    return {
      migration: { entry, sql: read(`${folder}/${entry.tag}.sql`), snapshot: "" },
      isFirst: made === undefined || entry.idx < made.idx,
      tables: Object.fromEntries(after.filter(([name]) => !Object.hasOwn(before, name))),
    };
  });
}

/** The list with these behind it, each under a number and a time of its own. */
export function appendOwn(
  migrations: readonly Migration[],
  own: readonly OwnOfBranch[],
  folder: string,
): Outcome<readonly Migration[]> {
  const all = [...migrations];
  for (const { migration, tables } of own) {
    const last = all.at(-1);
    const index = all.length;
    const before = parseSnapshot(last?.snapshot ?? "", `${folder}/${snapshotName(index - 1)}`);
    if (!before.ok) return before;
    const tag = migrationTag(index, nameOf(migration.entry.tag));
    const after = makeSnapshot({ ...before.value.tables, ...tables }, before.value.id);
    const id = fingerprintId(JSON.stringify([tag, after.prevId, migration.sql]));
    all.push({
      entry: { ...migration.entry, idx: index, when: timeAfter(last?.entry, index), tag },
      sql: migration.sql,
      snapshot: `${JSON.stringify({ ...after, id }, null, 2)}\n`,
    });
  }
  return { ok: true, value: all, diagnostics: [] };
}

/** What was taken along, and under which name. */
export function reportOwn(
  own: readonly OwnOfBranch[],
  migrations: readonly Migration[],
  folder: string,
): readonly Diagnostic[] {
  return own.flatMap(({ migration: { entry, sql } }) => {
    const now = migrations.find((one) => one.sql === sql)?.entry.tag ?? "";
    return {
      code: "SG324",
      severity: "warning",
      message: `${folder}/${entry.tag}.sql, which holds SQL of your own on the other branch, goes on as ${now}.sql, after the migrations that are kept.`,
      hint: `Read whether it still does there what it should. Before any app has run it, it may get another text: edit it, delete ${folder}/migrations.ts, and generate.`,
    };
  });
}

function nameOf(tag: string): string {
  return tag.slice(tag.indexOf("_") + 1);
}
