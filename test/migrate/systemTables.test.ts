import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { format, resolveConfig } from "prettier";
import { expect, it } from "vitest";
import { readMigrations, type Migration } from "../../src/migrate/migrationFolder";
import { migrationsFolder } from "../../src/migrate/migrationPaths";
import { printMigrationsModule } from "../../src/migrate/migrationsModule";
import { parseHistory } from "../../src/migrate/history";
import { Device, migrators } from "./device";
import { field, Project, table } from "./fixtures";
import { syncMetadata, syncQueue } from "../../templates/client/db/syncTables";

const systemTablesFile = "../../src/targets/stores/expoSqlite/systemTables.ts";

it("knows the engine's tables as they are declared", async () => {
  const snapshot = await generateSQLiteDrizzleJson({ syncQueue, syncMetadata });

  const text = `import type { SnapshotTable } from "./snapshot";

/**
 * The engine's own tables, \`templates/client/db/syncTables.ts\`, as drizzle-kit's snapshot has them. After a change of that file:
 * \`npx vitest run -c .config/vitest.config.ts test/migrate/systemTables.test.ts -u\`. A change gives every project a migration.
 */
export const systemTables: Readonly<Record<string, SnapshotTable>> = ${JSON.stringify(snapshot.tables)};
`;
  const style = await resolveConfig("src/index.ts", { config: ".config/prettier.json" });

  await expect(await format(text, { ...style, parser: "typescript" })).toMatchFileSnapshot(
    systemTablesFile,
  );
});

it.each(Object.entries(migrators))(
  "brings the engine's tables of an older version up to date with their rows, through %s",
  async (_, migrator) => {
    const project = new Project();
    const tables = [table("tasks", [field("text", "text")])];
    await project.generate(tables);
    const path = "src/db/migrations/meta/0000_snapshot.json";
    const snapshot = JSON.parse(project.files.read(path) ?? "");
    // As if the older version had had no `message`, a required `baseStamp`, and one index of another shape.
    const queue = snapshot.tables.sync_queue;
    delete queue.columns.message;
    queue.columns.baseStamp.notNull = true;
    queue.columns.seq.autoincrement = !queue.columns.seq.autoincrement;
    queue.indexes = { old: { name: "old", columns: ["state"], isUnique: false } };
    const history = JSON.parse(project.files.read(".sync-gen/history.json") ?? "");
    history.device.sync_queue = "older";
    const before = await generateSQLiteDrizzleJson({});
    const sql = await generateSQLiteMigration(before, snapshot);
    project.files.texts.set(path, JSON.stringify(snapshot));
    project.files.texts.set(".sync-gen/history.json", JSON.stringify(history));
    const name = "src/db/migrations/0000_initial.sql";
    project.files.texts.set(name, sql.join("--> statement-breakpoint\n"));
    const device = new Device(migrator);
    const module = "src/db/migrations/migrations.ts";
    project.files.texts.delete(module);
    project.files.texts.set(module, printMigrationsModule(migrationsOf(project)));
    await device.migrate(project);
    device.database.exec(
      `INSERT INTO sync_queue (seq, opId, tableName, clientId, kind, fields, baseStamp, edited, schemaVersion, userId, state, attempts, createdAt)
       VALUES (7, 'o', 'tasks', 'c', 'create', '{}', '1', '', 1, 'ada', 'waiting', 0, 0)`,
    );

    const plan = await project.generate(tables);
    await device.migrate(project);

    expect(plan.added).toBe("0001_sync_tables");
    expect(plan.model.schemaVersion).toBe(1);
    expect(device.rows("SELECT seq, opId, baseStamp, message FROM sync_queue")).toEqual([
      { seq: 7, opId: "o", baseStamp: "1", message: null },
    ]);
    const fresh = new Project();
    const newDevice = new Device(migrator);
    await fresh.generate(tables);
    await newDevice.migrate(fresh);
    expect(device.schema()).toEqual(newDevice.schema());
  },
);

/** The migrations of a project whose files were edited. */
function migrationsOf(project: Project): readonly Migration[] {
  const history = parseHistory(project.files.read(".sync-gen/history.json"));
  const outcome = readMigrations(
    project.files,
    migrationsFolder("src"),
    history.ok ? history.value : null,
  );
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message);
  return outcome.value;
}
