import { describe, expect, it } from "vitest";
import { readStatements } from "../../src/migrate/sqlStatements";
import type { TableModel } from "../../src/model/model";
import { Device, migrators } from "./device";
import { addOwnMigration, field, Project, table } from "./fixtures";

const text = field("text", "text");
const level = (fallback: string) => field("level", "text", { default: { value: fallback } });
const note = field("note", "text", { optional: true });
const first = [table("tasks", [text, level("low"), note]), table("people", [text])];
const rebuilt = [table("tasks", [text, level("high"), note]), table("people", [text])];
const withoutNote = [table("tasks", [text, level("low")]), table("people", [text])];

/** A project whose first migration is followed by one of the user's own. */
async function withOwn(sql: string): Promise<Project> {
  const project = new Project();
  await project.generate(first);
  addOwnMigration(project.files, "own", sql);
  await project.generate(first);
  return project;
}

describe("statements of SQL", () => {
  it("are cut where SQLite cuts them", () => {
    const statements = readStatements(
      [
        "-- a; comment",
        "INSERT INTO \"a;b\" VALUES ('it''s; so', `c;d`, [e;f]); /* ; */",
        "CREATE TRIGGER t AFTER INSERT ON x BEGIN",
        "  UPDATE x SET a = CASE WHEN b THEN 1 ELSE 2 END; DELETE FROM y;",
        "END;",
        ";; create temp trigger u delete on x begin select 1; end; SELECT 'open",
      ].join("\n"),
    );
    expect(statements.map(({ words, line }) => [line, words.slice(0, 3).join(" ")])).toEqual([
      [2, "insert into a;b"],
      [3, "create trigger t"],
      [6, "create temp trigger"],
      [6, "select ' open"],
    ]);
  });
});

describe("a migration of the user's own", () => {
  const path = "src/db/migrations/0001_own.sql";
  it.each([
    ["", 1],
    ["-- Custom SQL migration file, put your code below! --\n", 1],
    ["SELECT 1;\n--> statement-breakpoint\n-- later\n", 2],
    ["SELECT 1;--> statement-breakpoint\n", 1],
    ["UPDATE tasks SET text = 'a';\n\nUPDATE tasks SET text = 'b';\n", 3],
    ["SELECT 1;--> statement-breakpoint\nSELECT 2;\nSELECT 3; SELECT 4", 3],
  ])("is refused where devices could not run %j whole", async (sql, line) => {
    const project = new Project();
    await project.generate(first);
    addOwnMigration(project.files, "own", sql);
    const { diagnostics } = await project.plan(first);
    expect(diagnostics).toMatchObject([
      { code: "SG321", severity: "error", location: { file: path, line } },
    ]);
  });

  it.each([
    "-- why\nSELECT 1",
    "SELECT 1;\n--> statement-breakpoint\nSELECT 2;\n",
    "CREATE TRIGGER t AFTER INSERT ON tasks BEGIN SELECT 1; SELECT 2; END;",
  ])("is taken along where they can: %j", async (sql) => {
    const project = await withOwn(sql);
    expect(project.sql(1)).toBe(sql);
    const device = new Device(migrators["migrations.ts, by Expo's migrator"]);
    await device.migrate(project);
  });

  it("stays as it is where devices ran it", async () => {
    const project = await withOwn("SELECT 1;");
    const two = "SELECT 1; SELECT 2;";
    project.files.texts.set(path, two);
    project.files.texts.delete("src/db/migrations/migrations.ts");
    expect((await project.generate(first)).history.migrations).toContain("0001_own");
  });
});

