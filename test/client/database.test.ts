import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, desc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { migrate as migrateByDrizzle } from "drizzle-orm/expo-sqlite/migrator";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { Database } from "../standins/nodeSqlite.mjs";
import { databaseName, openDatabase as openPhone } from "../../templates/client/db/client";
import { openDatabase as openWeb } from "../../templates/client/db/client.web";
import type { Migrations } from "../../templates/client/db/database";
import { migrate } from "../../templates/client/db/migrate";
import { OtherBuildError } from "../../templates/client/db/OtherBuildError";
import { createStatementCache } from "../../templates/client/db/statementCache";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { connectionTo, failStatementsAfter, resetDatabases } from "../standins/expoSqlite";
import { migrations } from "./fixture/migrations";
import { projects } from "./fixture/schema";

/** A migration for each of the given SQL texts. */
function journalOf(...sources: string[]): Migrations {
  return {
    journal: {
      entries: sources.map((_, idx) => ({
        idx,
        when: 1_000 * (idx + 1),
        tag: `m${String(idx)}`,
        breakpoints: true,
      })),
    },
    migrations: Object.fromEntries(
      sources.map((sql, idx) => [`m${String(idx).padStart(4, "0")}`, sql]),
    ),
  };
}

beforeEach(resetDatabases);
afterEach(() => failStatementsAfter(Infinity));

describe("databaseName", () => {
  it("F2: is safe as a file name, tells no account, and differs for each", () => {
    const accounts = [
      "a",
      "b",
      "ab",
      "",
      "user|1",
      "user|2",
      "../../etc",
      "Ä".repeat(1_000),
      "https://x.dev|user_2x",
    ];
    const names = accounts.map(databaseName);
    expect(new Set(names).size).toBe(accounts.length);
    for (const name of names) expect(name).toMatch(/^sync_[0-9a-f]{16}\.db$/);
    expect(databaseName("a")).toBe(databaseName("a"));
  });

  it("has no collision among many accounts that look alike", () => {
    const names = new Set(
      Array.from({ length: 50_000 }, (_, index) => databaseName(`user_${String(index)}`)),
    );
    expect(names.size).toBe(50_000);
  });
});

