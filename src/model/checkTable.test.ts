import { describe, expect, it } from "vitest";
import { integer, json, text } from "../config/fields";
import { table } from "../config/table";
import { only, reports, tasks, withFields, type Anything } from "./configFixture";

describe("policies, operations and keys", () => {
  it.each<[string, Anything, readonly string[]]>([
    ["by for another policy", withFields({ n: integer() }, { by: "n" }), ["SG217 tables.tasks.by"]],
    [
      "deletes for another policy",
      tasks({ policy: "hlc", deletes: "win" }),
      ["SG217 tables.tasks.deletes"],
    ],
    ["merge for another policy", tasks({ merge: "./a#b" }), ["SG217 tables.tasks.merge"]],
    [
      "max-wins without by",
      withFields({ n: integer() }, { policy: "max-wins" }),
      ["SG218 tables.tasks.by"],
    ],
    [
      "by of nothing",
      withFields({ n: integer() }, { policy: "max-wins", by: "m" }),
      ["SG219 tables.tasks.by"],
    ],
    [
      "by of a text",
      withFields({ n: text() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    [
      "by of a counter",
      withFields({ n: integer().counter() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    [
      "by of a device's own",
      withFields({ n: integer().optional().deviceOnly() }, { policy: "max-wins", by: "n" }),
      ["SG220 tables.tasks.by"],
    ],
    ["custom without merge", tasks({ policy: "custom" }), ["SG218 tables.tasks.merge"]],
    [
      "append-only that updates",
      tasks({ policy: "append-only", operations: ["create", "update"] }),
      ["SG217 tables.tasks.operations"],
    ],
    [
      "append-only with a counter",
      withFields({ n: integer().counter() }, { policy: "append-only" }),
      ["SG217 tables.tasks.fields.n.counter"],
    ],
    ["no operation", tasks({ operations: [] }), ["SG222 tables.tasks.operations"]],
    [
      "an operation twice",
      tasks({ operations: ["create", "create"] }),
      ["SG222 tables.tasks.operations"],
    ],
    [
      "nothing that creates: a warning",
      tasks({ operations: ["update"] }),
      ["SG221 tables.tasks.operations"],
    ],
    [
      "nothing that creates, of rows that people share: as they are made with the scope",
      tasks({ operations: ["update"], scope: "workspace" }),
      [],
    ],
    ["a key of nothing", tasks({ uniqueBy: ["titel"] }), ["SG219 tables.tasks.uniqueBy.0"]],
    ["a key twice", tasks({ uniqueBy: ["title", "title"] }), ["SG216 tables.tasks.uniqueBy.1"]],
    [
      "keys that cannot be",
      withFields(
        {
          a: text().optional(),
          b: json(),
          c: integer().counter(),
          d: text().default("").serverOnly(),
        },
        { uniqueBy: ["a", "b", "c", "d"] },
      ),
      [0, 1, 2, 3].map((index) => `SG220 tables.tasks.uniqueBy.${index}`),
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });
});

describe("indexes", () => {
  it.each<[string, Anything, readonly string[]]>([
    ["an index of nothing", tasks({ indexes: [["x"]] }), ["SG219 tables.tasks.indexes.0"]],
    ["an index without fields", tasks({ indexes: [[]] }), ["SG112 tables.tasks.indexes.0"]],
    [
      "an index over what every row has",
      tasks({ indexes: [["userId", "deletedAt", "createdAt"]] }),
      [],
    ],
    [
      "a column that no index may hold",
      tasks({ indexes: [["userId", "opId"]] }),
      ["SG219 tables.tasks.indexes.0"],
    ],
    [
      "a column twice in an index",
      tasks({ indexes: [["createdAt", "createdAt"]] }),
      ["SG216 tables.tasks.indexes.0"],
    ],
    [
      "an index over json",
      withFields({ a: json() }, { indexes: [["a"]] }),
      ["SG220 tables.tasks.indexes.0"],
    ],
    [
      "an index over both sides",
      withFields(
        { a: text().optional().deviceOnly(), b: text().optional().serverOnly() },
        { indexes: [["a", "b"]] },
      ),
      ["SG220 tables.tasks.indexes.0"],
    ],
    [
      "a field twice in an index",
      tasks({ indexes: [["title", "title"]] }),
      ["SG216 tables.tasks.indexes.0"],
    ],
    [
      "an index twice",
      withFields({ a: text().index() }, { indexes: [["a"]] }),
      ["SG224 tables.tasks.indexes.0"],
    ],
    [
      "a name of an index twice",
      withFields(
        { a: text(), b: text() },
        {
          indexes: [
            { name: "x", fields: ["a"] },
            { name: "X", fields: ["b"] },
          ],
        },
      ),
      ["SG224 tables.tasks.indexes.1"],
    ],
    [
      "an index of Convex",
      tasks({ indexes: [{ name: "by_creation_time", fields: ["title"] }] }),
      ["SG207 tables.tasks.indexes.0"],
    ],
    [
      "an index that is no identifier",
      tasks({ indexes: [{ name: "by-title", fields: ["title"] }] }),
      ["SG205 tables.tasks.indexes.0"],
    ],
    [
      "an index with a long name",
      withFields(
        { ["a".repeat(40)]: text(), ["b".repeat(40)]: text() },
        { indexes: [["a".repeat(40), "b".repeat(40)]] },
      ),
      ["SG208 tables.tasks.indexes.0"],
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });
});

describe("former names", () => {
  it.each<[string, Anything, readonly string[]]>([
    [
      "renamed from what is there",
      withFields({ a: text(), b: text().renamedFrom("a") }),
      ["SG223 tables.tasks.fields.b.renamedFrom"],
    ],
    [
      "renamed from itself",
      withFields({ a: text().renamedFrom("a") }),
      ["SG223 tables.tasks.fields.a.renamedFrom"],
    ],
    [
      "two from one",
      withFields({ a: text().renamedFrom("x"), b: text().renamedFrom("x") }),
      ["SG223 tables.tasks.fields.b.renamedFrom"],
    ],
    [
      "renamed from no name",
      withFields({ a: text().renamedFrom("x y") }),
      ["SG223 tables.tasks.fields.a.renamedFrom"],
    ],
    [
      "swapped, which is said once",
      withFields({ a: text().renamedFrom("b"), b: text().renamedFrom("a") }),
      ["SG223 tables.tasks.fields.a.renamedFrom"],
    ],
    [
      "a circle of three, and one that is renamed from a part of it",
      withFields({
        a: text().renamedFrom("b"),
        b: text().renamedFrom("c"),
        c: text().renamedFrom("a"),
        d: text().renamedFrom("a"),
      }),
      ["SG223 tables.tasks.fields.a.renamedFrom", "SG223 tables.tasks.fields.d.renamedFrom"],
    ],
    [
      "a chain",
      withFields({ b: text().renamedFrom("a"), c: text().renamedFrom("b") }),
      ["SG223 tables.tasks.fields.c.renamedFrom"],
    ],
    [
      "a table renamed from one that is there",
      {
        tables: {
          a: table({ policy: "hlc", fields: { x: text() } }),
          b: table({ policy: "hlc", renamedFrom: "a", fields: { x: text() } }),
        },
      },
      ["SG223 tables.b.renamedFrom"],
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });

  it("says how two tables come to each other's names", () => {
    const problem = only({
      tables: {
        a: table({ policy: "hlc", renamedFrom: "b", fields: { x: text() } }),
        b: table({ policy: "hlc", renamedFrom: "a", fields: { x: text() } }),
      },
    });
    expect(problem.message).toBe(
      'The tables "a" and "b" take each other\'s names, which cannot be done in one step.',
    );
    expect(problem.hint).toContain('rename "b" to a name that nothing had, and generate');
  });
});