describe("what own SQL made of a synced table", () => {
  const index = 'CREATE INDEX IF NOT EXISTS `own` ON "tasks" (note);';
  const trigger =
    "CREATE TRIGGER own_t AFTER UPDATE OF text ON tasks BEGIN UPDATE people SET text = new.note; END;";
  const elsewhere =
    "CREATE TRIGGER own_e AFTER INSERT ON people BEGIN UPDATE tasks SET text = 'note'; END;";
  const view = "CREATE VIEW own_v AS SELECT text, note FROM tasks;";
  const column = "ALTER TABLE tasks ADD COLUMN extra text;";
  const other = "CREATE INDEX other ON people (text);";

  it.each<[string, readonly string[], readonly TableModel[], readonly string[]]>([
    [
      "a rebuild",
      [index, trigger, elsewhere, view, column, other],
      rebuilt,
      [
        "INDEX `own`",
        "TRIGGER `own_t`",
        "TRIGGER `own_e`",
        "VIEW `own_v`",
        "TABLE `tasks` DROP COLUMN `extra`",
      ],
    ],
    [
      "a column that goes",
      [index, trigger, elsewhere, view, column, other],
      withoutNote,
      ["INDEX `own`", "TRIGGER `own_t`", "VIEW `own_v`"],
    ],
    [
      "a table that goes",
      [index, elsewhere, other],
      [table("people", [text])],
      ["INDEX `own`", "TRIGGER `own_e`"],
    ],
    [
      "a field of the same name",
      [column, index],
      [
        table("tasks", [text, level("low"), note, field("extra", "text", { optional: true })]),
        table("people", [text]),
      ],
      ["COLUMN `extra`"],
    ],
    [
      "an index of the same name",
      ["CREATE INDEX tasks_by_text ON tasks (text);"],
      [table("tasks", [{ ...text, indexed: true }, level("low"), note]), table("people", [text])],
      ["INDEX `tasks_by_text`"],
    ],
  ])("is in the way of %s", async (_, own, next, drops) => {
    const project = await withOwn(own.join("--> statement-breakpoint\n"));
    const { ok, diagnostics } = await project.plan(next, { allowDataLoss: true });
    const refused = diagnostics.filter(({ severity }) => severity === "error");
    expect({ ok, codes: refused.map(({ code }) => code) }).toEqual({ ok: false, codes: ["SG322"] });
    const listed = (refused[0]?.hint ?? "").split("\n").filter((line) => /^ {3}/.test(line));
    expect(listed).toHaveLength(drops.length);
    for (const [at, drop] of drops.entries()) expect(listed[at]).toContain(drop);

    // As the hint says, to the letter.
    addOwnMigration(project.files, "before", listed.join("\n").replaceAll(/^ {3}/gm, ""));
    await project.generate(next, { allowDataLoss: true });
    const device = new Device(migrators["migrations.ts, by Expo's migrator"]);
    await device.migrate(project);
    expect(device.rows("SELECT name FROM sqlite_master WHERE name LIKE 'own%'")).toHaveLength(
      own.filter((sql) => sql.includes("own")).length -
        drops.filter((drop) => drop.includes("own")).length,
    );
  });

  it("is in nobody's way otherwise, and goes along with what is renamed", async () => {
    const project = await withOwn(
      [index, trigger, elsewhere, column].join("--> statement-breakpoint\n"),
    );
    const memo = { ...note, name: "memo" };
    const jobs = (fields: readonly (typeof text)[], renamedFrom: string | null = null) => [
      table("jobs", [text, level("low"), ...fields], { renamedFrom }),
      table("people", [text]),
    ];
    await project.generate(
      jobs(
        [{ ...memo, renamedFrom: "note" }, field("size", "integer", { optional: true })],
        "tasks",
      ),
    );
    const device = new Device(migrators["migrations.ts, by Expo's migrator"]);
    await device.migrate(project);
    expect(device.rows("SELECT name FROM sqlite_master WHERE name LIKE 'own%'")).toHaveLength(3);

    const { diagnostics } = await project.plan(jobs([]), { allowDataLoss: true });
    const { hint } = diagnostics.find(({ code }) => code === "SG322") ?? {};
    expect(hint).toMatch(/`own`;[^]*`own_t`;/);
    expect(hint).not.toMatch(/own_e|extra/);
  });

  it("is forgotten once own SQL took it away", async () => {
    const project = await withOwn(
      [index, trigger, view, column].join("--> statement-breakpoint\n"),
    );
    addOwnMigration(
      project.files,
      "gone",
      [
        "DROP INDEX own;",
        "DROP TRIGGER IF EXISTS main.own_t;",
        "DROP VIEW own_v;",
        "ALTER TABLE tasks DROP extra;",
      ].join("--> statement-breakpoint\n"),
    );
    expect((await project.generate(rebuilt)).added).toBe("0003_change_tasks_level");
  });
});
