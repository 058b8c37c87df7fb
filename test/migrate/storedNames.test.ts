import { describe, expect, it } from "vitest";
import type { TableModel } from "../../src/model/model";
import { storedTables } from "../../src/migrate/storedNames";
import { field, Project, table } from "./fixtures";

const text = field("text", "text");
const plain = (name: string, renamedFrom: string | null = null) =>
  table(name, [text], { renamedFrom });

/** The Convex table of every table after these versions of the config, each generated after the one before. */
async function storedAfter(...versions: readonly (readonly TableModel[])[]) {
  const project = new Project();
  let stored: Record<string, string> = {};
  for (const tables of versions) {
    const { model } = await project.generate(tables, { allowDataLoss: true });
    stored = storedIn(model);
  }
  return stored;
}

function storedIn({ tables }: { readonly tables: readonly TableModel[] }) {
  return Object.fromEntries(tables.map(({ name, storedAs = name }) => [name, storedAs]));
}

const lists = plain("lists");
const cases: Record<
  string,
  readonly [readonly (readonly TableModel[])[], Readonly<Record<string, string>>]
> = {
  "the table's own name": [[[plain("tasks")]], { tasks: "tasks" }],
  "the first one, whatever it is called since": [
    [[plain("tasks")], [plain("jobs", "tasks")], [plain("works", "jobs")], [plain("works")]],
    { works: "tasks" },
  ],
  "its own name when it has it again": [
    [[plain("tasks")], [plain("jobs", "tasks")], [plain("tasks", "jobs")]],
    { tasks: "tasks" },
  ],
  "a free one where another table is stored under its name": [
    [[plain("tasks")], [plain("jobs", "tasks")], [plain("jobs"), plain("tasks")]],
    { jobs: "tasks", tasks: "tasks2" },
  ],
  "another one for each that comes": [
    [
      [plain("tasks")],
      [plain("jobs", "tasks")],
      [plain("jobs"), plain("tasks")],
      [plain("jobs"), plain("works", "tasks")],
      [plain("jobs"), plain("works"), plain("tasks")],
    ],
    { jobs: "tasks", works: "tasks2", tasks: "tasks3" },
  ],
  "that of before when it comes back": [
    [[lists, plain("tasks")], [lists], [lists, plain("tasks")]],
    { lists: "lists", tasks: "tasks" },
  ],
  "that of before when it comes back after a rename": [
    [[lists, plain("tasks")], [lists, plain("jobs", "tasks")], [lists], [lists, plain("jobs")]],
    { lists: "lists", jobs: "tasks" },
  ],
  "none that Convex may hold documents of another table under": [
    [[lists, plain("tasks")], [lists, plain("jobs", "tasks")], [lists], [lists, plain("tasks")]],
    { lists: "lists", tasks: "tasks2" },
  ],
  "none of a table that went while another took its name back": [
    [
      [lists, plain("notes")],
      [lists, plain("pages", "notes")],
      [lists, plain("pages"), plain("notes")],
      [lists, plain("pages")],
      [lists, plain("notes", "pages")],
      [lists, plain("notes"), plain("notes2")],
    ],
    { lists: "lists", notes: "notes", notes2: "notes22" },
  ],
};

describe("the Convex table of a table", () => {
  it.each(Object.entries(cases))("is %s", async (_, [versions, stored]) => {
    expect(await storedAfter(...versions)).toEqual(stored);
  });

  it("is known where only the config and the history are", async () => {
    const project = new Project();
    await project.generate([plain("tasks")]);
    const { history } = await project.generate([plain("jobs", "tasks")]);
    const config = [plain("works", "jobs"), plain("tasks")];
    expect(storedTables(config, history)).toEqual([
      { name: "works", storedAs: "tasks" },
      { name: "tasks", storedAs: "tasks2" },
    ]);
    expect(storedTables(config, null)).toEqual([
      { name: "works", storedAs: "works" },
      { name: "tasks", storedAs: "tasks" },
    ]);
  });

  it("is one of its own where the history is from before renamed tables kept theirs", async () => {
    const project = new Project();
    await project.generate([plain("tasks")]);
    await project.generate([plain("jobs", "tasks")]);
    const path = ".sync-gen/history.json";
    const history = project.files.read(path) ?? "";
    expect(history).toContain('"name":"jobs","storedAs":"tasks"');
    const gone = '"gone": [{"name":"tasks","operations":[],"uniqueBy":[],"fields":[]}],';
    project.files.texts.set(
      path,
      history.replace(',"storedAs":"tasks"', "").replace('  "device"', `  ${gone}\n  "device"`),
    );

    const { model } = await project.generate([plain("works", "jobs")]);
    expect(model.tables).toMatchObject([{ name: "works", storedAs: "jobs", firstName: "tasks" }]);
    const next = await project.generate([plain("works"), plain("tasks")], { allowDataLoss: true });
    expect(storedIn(next.model)).toEqual({ works: "jobs", tasks: "tasks" });
    expect(next.upgrades.at(-1)?.tables).toMatchObject({ tasks: { returned: true } });
  });
});
