import { describe, expect, it } from "vitest";
import {
  anyField,
  anyTable,
  only,
  reports,
  tasks,
  withFields,
  type Anything,
} from "./configFixture";

const { reference, text, timestamp } = anyField;

const scoped = (scope: unknown, fields: Anything = { title: text() }): Anything =>
  anyTable({ policy: "hlc", fields, ...(scope === undefined ? {} : { scope }) });

describe("the name of a scope", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["is any identifier", "workspace", []],
    ["is a text", 1, ["SG112 tables.tasks.scope"]],
    ["is not empty", "", ["SG112 tables.tasks.scope"]],
    ["is no list of words", "work space", ["SG205 tables.tasks.scope"]],
    ["starts with a small letter", "Workspace", ["SG205 tables.tasks.scope"]],
    ["starts with a letter", "_workspace", ["SG206 tables.tasks.scope"]],
    ["is none of JavaScript's own", "constructor", ["SG207 tables.tasks.scope"]],
    ["has 64 characters at most", "w".repeat(65), ["SG208 tables.tasks.scope"]],
  ])("%s", (_, scope, want) => {
    expect(reports(tasks({ scope }))).toEqual(want);
  });

  it("is corrected where that is possible, and wrong once, whoever repeats it", () => {
    const tables = { tasks: scoped("work space"), notes: scoped("work space") };
    expect(only({ tables })).toMatchObject({ code: "SG205", hint: '"workSpace" would do.' });
  });

  it("is written the same everywhere", () => {
    const tables = { a: scoped("workspace"), b: scoped("workspace"), c: scoped("workSpace") };
    expect(only({ tables })).toMatchObject({
      code: "SG237",
      path: ["tables", "c", "scope"],
      message: '"workspace" and "workSpace" are two scopes.',
    });
  });
});

describe("a reference", () => {
  const refers = (from: string | undefined, to: string | undefined): Anything => ({
    tables: {
      projects: scoped(to),
      tasks: scoped(from, { title: text(), project: reference("projects").optional() }),
    },
  });

  it.each([
    [undefined, undefined],
    ["workspace", "workspace"],
  ])("leads from %s to %s", (from, to) => {
    expect(reports(refers(from, to))).toEqual([]);
  });

  it.each([
    [
      undefined,
      "workspace",
      '"project" leads out of the user\'s own rows: "projects" has rows of the scope "workspace".',
      'Hold the id in a text(); or give "tasks" the scope "workspace", if it was never generated.',
    ],
    [
      "workspace",
      undefined,
      '"project" leads out of the scope "workspace": "projects" has rows of the user\'s own.',
      'Hold the id in a text(); or give "projects" the scope "workspace", if it was never generated.',
    ],
    [
      "team",
      "workspace",
      '"project" leads out of the scope "team": "projects" has rows of the scope "workspace".',
      "Hold the id in a text(). Only tables that were never generated may get the same scope yet.",
    ],
  ])("does not lead from %s to %s", (from, to, message, hint) => {
    expect(only(refers(from, to))).toMatchObject({
      code: "SG236",
      path: ["tables", "tasks", "fields", "project"],
      message,
      allowed: '"tasks"',
      hint,
    });
  });

  it.each<[string, unknown, string]>([
    ["no text", 12, "SG112"],
    ["empty", "", "SG112"],
    ["no identifier", "work space", "SG205"],
    ["written in another case elsewhere", "Workspace", "SG237"],
  ])("is not judged by a scope that is %s", (_, scope, code) => {
    const project = reference("projects").optional();
    const tables = {
      first: scoped("workspace"),
      projects: scoped(scope),
      others: scoped(scope, { project: reference("first").optional() }),
      tasks: scoped("workspace", { project }),
    };
    const found = reports({ tables }).filter((report) => !report.endsWith("others.scope"));
    expect(found).toEqual([`${code} tables.projects.scope`]);
  });

  it("to nothing is reported as that alone", () => {
    const tables = { tasks: scoped("workspace", { project: reference("projects").optional() }) };
    expect(only({ tables })).toMatchObject({ code: "SG203" });
  });
});

describe("scopeId", () => {
  it("is no field of a table with a scope, and like any other of one without", () => {
    const indexes = [["scopeId", "dueAt"]];
    for (const name of ["scopeId", "scopeid"])
      expect(only(withFields({ [name]: text() }, { scope: "workspace" }))).toMatchObject({
        code: "SG211",
        path: ["tables", "tasks", "fields", name],
      });
    expect(reports(withFields({ scopeId: text(), dueAt: timestamp() }, { indexes }))).toEqual([]);
  });

  it("is in indexes of tables with a scope", () => {
    const indexes = [["scopeId", "deletedAt", "title"]];
    expect(reports(withFields({ title: text() }, { indexes, scope: "workspace" }))).toEqual([]);
    expect(only(withFields({ title: text() }, { indexes }))).toMatchObject({
      code: "SG219",
      path: ["tables", "tasks", "indexes", 0],
    });
  });
});
