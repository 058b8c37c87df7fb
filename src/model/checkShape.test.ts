import { describe, expect, it } from "vitest";
import { text } from "../config/fields";
import {
  anyField,
  anyTable,
  reports,
  server,
  tasks,
  withFields,
  type Anything,
} from "./configFixture";

describe("the shape of a config", () => {
  it.each<[string, Anything, readonly string[]]>([
    ["no tables", { tables: {} }, ["SG201 tables"]],
    ["tables missing", { tables: undefined }, ["SG110 tables"]],
    ["tables as a list", { tables: [] }, ["SG112 tables"]],
    ["an unknown member", { ...tasks({}), extra: 1 }, ["SG111 extra"]],
    ["client missing", { ...tasks({}), client: undefined }, ["SG110 client"]],
    ["out missing", { ...tasks({}), client: { store: "expo-sqlite" } }, ["SG110 client.out"]],
    ["out empty", { ...tasks({}), server: { ...server, out: "" } }, ["SG112 server.out"]],
    [
      "another backend",
      { ...tasks({}), server: { ...server, backend: "http" } },
      ["SG113 server.backend"],
    ],
    [
      "retention of no days",
      { ...tasks({}), server: { ...server, retentionDays: 0 } },
      ["SG117 server.retentionDays"],
    ],
    [
      "accepts as text",
      { ...tasks({}), server: { ...server, accepts: "2" } },
      ["SG112 server.accepts"],
    ],
    [
      "a table without table()",
      { tables: { tasks: { policy: "hlc", fields: {} } } },
      ["SG114 tables.tasks"],
    ],
    ["table() of nothing", { tables: { tasks: anyTable(undefined) } }, ["SG112 tables.tasks"]],
    ["no policy", tasks({ policy: undefined }), ["SG110 tables.tasks.policy"]],
    ["a misspelt option", tasks({ policies: "hlc" }), ["SG111 tables.tasks.policies"]],
    [
      "an operation that is none",
      tasks({ operations: ["create", "upsert"] }),
      ["SG113 tables.tasks.operations.1"],
    ],
    ["description as a number", tasks({ description: 3 }), ["SG112 tables.tasks.description"]],
    ["no fields", tasks({ fields: {} }), ["SG202 tables.tasks.fields"]],
    [
      "a field that is none",
      withFields({ title: "text" }),
      ["SG114 tables.tasks.fields.title", "SG202 tables.tasks.fields"],
    ],
    [
      "a field function not called",
      withFields({ a: text(), title: text }),
      ["SG114 tables.tasks.fields.title"],
    ],
    ["indexes as text", tasks({ indexes: "title" }), ["SG112 tables.tasks.indexes"]],
    ["an index as text", tasks({ indexes: ["title"] }), ["SG112 tables.tasks.indexes.0"]],
    [
      "merge without an export",
      tasks({ policy: "custom", merge: "./merge" }),
      ["SG234 tables.tasks.merge", "SG218 tables.tasks.merge"],
    ],
    [
      "a modifier of another kind",
      withFields({ a: anyField.text().counter(), b: anyField.integer().set() }),
      ["SG115 tables.tasks.fields.a.counter", "SG115 tables.tasks.fields.b.set"],
    ],
    [
      "an index on json",
      withFields({ a: anyField.json().index() }),
      ["SG115 tables.tasks.fields.a.index"],
    ],
    [
      "both sides only",
      withFields({ a: text().optional().deviceOnly().serverOnly() }),
      ["SG116 tables.tasks.fields.a.serverOnly"],
    ],
  ])("%s", (_, config, want) => {
    expect(reports(config)).toEqual(want);
  });
});
