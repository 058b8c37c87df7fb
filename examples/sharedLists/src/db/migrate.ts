// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SqlDriver, SqlStatement } from "../sync/ports";
import type { Migrations } from "./database";
import { OtherBuildError } from "./OtherBuildError";

/**
 * Brings a database to the newest schema: every pending migration in one transaction, so that a failing one
 * leaves everything as it was. Keeps its record where Drizzle's own migrator does, and agrees with it. Another
 * connection, as a background task has one, may do the same at the same time: each migration is run once.
 *
 * The caller switches foreign keys off: a table that is rebuilt would otherwise take its children with it.
 *
 * @throws OtherBuildError when the database ran a migration that is not in the list; nothing is changed then
 */
export async function migrate(
  driver: SqlDriver,
  migrations: Migrations,
): Promise<void> {
  await driver.transaction([
    statement(
      `CREATE TABLE IF NOT EXISTS "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
    ),
  ]);
  let applied = await readApplied(driver);
  for (;;) {
    const stranger = findStranger(applied, migrations.journal);
    if (stranger !== undefined)
      throw new OtherBuildError(stranger, await readUnsent(driver));
    const pending = pendingStatements(applied, migrations);
    if (pending.length === 0) return;
    try {
      return await driver.transaction([failIfMoreThan(applied), ...pending]);
    } catch (error) {
      const known = applied.length;
      applied = await readApplied(driver);
      if (applied.length === known) throw error;
    }
  }
}

/** What brings a database that ran `applied` to the newest schema. */
function pendingStatements(
  applied: readonly Applied[],
  { journal, migrations }: Migrations,
): readonly SqlStatement[] {
  const appliedUntil = Math.max(-Infinity, ...applied.map(({ when }) => when));
  const statements: SqlStatement[] = [];
  for (const entry of journal.entries) {
    if (entry.when <= appliedUntil) continue;
    const source = migrations[`m${String(entry.idx).padStart(4, "0")}`];
    if (source === undefined)
      throw new Error(`The SQL of migration ${entry.tag} is missing.`);
    for (const part of source.split("--> statement-breakpoint"))
      if (part.trim() !== "") statements.push(statement(part));
    statements.push({
      sql: `INSERT INTO "__drizzle_migrations" ("hash", "created_at") VALUES (?, ?)`,
      rows: [[entry.hash ?? "", entry.when]],
    });
  }
  return statements;
}

/** Ends the transaction when more was applied meanwhile: not every migration fails when it is run twice. */
function failIfMoreThan(applied: readonly Applied[]): SqlStatement {
  return {
    sql: `INSERT INTO "__drizzle_migrations" ("hash") SELECT NULL WHERE (SELECT count(*) FROM "__drizzle_migrations") > ?`,
    rows: [[applied.length]],
  };
}

interface Applied {
  /** Empty for one that was run by Drizzle's migrator, or by an app from before hashes were kept. */
  readonly hash: string;
  readonly when: number;
}

async function readApplied(driver: SqlDriver): Promise<readonly Applied[]> {
  const rows = await driver.select(
    `SELECT "hash", "created_at" FROM "__drizzle_migrations" ORDER BY "created_at"`,
    [],
  );
  return rows.map(([hash, when]) => ({
    hash: String(hash),
    when: Number(when),
  }));
}

/**
 * When the first migration that another build ran in place of one of these was made; `undefined` for none.
 * Later ones than all of these are no strangers: an update was rolled back, and added tables and columns do no harm.
 */
function findStranger(
  applied: readonly Applied[],
  { entries }: Migrations["journal"],
): string | undefined {
  for (const { hash, when } of applied) {
    if (hash === "") continue;
    const next = entries.find((entry) => entry.when >= when);
    if (next?.hash !== undefined && (next.when > when || next.hash !== hash))
      return next.tag;
  }
  return undefined;
}

/** What was not sent, whatever columns the other build's queue has. */
async function readUnsent(
  driver: SqlDriver,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const columns = await driver.select(
    `SELECT "name" FROM pragma_table_info('sync_queue')`,
    [],
  );
  if (columns.length === 0) return [];
  const ops = await driver.select(
    `SELECT * FROM "sync_queue" WHERE "state" <> 'superseded' ORDER BY "seq"`,
    [],
  );
  return ops.map((op) =>
    Object.fromEntries(
      columns.map(([name], position) => [String(name), op[position]]),
    ),
  );
}

function statement(sql: string): SqlStatement {
  return { sql, rows: [[]] };
}
