import { expect, it } from "vitest";
import type { MigrationPlan } from "../../src/migrate/planMigrations";
import { fieldsOf, newestUpgrade } from "../../templates/server/convex/syncEngine/documents";
import { historyOf } from "../../templates/server/convex/syncEngine/history";
import type { ServerRules } from "../../templates/server/convex/syncEngine/rules";
import { field, Project, table } from "./fixtures";

/*
 * Documents of Convex that were written under another history than the one that is deployed: that of a branch, or one
 * from before the project started anew.
 */

const text = field("text", "text");
const title = field("title", "text", { renamedFrom: "text" });
const note = field("note", "text", { optional: true });
const plain = [table("tasks", [text])];
const noted = [table("tasks", [text, note])];
const titled = [table("tasks", [title])];
const both = [table("tasks", [title, note])];

/** A project that was generated for each of these, one after the other. */
async function projectOf(...versions: readonly (typeof plain)[]) {
  const project = new Project();
  let plan = await project.generate(versions[0] ?? plain);
  for (const tables of versions.slice(1))
    plan = await project.generate(tables, { allowDataLoss: true });
  return { project, plan };
}

function rulesOf({ model, upgrades }: MigrationPlan): ServerRules {
  const fields = model.tables[0]?.fields.map(({ name, kind, optional }) => [
    name,
    { kind, optional },
  ]);
  return {
    name: "tasks",
    operations: [],
    uniqueBy: [],
    options: {},
    // Safe: entries of names and rules.
    fields: Object.fromEntries(fields ?? []) as ServerRules["fields"],
    history: historyOf(upgrades, "tasks"),
  };
}

/** What the server of `reading` makes of a document that the one of `writing` wrote. */
function readBy(reading: MigrationPlan, writing: MigrationPlan, content: object) {
  // Safe: the columns that are read.
  const document = { deletedAt: null, clocks: {}, ...content, ...newestUpgrade(rulesOf(writing)) };
  return fieldsOf(document as never, rulesOf(reading));
}

it("a document from before the project started anew goes through every upgrade of the new history", async () => {
  const before = await projectOf(plain, noted);
  const anew = await projectOf(noted, both);
  expect(readBy(anew.plan, before.plan, { text: "milk", note: "oat" })).toEqual({
    title: "milk",
    note: "oat",
  });
});

it("a document of a branch goes through the upgrades of the branch that was kept", async () => {
  const branch = await projectOf(plain, noted);
  const merged = await projectOf(plain, titled, both);
  expect(readBy(merged.plan, branch.plan, { text: "milk", note: "oat" })).toEqual({
    title: "milk",
    note: "oat",
  });
  const kept = await projectOf(plain, titled);
  expect(readBy(merged.plan, kept.plan, { title: "milk" })).toEqual({ title: "milk", note: null });
});

it("a document keeps what an upgrade that was made anew has made of it", async () => {
  const undone = await projectOf(plain, titled);
  const again = await projectOf(plain, noted, both);
  expect(readBy(again.plan, undone.plan, { title: "milk" })).toEqual({ title: "milk", note: null });
});

it("an upgrade has one id from run to run, and another one after others", async () => {
  const { project, plan } = await projectOf(plain, titled, both);
  const ids = plan.upgrades.map(({ id }) => id);
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/), expect.any(String)]);
  const later = await project.generate([...both, table("lists", [text])]);
  expect(later.upgrades.map(({ id }) => id).slice(0, 2)).toEqual(ids);
  expect((await projectOf(plain, titled, both)).plan.upgrades).toEqual(plan.upgrades);

  // The same step, the only one here and the second there.
  const alone = await projectOf(titled, both);
  const [own, second] = [alone.plan.upgrades[0], plan.upgrades[1]];
  expect(own?.tables).toEqual(second?.tables);
  expect(own?.id).not.toBe(second?.id);
});

it("a history that was written before there were ids gets those that it would have had", async () => {
  const { project, plan } = await projectOf(plain, titled, both);
  const path = ".sync-gen/history.json";
  const written = project.files.read(path) ?? "";
  const former = written.replaceAll(/"id":"\w+",/g, "");
  expect(former).not.toBe(written);
  project.files.texts.set(path, former);
  expect((await project.generate(both)).upgrades).toEqual(plan.upgrades);
});
