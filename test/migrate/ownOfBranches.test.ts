import { expect, it } from "vitest";
import { Device, loadMigrationsModule, migrators } from "./device";
import { addOwnMigration, field, Project, table } from "./fixtures";

const text = field("text", "text");
const optional = (name: string) => field(name, "text", { optional: true });
const first = [table("tasks", [text])];
const ours = [table("tasks", [text, optional("ours")])];
const theirs = [table("tasks", [text, optional("theirs")])];
const both = [table("tasks", [text, optional("theirs"), optional("ours")])];
const folder = "src/db/migrations";

async function branch(): Promise<Project> {
  const project = new Project();
  await project.generate(first);
  return project;
}

async function main(...branches: readonly Project[]): Promise<Project> {
  const project = await branch();
  await project.generate(theirs);
  project.branches.push(...branches);
  return project;
}

it("has the order that the branch had: before all that it generated, or after it", async () => {
  const feature = await branch();
  addOwnMigration(feature.files, "early", "UPDATE tasks SET text = 'early';");
  await feature.generate(ours);
  addOwnMigration(feature.files, "late", "UPDATE tasks SET ours = 'late';", Date.UTC(2026, 6, 1));
  await feature.generate(ours);
  const project = await main(feature);

  const { diagnostics } = await project.plan(both);
  const { history } = await project.generate(both);

  expect(
    diagnostics.map(({ code, message }) => [code, /goes on as (\S+)\.sql/.exec(message)?.[1]]),
  ).toEqual([
    ["SG324", "0002_early"],
    ["SG324", "0004_late"],
  ]);
  expect(history.migrations.slice(1)).toEqual([
    "0001_add_tasks_theirs",
    "0002_early",
    "0003_add_tasks_ours",
    "0004_late",
  ]);
  const whens = loadMigrationsModule(project).journal.entries.map(({ when }) => when);
  expect(whens).toEqual([...new Set(whens)].sort());
  const device = new Device(migrators["the .sql files and journal, by better-sqlite3's migrator"]);
  await device.migrate(project);
  expect(await project.complaints(both)).toEqual([]);
});

it("is taken along once, also when it was edited there", async () => {
  const [one, two] = [await branch(), await branch()];
  for (const project of [one, two]) {
    addOwnMigration(project.files, "same", "SELECT 1;");
    await project.generate(first);
  }
  const project = await main(one, two);
  await project.generate(theirs);
  expect(project.sql(2)).toBe("SELECT 1;");
  project.files.texts.set(`${folder}/0002_same.sql`, "SELECT 2;");
  project.files.texts.delete(`${folder}/migrations.ts`);
  expect(await project.complaints(theirs)).toEqual([]);
  expect((await project.generate(theirs)).history.migrations).toHaveLength(3);
});

it("is another one under the same name", async () => {
  const feature = await branch();
  addOwnMigration(feature.files, "own", "SELECT 1;");
  await feature.generate(first);
  const project = await branch();
  addOwnMigration(project.files, "own", "SELECT 2;", Date.UTC(2026, 7, 1));
  await project.generate(first);
  project.branches.push(project, feature);
  const { history } = await project.generate(first);
  expect(history.migrations).toEqual(["0000_initial", "0001_own", "0002_own"]);
  expect([project.sql(1), project.sql(2)]).toEqual(["SELECT 2;", "SELECT 1;"]);
});

it("brings the tables along that drizzle-kit noted for it", async () => {
  const feature = await branch();
  addOwnMigration(feature.files, "mine", "CREATE TABLE mine (key text);");
  const path = `${folder}/meta/0001_snapshot.json`;
  const snapshot = JSON.parse(feature.files.read(path) ?? "");
  const mine = { ...snapshot.tables.sync_metadata, name: "mine" };
  feature.files.texts.set(
    path,
    JSON.stringify({ ...snapshot, tables: { ...snapshot.tables, mine } }),
  );
  await feature.generate(ours);
  const project = await main(feature);
  await project.generate(both);
  const tables = (index: number) =>
    JSON.parse(project.files.read(`${folder}/meta/000${index}_snapshot.json`) ?? "").tables;
  expect(tables(1)).not.toHaveProperty("mine");
  expect(tables(2).mine).toEqual(mine);
  expect(tables(3)).toEqual({ ...tables(2), tasks: tables(3).tasks });
});

it("is not looked for where the migrations start anew", async () => {
  const feature = await branch();
  addOwnMigration(feature.files, "own", "SELECT 1;");
  await feature.generate(first);
  const project = new Project();
  project.branches.push(feature);
  expect((await project.generate(first)).history.migrations).toEqual(["0000_initial"]);
});
