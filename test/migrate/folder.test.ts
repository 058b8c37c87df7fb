import { describe, expect, it } from "vitest";
import { parseHistory, printHistory } from "../../src/migrate/history";
import type { TableModel } from "../../src/model/model";
import { field, Project, table } from "./fixtures";
import { Device, loadMigrationsModule, migrators } from "./device";

const text = field("text", "text");
const first = [table("tasks", [text])];
const second = [table("tasks", [text, field("note", "text", { optional: true })])];
const folder = "src/db/migrations";

async function generated(): Promise<Project> {
  const project = new Project();
  await project.generate(first);
  await project.generate(second);
  return project;
}

function edit(project: Project, path: string, change: (text: string) => string): void {
  project.files.texts.set(path, change(project.files.read(path) ?? ""));
}

describe("the migrations folder", () => {
  it("holds drizzle-kit's files and migrations.ts", async () => {
    const project = await generated();

    expect([...project.files.texts.keys()].sort()).toEqual([
      ".sync-gen/history.json",
      `${folder}/0000_initial.sql`,
      `${folder}/0001_add_tasks_note.sql`,
      `${folder}/meta/0000_snapshot.json`,
      `${folder}/meta/0001_snapshot.json`,
      `${folder}/meta/_journal.json`,
      `${folder}/migrations.ts`,
    ]);
  });

  it("is the same, byte for byte, on every machine", async () => {
    expect([...(await generated()).files.texts]).toEqual([...(await generated()).files.texts]);
  });

  it("does not change when nothing changed, nor for another order of fields", async () => {
    const project = await generated();
    const before = new Map(project.files.texts);

    const plan = await project.generate([table("tasks", [...(second[0]?.fields ?? [])].reverse())]);

    expect(plan.added).toBeNull();
    for (const [path, content] of before)
      if (path.startsWith(folder)) expect(project.files.read(path)).toBe(content);
  });

  it("takes older migrations as they stand where no migrations.ts says what devices ran", async () => {
    const project = await generated();
    project.files.texts.delete(`${folder}/migrations.ts`);
    edit(
      project,
      `${folder}/0001_add_tasks_note.sql`,
      (sql) => `${sql}--> statement-breakpoint\n-- ours\r\nUPDATE tasks SET note = '\\\`\${x}';`,
    );

    await project.generate([...second, table("notes", [text])]);

    expect(project.sql(1)).toContain("SET note");
    expect(loadMigrationsModule(project).migrations["m0001"]).toBe(project.sql(1));
  });

  it("names each migration's time later than the one before", async () => {
    const project = await generated();
    const times = loadMigrationsModule(project).journal.entries.map((entry) => entry.when);

    expect(times).toEqual([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + 1000]);
  });

  it("takes along a migration that the user added with drizzle-kit, and its tables", async () => {
    const project = await generated();
    const when = Date.UTC(2026, 5, 1);
    edit(project, `${folder}/meta/_journal.json`, (json) => {
      const journal = JSON.parse(json);
      journal.entries.push({ idx: 2, version: "6", when, tag: "0002_own", breakpoints: true });
      return JSON.stringify(journal, null, 2);
    });
    const snapshot = JSON.parse(project.files.read(`${folder}/meta/0001_snapshot.json`) ?? "");
    const own = { ...snapshot.tables.sync_metadata, name: "own" };
    snapshot.tables.own = own;
    project.files.texts.set(`${folder}/meta/0002_snapshot.json`, JSON.stringify(snapshot));
    project.files.texts.set(
      `${folder}/0002_own.sql`,
      "CREATE TABLE own (key text PRIMARY KEY NOT NULL, value text NOT NULL);",
    );

    const same = await project.generate(second);
    const next = await project.generate(first, { allowDataLoss: true });
    const device = new Device(migrators["migrations.ts, by Expo's migrator"]);
    await device.migrate(project);

    expect(same.history.migrations).toEqual(["0000_initial", "0001_add_tasks_note", "0002_own"]);
    expect(next.added).toBe("0003_drop_tasks_note");
    expect(loadMigrationsModule(project).journal.entries.at(-1)?.when).toBe(when + 1000);
    expect(device.rows("SELECT name FROM sqlite_master WHERE name = 'own'")).toHaveLength(1);
    expect(
      JSON.parse(project.files.read(`${folder}/meta/0003_snapshot.json`) ?? "").tables.own,
    ).toEqual(own);
  });

  it("tells migrations of one number and time apart by a hash, which does not depend on line ends", async () => {
    const [ours, theirs, windows] = await Promise.all([generated(), generated(), generated()]);
    await ours.generate([...second, table("notes", [text])]);
    await theirs.generate([...second, table("notes", [{ ...text, optional: true }])]);
    for (const [path, content] of [...windows.files.texts])
      if (path.endsWith(".sql")) windows.files.texts.set(path, content.replaceAll("\n", "\r\n"));
    await windows.generate([...second, table("notes", [text])]);

    const entriesOf = (project: typeof ours) => loadMigrationsModule(project).journal.entries;

    expect(entriesOf(theirs).slice(0, 2)).toEqual(entriesOf(ours).slice(0, 2));
    expect(entriesOf(theirs)[2]).toEqual({
      ...entriesOf(ours)[2],
      hash: expect.not.stringMatching(Reflect.get(entriesOf(ours)[2] ?? {}, "hash")),
    });
    expect(entriesOf(windows)).toEqual(entriesOf(ours));
  });

  it("knows what devices ran also from a migrations.ts that a formatter was over", async () => {
    const project = await generated();
    edit(project, `${folder}/0000_initial.sql`, (sql) => `${sql}-- tag: "0009_none"\n`);
    edit(project, `${folder}/migrations.ts`, (module) =>
      module.replaceAll('"', "'").replaceAll(/(idx|when|tag|hash|m000\d):/g, "'$1':"),
    );

    expect(await project.complaints(second)).toEqual([`SG317 ${folder}/0000_initial.sql`]);
  });

  it("names every migration that was changed", async () => {
    const project = await generated();
    for (const tag of ["0000_initial", "0001_add_tasks_note"])
      edit(project, `${folder}/${tag}.sql`, (sql) => `${sql}\n`);

    expect(await project.complaints(second)).toEqual([
      `SG317 ${folder}/0000_initial.sql`,
      `SG317 ${folder}/0001_add_tasks_note.sql`,
    ]);
  });

  it("of a version that kept no hashes is taken as it stands", async () => {
    const project = await generated();
    edit(project, `${folder}/migrations.ts`, (module) => module.replaceAll(/ +hash: .*\n/g, ""));
    edit(project, `${folder}/0000_initial.sql`, (sql) => `-- ours\n${sql}`);

    await project.generate(second);

    expect(loadMigrationsModule(project).migrations["m0000"]).toContain("-- ours");
  });

  it("goes on from a migration that stands there without the journal, when it is the one to be made", async () => {
    const project = new Project();
    await project.generate(first);
    const left = new Map(project.files.texts);
    await project.generate(second);
    const whole = new Map(project.files.texts);
    left.set(`${folder}/0001_add_tasks_note.sql`, project.sql(1));
    project.files.texts.clear();
    for (const [path, text] of left) project.files.texts.set(path, text);

    expect((await project.generate(second)).added).toBe("0001_add_tasks_note");
    expect(new Map([...project.files.texts].sort())).toEqual(new Map([...whole].sort()));
  });

  it("moves along with client.out", async () => {
    const project = await generated();

    const plan = await project.generate([...second, table("notes", [text])], { out: "app/src" });

    expect(plan.files.map((file) => file.path)).toContain("app/src/db/migrations/0000_initial.sql");
    expect(plan.added).toBe("0002_add_notes");
    const device = new Device(
      migrators["the .sql files and journal, by better-sqlite3's migrator"],
    );
    await device.migrate(project, "app/src");
    expect(device.rows("SELECT * FROM notes")).toEqual([]);
  });

  it("is read where the user moved it", async () => {
    const project = await generated();
    for (const [path, content] of [...project.files.texts]) {
      if (!path.startsWith("src/")) continue;
      project.files.texts.delete(path);
      project.files.texts.set(path.replace("src/", "app/src/"), content);
    }

    expect((await project.generate(second, { out: "app/src" })).added).toBeNull();
  });

  const conflict = (value: string): string =>
    `<<<<<<< HEAD\n${value}\n=======\n${value}\n>>>>>>> branch\n`;
  const damages: Record<string, readonly [(project: Project) => void, string]> = {
    "no history": [
      (project) => project.files.texts.delete(".sync-gen/history.json"),
      `SG310 ${folder}/meta/_journal.json`,
    ],
    "a history that is cut off": [
      (project) => edit(project, ".sync-gen/history.json", (json) => json.slice(0, 40)),
      "SG311 .sync-gen/history.json",
    ],
    "a history without tables": [
      (project) => project.files.texts.set(".sync-gen/history.json", '{"format":1}'),
      "SG311 .sync-gen/history.json",
    ],
    "a history whose tables are in something else than a scope": [
      (project) =>
        edit(project, ".sync-gen/history.json", (json) =>
          json.replace('"operations"', '"scope":1,"operations"'),
        ),
      "SG311 .sync-gen/history.json",
    ],
    "a history of a newer version": [
      (project) => project.files.texts.set(".sync-gen/history.json", '{"format":2}'),
      "SG315 .sync-gen/history.json",
    ],
    "a merge conflict in the history": [
      (project) => edit(project, ".sync-gen/history.json", conflict),
      "SG314 .sync-gen/history.json",
    ],
    "the schema versions of two branches in the history": [
      (project) =>
        edit(project, ".sync-gen/history.json", (json) => {
          const history = JSON.parse(json);
          history.upgrades.push({ from: 1, to: 2, tables: { tasks: { added: { size: null } } } });
          return JSON.stringify(history);
        }),
      "SG314 .sync-gen/history.json",
    ],
    "no journal": [
      (project) => project.files.texts.delete(`${folder}/meta/_journal.json`),
      `SG313 ${folder}/meta/_journal.json`,
    ],
    "a journal that is none": [
      (project) => project.files.texts.set(`${folder}/meta/_journal.json`, '{"entries":[{}]}'),
      `SG312 ${folder}/meta/_journal.json`,
    ],
    "a merge conflict in the journal": [
      (project) => edit(project, `${folder}/meta/_journal.json`, conflict),
      `SG314 ${folder}/meta/_journal.json`,
    ],
    "a merge conflict in a migration": [
      (project) => edit(project, `${folder}/0001_add_tasks_note.sql`, conflict),
      `SG314 ${folder}/0001_add_tasks_note.sql`,
    ],
    "a merge conflict in a snapshot": [
      (project) => edit(project, `${folder}/meta/0001_snapshot.json`, conflict),
      `SG314 ${folder}/meta/0001_snapshot.json`,
    ],
    "a missing migration": [
      (project) => project.files.texts.delete(`${folder}/0000_initial.sql`),
      `SG313 ${folder}/0000_initial.sql`,
    ],
    "a missing snapshot": [
      (project) => project.files.texts.delete(`${folder}/meta/0000_snapshot.json`),
      `SG313 ${folder}/meta/0000_snapshot.json`,
    ],
    "a snapshot that is none": [
      (project) => project.files.texts.set(`${folder}/meta/0001_snapshot.json`, "{}"),
      `SG313 ${folder}/meta/0001_snapshot.json`,
    ],
    "a journal of another branch": [
      (project) =>
        edit(project, `${folder}/meta/_journal.json`, (json) =>
          json.replace("0001_add_tasks_note", "0001_add_tasks_size"),
        ),
      `SG314 ${folder}/meta/_journal.json`,
    ],
    "a migration of another branch that no journal lists": [
      (project) => {
        project.journals.push('{ "tag": "0001_add_tasks_size" }');
        project.files.texts.set(`${folder}/0001_add_tasks_size.sql`, "SELECT 1;");
      },
      `SG314 ${folder}/0001_add_tasks_size.sql`,
    ],
    "a migration that no journal ever listed": [
      (project) => {
        project.journals.push('{ "tag": "0001_add_tasks_size_2" }');
        project.files.texts.set(`${folder}/0001_add_tasks_size.sql`, "SELECT 1;");
      },
      `SG320 ${folder}/0001_add_tasks_size.sql`,
    ],
    "a history that is older than migrations.ts": [
      (project) =>
        edit(project, ".sync-gen/history.json", (json) =>
          json.replace('    "0000_initial",\n    "0001_add_tasks_note"', '    "0000_initial"'),
        ),
      "SG318 .sync-gen/history.json",
    ],
    "a folder that is older than the history": [
      (project) =>
        edit(project, `${folder}/meta/_journal.json`, (json) => {
          const journal = JSON.parse(json);
          return JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) });
        }),
      `SG318 ${folder}/meta/_journal.json`,
    ],
    "both branches' migrations in the journal": [
      (project) =>
        edit(project, `${folder}/meta/_journal.json`, (json) => {
          const journal = JSON.parse(json);
          journal.entries.push({ ...journal.entries[1], tag: "0001_add_tasks_size" });
          return JSON.stringify(journal);
        }),
      `SG314 ${folder}/meta/_journal.json`,
    ],
  };

  it.each(Object.entries(damages))("is not touched when there is %s", async (_, [damage, says]) => {
    const project = await generated();
    damage(project);

    const outcome = await project.plan([...second, table("notes", [text])]);

    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics.map((item) => `${item.code} ${item.location?.file ?? ""}`)).toEqual([
      says,
    ]);
    expect(outcome.diagnostics[0]?.hint).toMatch(/\w/);
  });

  describe("where two branches changed what ops may hold, and no device table", () => {
    const level = (...choices: readonly string[]) => [field("level", "choice", { choices })];
    const config = (a: readonly string[], b: readonly string[]) => [
      table("areas", level(...a)),
      table("zones", level(...b)),
    ];
    const historyOf = (project: Project) => project.files.read(".sync-gen/history.json") ?? "";

    /** What each branch has in its history, and a merge of them in which version control saw no conflict but in `shape`. */
    async function branches() {
      const project = async (tables: readonly TableModel[]) => {
        const branch = new Project();
        await branch.generate(config(["x"], ["x"]));
        await branch.generate(tables);
        return branch;
      };
      const ours = await project(config(["x", "y"], ["x"]));
      const theirs = await project(config(["x"], ["x", "y"]));
      return { ours, theirs };
    }

    it("conflicts in the history, whose version is the same", async () => {
      const { ours, theirs } = await branches();
      const lines = (project: Project) =>
        historyOf(project)
          .split("\n")
          .filter((line) => /"(schemaVersion|shape)"|"from"/.test(line));
      const [[version, shape, ...steps], [otherVersion, otherShape, ...otherSteps]] = [
        lines(ours),
        lines(theirs),
      ];
      expect(version).toBe(otherVersion);
      expect(steps).toEqual(otherSteps);
      expect(shape).not.toBe(otherShape);
    });

    it("refuses a merge that took one side's version with both sides' tables", async () => {
      const { ours, theirs } = await branches();
      const zones = historyOf(theirs)
        .split("\n")
        .find((line) => line.includes('"zones","op'));
      const merged = historyOf(ours).replace(/^.*"zones","op.*$/m, zones ?? "");
      ours.files.texts.set(".sync-gen/history.json", merged);

      expect(await ours.complaints(config(["x", "y"], ["x", "y"]))).toEqual([
        "SG314 .sync-gen/history.json",
      ]);
    });

    it("goes on from one side, as the hint says", async () => {
      const { ours } = await branches();
      const { model } = await ours.generate(config(["x", "y"], ["x", "y"]));
      expect(model.schemaVersion).toBe(3);
    });
  });

  it("can be generated again after a merge, on top of the other branch's migration", async () => {
    const main = new Project();
    await main.generate(first);
    await main.generate(second);

    // The merge took main's folder and history; the config has both branches' fields.
    const merged = [
      table("tasks", [...(second[0]?.fields ?? []), field("size", "integer", { optional: true })]),
    ];

    expect((await main.generate(merged)).added).toBe("0002_add_tasks_size");
  });
});

describe("the history", () => {
  it("reads back what it printed", async () => {
    const project = new Project();
    const plan = await project.generate([
      table("tasks", [field("text", "text", { default: { value: 'a\n"b"`${c}` é 🙂 <<<<<<< ' } })]),
    ]);

    expect(parseHistory(printHistory(plan.history))).toEqual({
      ok: true,
      value: plan.history,
      diagnostics: [],
    });
  });

  it("of a project that was never generated is null", () => {
    expect(parseHistory(undefined)).toEqual({ ok: true, value: null, diagnostics: [] });
  });
});