describe.each([
  ["phones", openPhone],
  ["browsers", openWeb],
] as const)("openDatabase on %s", (_name, open) => {
  it("migrates, and again changes nothing", async () => {
    const first = await open("a.db", migrations);
    await first.driver.transaction([
      { sql: `INSERT INTO "sync_metadata" VALUES ('k', 'v')`, rows: [[]] },
    ]);
    await first.close();
    const second = await open("a.db", migrations);
    expect(await second.driver.select(`SELECT * FROM "sync_metadata"`, [])).toEqual([["k", "v"]]);
    expect(await second.driver.select(`SELECT count(*) FROM "__drizzle_migrations"`, [])).toEqual([
      [1],
    ]);
    await second.close();
  });

  it("reads by Drizzle: lists, one row, none, counts", async () => {
    const { driver, drizzle: read, close } = await open("a.db", migrations);
    const insert = `INSERT INTO "projects" VALUES (?, NULL, 'u', ?, 1, 'synced', NULL, ?)`;
    await driver.transaction([
      {
        sql: insert,
        rows: [
          ["p1", 1, "one"],
          ["p2", 2, "two"],
        ],
      },
    ]);
    const names = await read
      .select({ name: projects.name })
      .from(projects)
      .orderBy(desc(projects.createdAt));
    expect(names).toEqual([{ name: "two" }, { name: "one" }]);
    const one = read.select().from(projects).where(eq(projects.clientId, "p1"));
    expect(await one.get()).toMatchObject({ clientId: "p1", serverId: null, name: "one" });
    const none = read.select().from(projects).where(eq(projects.clientId, "p3"));
    expect(await none.get()).toBeUndefined();
    expect(await read.$count(projects)).toBe(2);
    await close();
  });

  it("I1: a statement that fails anywhere in a transaction leaves nothing of it, and the connection usable", async () => {
    const { driver, close } = await open("a.db", migrations);
    const insert = `INSERT INTO "sync_metadata" VALUES (?, 'v')`;
    const rows = [["a"], ["b"], ["c"]];
    // BEGIN, three inserts, COMMIT.
    for (let position = 0; position < 5; position += 1) {
      failStatementsAfter(position);
      await expect(driver.transaction([{ sql: insert, rows }])).rejects.toThrow("full");
      failStatementsAfter(Infinity);
      expect(await driver.select(`SELECT * FROM "sync_metadata"`, [])).toEqual([]);
    }
    await driver.transaction([{ sql: insert, rows }]);
    expect(await driver.select(`SELECT count(*) FROM "sync_metadata"`, [])).toEqual([[3]]);
    await close();
  });

  it("E1: a read or write issued during a transaction does not become part of it", async () => {
    const { driver, drizzle: read, close } = await open("a.db", migrations);
    const insert = `INSERT INTO "projects" VALUES (?, NULL, 'u', 1, 1, 'synced', NULL, 'n')`;
    const failing = driver.transaction([{ sql: insert, rows: [["p1"], ["p2"], ["p1"]] }]);
    const reading = read.select({ id: projects.clientId }).from(projects).all();
    const writing = driver.transaction([{ sql: insert, rows: [["p3"]] }]);
    const [failed, seen] = await Promise.allSettled([failing, reading, writing]);
    expect(failed.status).toBe("rejected");
    expect(seen).toEqual({ status: "fulfilled", value: [] });
    expect(await driver.select(`SELECT "clientId" FROM "projects"`, [])).toEqual([["p3"]]);
    await close();
  });

  it("keeps foreign keys off while it migrates, so that rebuilt tables keep their children", async () => {
    const before = journalOf(
      "CREATE TABLE parent (id TEXT PRIMARY KEY);--> statement-breakpoint\nCREATE TABLE child (id TEXT PRIMARY KEY, parent TEXT REFERENCES parent(id) ON DELETE CASCADE)",
    );
    const first = await open("b.db", before);
    await first.driver.transaction([
      { sql: "INSERT INTO parent VALUES ('p')", rows: [[]] },
      { sql: "INSERT INTO child VALUES ('c', 'p')", rows: [[]] },
    ]);
    expect(await first.driver.select("PRAGMA foreign_keys", [])).toEqual([[1]]);
    await first.close();
    const rebuild = [
      "CREATE TABLE new_parent (id TEXT PRIMARY KEY, name TEXT)",
      "INSERT INTO new_parent (id) SELECT id FROM parent",
      "DROP TABLE parent",
      "ALTER TABLE new_parent RENAME TO parent",
    ].join(";--> statement-breakpoint\n");
    const second = await open("b.db", journalOf(before.migrations.m0000 ?? "", rebuild));
    expect(await second.driver.select("SELECT count(*) FROM child", [])).toEqual([[1]]);
    await second.close();
  });

  it("a migration that fails leaves the old database, and opening rejects", async () => {
    const good = "CREATE TABLE a (id TEXT)";
    await (await open("c.db", journalOf(good))).close();
    const bad = journalOf(good, "CREATE TABLE b (id TEXT)", "THIS IS NOT SQL");
    await expect(open("c.db", bad)).rejects.toThrow();
    const again = await open("c.db", journalOf(good));
    const found = await again.driver.select(
      `SELECT name FROM sqlite_master WHERE name IN ('a', 'b')`,
      [],
    );
    expect(found).toEqual([["a"]]);
    await again.close();
  });
});

