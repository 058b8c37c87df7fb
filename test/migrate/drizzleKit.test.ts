import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldModel, TableModel } from "../../src/model/model";
import { Device, migrators } from "./device";
import { field, Project, table } from "./fixtures";
import * as fieldTasks from "./schemas/fieldTasks";

const projects = table("projects", [
  field("name", "text", { default: { value: 'it\'s `new` \\ ${x}\n"there"' } }),
]);
const tasks = table(
  "tasks",
  [
    field("text", "text"),
    field("isCompleted", "boolean", { default: { value: false } }),
    field("priority", "choice", { choices: ["low", "high"], default: { value: "low" } }),
    field("project", "reference", { references: "projects", optional: true, indexed: true }),
    field("dueAt", "timestamp", { optional: true, indexed: true, default: { value: 5 } }),
    field("effort", "real", { default: { value: -1.5 } }),
    field("size", "integer", { default: { value: 3 } }),
    field("tags", "json", { default: { value: [] } }),
    field("extra", "json", { default: { value: { say: "it's" } } }),
    field("secret", "text", { side: "server", indexed: true, optional: true }),
  ],
  { indexes: [{ name: "by_priority_and_dueAt", fields: ["priority", "dueAt"] }] },
);

/** The newest snapshot on disk, as drizzle-kit reads it. */
function newestSnapshot(project: Project) {
  const paths = [...project.files.texts.keys()]
    .filter((path) => path.endsWith("_snapshot.json"))
    .sort();
  return JSON.parse(project.files.read(paths.at(-1) ?? "") ?? "");
}

describe("drizzle-kit", () => {
  it("finds nothing to do after the emitted schema", async () => {
    const project = new Project();
    await project.generate([projects, tasks]);

    const emitted = await generateSQLiteDrizzleJson({ ...fieldTasks });

    expect(await generateSQLiteMigration(newestSnapshot(project), emitted)).toEqual([]);
    expect(newestSnapshot(project).tables).toEqual(emitted.tables);
  });

  it("finds nothing to do after several migrations that end there", async () => {
    const project = new Project();
    const early = table("jobs", [
      field("title", "text"),
      field("size", "real"),
      field("gone", "json"),
    ]);
    const late = {
      ...tasks,
      renamedFrom: "jobs",
      fields: tasks.fields.map((item) =>
        item.name === "text" ? { ...item, renamedFrom: "title" } : item,
      ),
    };
    await project.generate([early]);
    await project.generate([projects, late], { allowDataLoss: true });

    const emitted = await generateSQLiteDrizzleJson({ ...fieldTasks });

    expect(await generateSQLiteMigration(newestSnapshot(project), emitted)).toEqual([]);
  });

  it("can follow the snapshots, each naming the one before", async () => {
    const project = new Project();
    await project.generate([projects]);
    await project.generate([projects, tasks]);

    const [first, second] = ["0000", "0001"].map((number) =>
      JSON.parse(project.files.read(`src/db/migrations/meta/${number}_snapshot.json`) ?? ""),
    );

    expect(first.prevId).toBe("00000000-0000-0000-0000-000000000000");
    expect(second.prevId).toBe(first.id);
    expect(second.id).not.toBe(first.id);
  });

  it("plans 200 tables and a change of one of them", async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      table(
        `table${index}`,
        tasks.fields.filter((item) => item.kind !== "reference"),
      ),
    );
    const project = new Project();
    await project.generate(many);

    const plan = await project.generate(
      many.map((item, index) =>
        index === 77
          ? { ...item, fields: [...item.fields, field("more", "text", { optional: true })] }
          : item,
      ),
    );

    expect(project.sql(1)).toBe("ALTER TABLE `table77` ADD `more` text;");
    expect(plan.added).toBe("0001_add_table77_more");
  });
});

describe("any sequence of schemas", () => {
  const names = ["a", "b", "c", "d"];
  const anyField: fc.Arbitrary<FieldModel> = fc
    .record({
      name: fc.constantFrom(...names),
      kind: fc.constantFrom<FieldModel["kind"]>(
        "text",
        "integer",
        "real",
        "boolean",
        "timestamp",
        "json",
        "choice",
      ),
      optional: fc.boolean(),
      indexed: fc.boolean(),
      side: fc.constantFrom<FieldModel["side"]>("both", "both", "device", "server"),
      renamedFrom: fc.option(fc.constantFrom(...names)),
    })
    .map(({ name, kind, ...rest }) => {
      const values = {
        text: "it's",
        integer: 1,
        real: 1.5,
        boolean: true,
        timestamp: 9,
        json: ["it's"],
        choice: "x",
        reference: "",
      };
      return field(name, kind, {
        ...rest,
        default: { value: values[kind] },
        choices: kind === "choice" ? ["x", "y"] : [],
      });
    });
  const anyTable: fc.Arbitrary<TableModel> = fc
    .record({
      name: fc.constantFrom("one", "two", "Two", "three"),
      renamedFrom: fc.option(fc.constantFrom("one", "two", "Two", "three")),
      fields: fc.uniqueArray(anyField, { selector: (item) => item.name }),
    })
    .map(({ name, renamedFrom, fields }) => table(name, fields, { renamedFrom }));
  const anyModel = fc.uniqueArray(anyTable, { selector: (item) => item.name.toLowerCase() });

  it("leads to the schema of a new install, with every row of a kept table", async () => {
    const migrator = migrators["migrations.ts, by Expo's migrator"];
    await fc.assert(
      fc.asyncProperty(fc.array(anyModel, { minLength: 2, maxLength: 4 }), async (models) => {
        const project = new Project();
        const device = new Device(migrator);
        for (const model of models) {
          const outcome = await project.plan(model, { allowDataLoss: true });
          const isContested = outcome.diagnostics.some((item) => item.code === "SG306");
          expect(outcome.ok).toBe(!isContested);
          if (!outcome.ok) return;
          const before = (
            JSON.parse(project.files.read(".sync-gen/history.json") ?? '{"tables":[]}').tables as {
              name: string;
            }[]
          ).map((item) => item.name);
          await project.generate(model, { allowDataLoss: true });
          await device.migrate(project);

          for (const { name, renamedFrom } of model) {
            const rows = device.rows(`SELECT clientId FROM "${name}"`);
            const old = before.includes(name) ? name : renamedFrom;
            if (old !== null && before.includes(old))
              expect(rows.length, `rows of ${name}`).toBeGreaterThan(0);
            device.database.exec(
              `INSERT INTO "${name}" (clientId, userId, createdAt, updatedAt, syncStatus) VALUES ('${rows.length}', 'u', 1, 1, 'synced') ON CONFLICT DO NOTHING`,
            );
          }
          const fresh = new Project();
          const newDevice = new Device(migrator);
          await fresh.generate(model.map((item) => ({ ...item, renamedFrom: null })));
          await newDevice.migrate(fresh);
          expect(device.schema()).toEqual(newDevice.schema());
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
