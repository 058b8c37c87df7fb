// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { SqlDriver, SqlStatement } from "../sync/ports";
import type { Migrations } from "./database";

/**
 * Brings a database to the newest schema: every pending migration in one transaction, so that a failing one
 * leaves everything as it was. Keeps its record where Drizzle's own migrator does, and agrees with it.
 *
 * The caller switches foreign keys off: a table that is rebuilt would otherwise take its children with it.
 */
export async function migrate(
  driver: SqlDriver,
  { journal, migrations }: Migrations,
): Promise<void> {
  await driver.transaction([
    statement(
      `CREATE TABLE IF NOT EXISTS "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
    ),
  ]);
  const [newest] = await driver.select(
    `SELECT max(created_at) FROM "__drizzle_migrations"`,
    [],
  );
  const appliedUntil = Number(newest?.[0] ?? -Infinity);
  const statements: SqlStatement[] = [];
  for (const entry of journal.entries) {
    if (entry.when <= appliedUntil) continue;
    const source = migrations[`m${String(entry.idx).padStart(4, "0")}`];
    if (source === undefined)
      throw new Error(`The SQL of migration ${entry.tag} is missing.`);
    for (const part of source.split("--> statement-breakpoint"))
      if (part.trim() !== "") statements.push(statement(part));
    statements.push(
      statement(
        `INSERT INTO "__drizzle_migrations" ("hash", "created_at") VALUES ('', ${String(entry.when)})`,
      ),
    );
  }
  if (statements.length > 0) await driver.transaction(statements);
}

function statement(sql: string): SqlStatement {
  return { sql, rows: [[]] };
}