describe("a file that somebody else holds for a moment", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it("is waited for, such as after an update that restarts the app", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sync-gen-held-"));
    const holder = spawn(process.execPath, ["--input-type=module", "-e", holdFor(300)], {
      env: { ...process.env, FILE: join(folder, "a.db") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    vi.stubEnv("EXPO_SQLITE_FOLDER", folder);
    vi.resetModules();
    const { openDatabase } = await import("../../templates/client/db/client");
    const { driver, close } = await openDatabase("a.db", migrations);
    expect(await driver.select("PRAGMA journal_mode", [])).toEqual([["wal"]]);
    await close();
    rmSync(folder, { recursive: true });
  });
});

/** A program that keeps `FILE` to itself for so many ms from when it says so. */
function holdFor(duration: number): string {
  return `
    import { Database } from ${JSON.stringify(new URL("../standins/nodeSqlite.mjs", import.meta.url).href)};
    const database = new Database(process.env.FILE);
    database.exec("BEGIN EXCLUSIVE");
    console.log("held");
    setTimeout(() => database.exec("COMMIT"), ${duration});
  `;
}

describe("statements", () => {
  it("are all finalized when the database closes", async () => {
    const database = await openPhone("d.db", migrations);
    const connection = connectionTo("d.db");
    for (let index = 0; index < 500; index += 1)
      await database.driver.select(`SELECT ${String(index)}`, []);
    expect(connection.openStatements).toBeGreaterThan(0);
    // The stand-in fails where a statement is finalized twice.
    await database.close();
    expect(connection.openStatements).toBe(0);
  });

  it.each([
    ["phone", openPhone],
    ["browser", openWeb],
  ] as const)(
    "that failed do not keep a database from being closed and deleted on a %s",
    async (_name, open) => {
      const first = await open("d.db", migrations);
      const insert = { sql: `INSERT INTO "sync_metadata" VALUES ('k', 'v')`, rows: [[]] };
      await first.driver.transaction([insert]);
      await expect(first.driver.select("SELECT json_extract('none', '$.x')", [])).rejects.toThrow();
      failStatementsAfter(1);
      await expect(first.driver.transaction([insert])).rejects.toThrow("full");
      failStatementsAfter(Infinity);
      await first.closeAndDelete();
      const second = await open("d.db", migrations);
      expect(await second.driver.select(`SELECT * FROM "sync_metadata"`, [])).toEqual([]);
      await second.close();
    },
  );

  it("that failed do not fail another one when they go to make room", async () => {
    const { driver, close } = await openPhone("d.db", migrations);
    await expect(driver.select("SELECT json_extract('none', '$.x')", [])).rejects.toThrow();
    for (let index = 0; index < 300; index += 1)
      expect(await driver.select(`SELECT ${String(index)}`, [])).toEqual([[index]]);
    await close();
  });

  it("are prepared anew in a browser when that failed once", async () => {
    const { driver, close } = await openWeb("d.db", migrations);
    vi.spyOn(connectionTo("d.db"), "prepareAsync").mockRejectedValueOnce(new Error("disk I/O"));
    await expect(driver.select("SELECT 1", [])).rejects.toThrow("disk I/O");
    expect(await driver.select("SELECT 1", [])).toEqual([[1]]);
    await close();
  });

  it("are prepared once, and the one used longest ago goes when there are too many", () => {
    const [prepared, released]: [string[], string[]] = [[], []];
    const cache = createStatementCache(
      (sql) => {
        prepared.push(sql);
        return sql;
      },
      (sql) => void released.push(sql),
    );
    for (let index = 0; index < 200; index += 1) cache.get(String(index));
    cache.get("0");
    cache.get("200");
    expect(prepared).toHaveLength(201);
    expect(released).toEqual(["1"]);
    cache.clear();
    expect(released).toHaveLength(201);
  });
});

describe("migrate", () => {
  it("agrees with Drizzle's own migrator on what was applied, both ways", async () => {
    const [one, two] = ["CREATE TABLE a (id TEXT)", "CREATE TABLE b (id TEXT)"];
    const database = new Database(":memory:");
    const driver = createBetterSqliteDriver(database);
    // Drizzle's types ask for its own database; what its migrator uses of it is the same in every driver.
    const byDrizzle = (config: Migrations) =>
      migrateByDrizzle(drizzle(database) as never, config as never);
    await byDrizzle(journalOf(one));
    await migrate(driver, journalOf(one, two));
    await byDrizzle(journalOf(one, two));
    expect(await driver.select(`SELECT created_at FROM "__drizzle_migrations"`, [])).toEqual([
      [1_000],
      [2_000],
    ]);
    await driver.close();
  });

  it("runs each migration once, also when two connections come at the same time", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sync-gen-migrate-"));
    const connect = () => createBetterSqliteDriver(new Database(join(folder, "a.db")));
    const [create, insert] = ["CREATE TABLE a (id TEXT)", "INSERT INTO a VALUES ('row')"];
    const [one, two] = [connect(), connect()];

    // The first is of an older build; what comes next would not fail if it were run twice.
    await Promise.all([migrate(one, journalOf(create)), migrate(two, journalOf(create, insert))]);
    const newest = journalOf(create, insert, insert);
    await Promise.all([migrate(one, newest), migrate(two, newest)]);

    expect(await two.select("SELECT id FROM a", [])).toEqual([["row"], ["row"]]);
    const recorded = await one.select(`SELECT created_at FROM "__drizzle_migrations"`, []);
    expect(recorded).toEqual([[1_000], [2_000], [3_000]]);
    await Promise.all([one.close(), two.close()]);
    rmSync(folder, { recursive: true });
  });

  it("says which migration has no SQL", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    const { journal } = journalOf("SELECT 1");
    await expect(migrate(driver, { journal, migrations: {} })).rejects.toThrow("m0");
    await driver.close();
  });
});

