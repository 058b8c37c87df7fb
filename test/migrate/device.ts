import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Database } from "../standins/nodeSqlite.mjs";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate as migrateFromFolder } from "drizzle-orm/better-sqlite3/migrator";
import { migrate as migrateFromModule } from "drizzle-orm/expo-sqlite/migrator";
import type { Project } from "./fixtures";

/** A migrator brings a database to the newest schema of a project. */
export type Migrator = (
  database: Database.Database,
  project: Project,
  out: string,
) => Promise<void>;

/** Both ways in which a user's app or tool may run the migrations. */
export const migrators = {
  "the .sql files and journal, by better-sqlite3's migrator": async (database, project, out) => {
    const root = mkdtempSync(join(tmpdir(), "migrations-"));
    try {
      for (const [path, text] of project.files.texts) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      migrateFromFolder(drizzle(database), { migrationsFolder: join(root, out, "db/migrations") });
    } finally {
      rmSync(root, { recursive: true });
    }
  },
  "migrations.ts, by Expo's migrator": async (database, project, out) => {
    // Its type asks for expo-sqlite's driver, of which it uses what every synchronous driver of Drizzle has.
    const expoDatabase = drizzle(database) as unknown as Parameters<typeof migrateFromModule>[0];
    await migrateFromModule(expoDatabase, loadMigrationsModule(project, out));
  },
} satisfies Record<string, Migrator>;

/** Runs the text of `migrations.ts` and gives what it exports. */
export function loadMigrationsModule(
  project: Project,
  out = "src",
): Parameters<typeof migrateFromModule>[1] {
  const text = project.files.read(`${out}/db/migrations/migrations.ts`) ?? "";
  // Below its export it is plain JavaScript.
  return new Function(text.replace("export const migrations =", "return"))();
}

/** One device's database. */
export class Device {
  readonly database = new Database(":memory:");
  readonly #migrator: Migrator;

  constructor(migrator: Migrator) {
    this.#migrator = migrator;
    this.database.pragma("foreign_keys = ON");
  }

  /** Runs the project's pending migrations. */
  async migrate(project: Project, out = "src"): Promise<void> {
    await this.#migrator(this.database, project, out);
  }

  /** Adds a row with its sync columns filled in. */
  insert(
    table: string,
    clientId: string,
    values: Readonly<Record<string, string | number | null>> = {},
  ): void {
    const row = {
      clientId,
      userId: "ada",
      createdAt: 1,
      updatedAt: 2,
      syncStatus: "pending",
      changed: "0001",
      ...values,
    };
    const names = Object.keys(row);
    const columns = names.map((name) => `"${name}"`).join(", ");
    this.database
      .prepare(`INSERT INTO "${table}" (${columns}) VALUES (${names.map(() => "?").join(", ")})`)
      .run(...Object.values(row));
  }

  rows(sql: string): readonly unknown[] {
    return this.database.prepare(sql).all();
  }

  /** Every table with its columns and indexes, without the order of either. */
  schema(): unknown {
    const tables = this.database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    return tables.map((table) => [
      table,
      this.rows(
        `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('${String(table)}') ORDER BY name`,
      ),
      this.rows(
        `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '${String(table)}' AND sql IS NOT NULL ORDER BY name`,
      ),
    ]);
  }
}
