import { describe, expect, it } from "vitest";
import { modelOf } from "../../test/golden/modelOf";
import { defineSync } from "../config/defineSync";
import { choice, integer, reference, text } from "../config/fields";
import { table } from "../config/table";
import { printLayout } from "../render/layout";
import { objectLiteral } from "../render/literals";
import {
  fieldsLiteral,
  mergeImports,
  mergeNames,
  parentsFirst,
  policyImports,
  ruleProperties,
  upgradesLiteral,
} from "./tableRules";

const project = {
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
} as const;

describe("parentsFirst", () => {
  it("puts what is referenced before what references it, and keeps the order of the config otherwise", () => {
    const model = modelOf(
      defineSync({
        ...project,
        tables: {
          comments: table({ policy: "hlc", fields: { body: text(), task: reference("tasks") } }),
          tasks: table({ policy: "hlc", fields: { list: reference("lists") } }),
          tags: table({ policy: "hlc", fields: { name: text() } }),
          lists: table({ policy: "hlc", fields: { name: text() } }),
        },
      }),
    );
    expect(parentsFirst(model).map(({ name }) => name)).toEqual([
      "lists",
      "tasks",
      "comments",
      "tags",
    ]);
  });

  it("ends with references that go round in a circle, or to the table itself", () => {
    const model = modelOf(
      defineSync({
        ...project,
        tables: {
          teams: table({ policy: "hlc", fields: { lead: reference("people").optional() } }),
          people: table({
            policy: "hlc",
            fields: { team: reference("teams").optional(), boss: reference("people").optional() },
          }),
        },
      }),
    );
    expect(parentsFirst(model).map(({ name }) => name)).toEqual(["people", "teams"]);
  });
});

describe("mergeNames", () => {
  const custom = (path: string, name: string) =>
    table({ policy: "custom", merge: { path, export: name }, fields: { body: text() } });
  const { tables } = modelOf(
    defineSync({
      ...project,
      tables: {
        notes: custom("./shared/notes.ts", "merge"),
        tasks: custom("./shared/tasks.ts", "merge"),
        lists: custom("./shared/notes.ts", "merge"),
        themes: custom("./convex/themes", "custom"),
        others: table({ policy: "hlc", fields: { body: text() } }),
      },
    }),
  );
  const names = mergeNames(tables, ["custom"]);

  it("gives every function one name, and none that is taken", () => {
    expect([...names].map(([{ name }, merge]) => `${name}: ${merge}`)).toEqual([
      "notes: merge",
      "tasks: taskMerge",
      "lists: merge",
      "themes: themeMerge",
    ]);
  });

  it("imports each once, as seen from the file", () => {
    expect(mergeImports(names, "convex/syncTables")).toEqual([
      'import { merge } from "../shared/notes";',
      'import { merge as taskMerge } from "../shared/tasks";',
      'import { custom as themeMerge } from "./themes";',
    ]);
  });

  it("imports the policies in use, each once", () => {
    expect(policyImports(tables, "./shared")).toEqual([
      'import { custom } from "./shared/policies/custom";',
      'import { hlcWins } from "./shared/policies/hlc";',
    ]);
  });
});

describe("ruleProperties", () => {
  it("says what devices may do and what the fields hold; never what stays on one side", () => {
    const [scores] = modelOf(
      defineSync({
        ...project,
        tables: {
          scores: table({
            policy: "max-wins",
            by: "points",
            operations: ["create", "update"],
            uniqueBy: ["level"],
            fields: {
              level: text(),
              points: integer(),
              visits: integer().default(0).counter(),
              stage: choice(["a", "b"]).optional().oneWay(),
              draft: text().optional().deviceOnly(),
              secret: text().optional().serverOnly(),
            },
          }),
        },
      }),
    ).tables;
    if (scores === undefined) throw new Error("no table");
    expect(printLayout(objectLiteral(ruleProperties(scores, null)), 120)).toBe(
      [
        "{",
        '  name: "scores",',
        '  operations: ["create", "update"],',
        '  uniqueBy: ["level"],',
        '  options: { by: "points" },',
        "  fields: {",
        '    level: { kind: "text", optional: false },',
        '    points: { kind: "integer", optional: false },',
        '    visits: { kind: "integer", optional: false, default: 0, merge: counter },',
        '    stage: { kind: "choice", optional: true, choices: ["a", "b"], merge: oneWay(["a", "b"]) },',
        "  },",
        "}",
      ].join("\n"),
    );
    expect(printLayout(fieldsLiteral([]))).toBe("{}");
  });

  it("tell the first name of a table that was renamed", () => {
    const [days] = modelOf(
      defineSync({
        ...project,
        tables: { days: table({ policy: "hlc", uniqueBy: ["day"], fields: { day: text() } }) },
      }),
    ).tables;
    if (days === undefined) throw new Error("no table");
    const names = (model: typeof days) =>
      ruleProperties(model, null).flatMap(({ name, value }) =>
        name.toLowerCase().endsWith("name") ? [`${name}: ${printLayout(value)}`] : [],
      );
    expect(names(days)).toEqual(['name: "days"']);
    expect(names({ ...days, firstName: "dates" })).toEqual(['name: "days"', 'firstName: "dates"']);
  });
});

describe("upgradesLiteral", () => {
  it("prints the steps as data", () => {
    const step = {
      from: 1,
      to: 2,
      tables: { todos: { renamedTo: "tasks", fields: { old: { dropped: true } } } },
    } as const;
    expect(printLayout(upgradesLiteral([]))).toBe("[]");
    expect(printLayout(upgradesLiteral([step]))).toBe(
      "[\n  {\n    from: 1,\n    to: 2,\n    tables: {\n" +
        '      todos: { renamedTo: "tasks", fields: { old: { dropped: true } } },\n    },\n  },\n]',
    );
    const ofServer = { id: "5b2e8c0f71aa", ...step, tables: {} };
    expect(printLayout(upgradesLiteral([ofServer]))).toBe(
      '[{ id: "5b2e8c0f71aa", from: 1, to: 2, tables: {} }]',
    );
  });
});