describe("a database that another build migrated", () => {
  const initial = "CREATE TABLE sync_queue (seq INTEGER, fields TEXT, state TEXT)";
  const ours = hashed(initial, "ALTER TABLE sync_queue ADD ours TEXT");
  const theirs = hashed(initial, "ALTER TABLE sync_queue ADD theirs TEXT");

  it("is left as it is, and what was not sent is handed out", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    await migrate(driver, theirs);
    await driver.transaction([
      {
        sql: "INSERT INTO sync_queue VALUES (?, ?, ?, ?)",
        rows: [
          [2, "{}", "waiting", "x"],
          [1, "{}", "failed", "y"],
          [3, "{}", "superseded", "z"],
        ],
      },
    ]);

    const opening = migrate(driver, hashed(...sourcesOf(ours), "CREATE TABLE later (id TEXT)"));

    await expect(opening).rejects.toBeInstanceOf(OtherBuildError);
    await expect(opening).rejects.toMatchObject({
      migration: "m1",
      unsent: [
        { seq: 1, fields: "{}", state: "failed", theirs: "y" },
        { seq: 2, fields: "{}", state: "waiting", theirs: "x" },
      ],
    });
    expect(await driver.select("SELECT name FROM pragma_table_info('later')", [])).toEqual([]);
    // The build that made it goes on with it.
    await migrate(driver, theirs);
    await driver.close();
  });

  it("is found out by the text of a migration, also where name and time are the same", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    await migrate(driver, hashed("CREATE TABLE a (id TEXT)"));
    const anew = migrate(driver, hashed("CREATE TABLE a (id TEXT, name TEXT)"));
    await expect(anew).rejects.toMatchObject({ migration: "m0", unsent: [] });
    await driver.close();
  });

  it("is found out where its migration stands between two of ours", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    await migrate(driver, theirs);
    const entries = ours.journal.entries.map((entry) =>
      entry.idx === 0 ? entry : { ...entry, when: 5_000, tag: "later", hash: "another" },
    );
    const apart = { ...ours, journal: { entries } };
    await expect(migrate(driver, apart)).rejects.toMatchObject({ migration: "later" });
    await driver.close();
  });

  it("is no such thing after an update was rolled back", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    await migrate(driver, ours);
    await migrate(driver, hashed(initial));
    await migrate(driver, ours);
    await driver.close();
  });

  it("is taken for ours where its record has no hashes", async () => {
    const driver = createBetterSqliteDriver(new Database(":memory:"));
    const [one = "", two = ""] = sourcesOf(theirs);
    await migrate(driver, journalOf(one, two));
    await migrate(driver, hashed(...sourcesOf(ours), "CREATE TABLE later (id TEXT)"));
    expect(await driver.select(`SELECT "hash" <> '' FROM "__drizzle_migrations"`, [])).toEqual([
      [0],
      [0],
      [1],
    ]);
    await driver.close();
  });
});

/** As `journalOf`, with a hash of every text, as emitted. */
function hashed(...sources: string[]): Migrations {
  const { journal, migrations } = journalOf(...sources);
  const entries = journal.entries.map((entry, idx) => ({ ...entry, hash: `of ${sources[idx]}` }));
  return { journal: { entries }, migrations };
}

function sourcesOf({ migrations }: Migrations): readonly string[] {
  return Object.values(migrations);
}
