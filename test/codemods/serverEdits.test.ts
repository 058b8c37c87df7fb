import { describe, expect, it } from "vitest";
import { planServerEdits } from "../../src/codemods/serverEdits";
import { memoryFiles } from "./memoryFiles";

const server = {
  out: "packages/backend/convex",
  tables: [{ name: "tasks" }, { name: "projects" }],
  rateLimit: false,
};
const planned = (files: Readonly<Record<string, string>>): ReturnType<typeof planServerEdits> =>
  planServerEdits(memoryFiles(files), server);
const schema = (tables: string, before = ""): Readonly<Record<string, string>> => ({
  "packages/backend/convex/schema.ts": `import { defineSchema, defineTable } from "convex/server";\n${before}\nexport default defineSchema(${tables});\n`,
});

describe("edits of a run of generate", () => {
  it("are of schema and crons, JavaScript where the user writes that", () => {
    const paths = (files: Readonly<Record<string, string>>): readonly string[] => {
      const outcome = planned(files);
      return outcome.ok ? outcome.value.map((edit) => edit.path) : [];
    };
    expect(paths({})).toEqual([
      "packages/backend/convex/schema.ts",
      "packages/backend/convex/crons.ts",
    ]);
    expect(
      paths({ "packages/backend/convex/schema.js": "", "packages/backend/convex/crons.ts": "" }),
    ).toEqual(["packages/backend/convex/schema.js", "packages/backend/convex/crons.ts"]);
  });

  it("install the rate limiter where one is asked for, in the package of the functions", () => {
    const files = {
      "package.json": "{}",
      "packages/backend/package.json": '{\n  "name": "backend"\n}\n',
    };
    const outcome = planServerEdits(memoryFiles(files), { ...server, rateLimit: true });
    const edits = outcome.ok ? outcome.value.slice(2) : [];
    expect(edits.map(({ path }) => path)).toEqual([
      "packages/backend/convex/convex.config.ts",
      "packages/backend/package.json",
    ]);
    const [app, manifest] = edits.map((edit) => edit.apply(memoryFiles(files).read(edit.path)));
    expect(app).toMatchObject({ kind: "edited" });
    expect(manifest?.kind === "edited" && JSON.parse(manifest.text)).toEqual({
      name: "backend",
      dependencies: { "@convex-dev/rate-limiter": "^0.4.0" },
    });
  });
});

describe("a table that the user's schema already has", () => {
  it.each([
    ["written out", "{\n  tasks: defineTable({}),\n}", "", "4:3"],
    ["with a quoted key", '{ "tasks": defineTable({}) }', "", "3:31"],
    ["with a computed key", '{ ["tasks"]: defineTable({}) }', "", "3:31"],
    ["as a shorthand", "{ tasks }", "const tasks = defineTable({});", "3:31"],
    ["in a spread object", "{ ...own }", "const own = { tasks: defineTable({}) };", "2:15"],
    ["in a variable", "own", "const own = { users, tasks: defineTable({}) } as const;", "2:22"],
  ])("%s is an error that says what to do", (_how, tables, before, place) => {
    const outcome = planned(schema(tables, before));

    expect(outcome.ok).toBe(false);
    const [problem, ...rest] = outcome.diagnostics;
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ code: "SG510", severity: "error" });
    expect(problem?.message).toContain('"tasks"');
    expect(problem?.hint).toContain("Rename the table");
    expect(`${problem?.location?.line}:${problem?.location?.column}`).toBe(place);
  });

  it("may be the one that Convex stores a renamed table under", () => {
    const check = (table: string) =>
      planServerEdits(memoryFiles(schema(`{ ${table}: defineTable({}) }`)), {
        ...server,
        tables: [{ name: "jobs", storedAs: "tasks" }],
      });
    expect(check("jobs").ok).toBe(true);
    expect(check("tasks").diagnostics).toMatchObject([
      {
        code: "SG510",
        message: expect.stringContaining('stores the synced table "jobs" under that name'),
        hint: expect.stringContaining(
          "Give the table in packages/backend/convex/schema.ts another name",
        ),
      },
    ]);
  });

  it("is reported with every other one", () => {
    const outcome = planned(schema("{ tasks: defineTable({}), users, projects: defineTable({}) }"));
    expect(outcome.diagnostics.map((one) => one.code)).toEqual(["SG510", "SG510"]);
  });

  it.each([
    ["only named elsewhere", "{ users: defineTable({ tasks: v.array(v.id('tasks')) }) }", ""],
    [
      "spread in from our own file",
      "{ ...syncTables }",
      'import { syncTables } from "./syncTables";',
    ],
    [
      "in an object that spreads itself",
      "own",
      "const own = { ...own, users: defineTable({ tasks: 1 }) };",
    ],
  ])("is not seen where it is %s", (_how, tables, before) => {
    expect(planned(schema(tables, before)).ok).toBe(true);
  });

  it("is not looked for in a file that does not parse", () => {
    expect(planned({ "packages/backend/convex/schema.ts": "export default { tasks: " }).ok).toBe(
      true,
    );
  });
});
