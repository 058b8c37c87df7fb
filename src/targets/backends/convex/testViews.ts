import type { Model, TableModel } from "../../../model/model";
import { importStatement } from "../../../render/imports";
import { printLayout } from "../../../render/layout";
import {
  numberLiteral,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import { tableLaw } from "./tableLaw";

/** What `templates/tables/convex/syncTests/deployment.setup.ts.hbs` is filled with. */
export interface DeploymentView {
  readonly schemaVersion: number;
  readonly changesAtOnce: string;
}

/** What the tests of all tables share, in a file of its own: a new schema version edits no test. */
export function deploymentView({ schemaVersion, server }: Model): DeploymentView {
  const { rateLimit } = server;
  const changesAtOnce = rateLimit === null ? "null" : numberLiteral(rateLimit.capacity);
  return { schemaVersion, changesAtOnce };
}

/** What `templates/tables/convex/syncTests/table.test.ts.hbs` is filled with. */
export interface TableTestView {
  readonly imports: readonly string[];
  readonly table: string;
  /** Its rows are in scopes. */
  readonly isShared: boolean;
  /** What nobody gets away with. */
  readonly cases: string;
  readonly properties: readonly string[];
  readonly title: string;
  readonly steps: readonly string[];
}

/** The tests of one table: what nobody gets away with, and the main law of its policy. */
export function tableTestView(table: TableModel): TableTestView {
  const { name, names, operations, scope } = table;
  const writes = operations.includes("create") || operations.includes("update");
  const { title, steps } = tableLaw(table);
  const properties: readonly Property[] = [
    { name: "table", value: stringLiteral(name), breaks: "before" },
    { name: "changesSince", value: `api.sync.${names.changesSince}`, breaks: "before" },
    { name: "all", value: `api.sync.${names.all}`, breaks: "before" },
    { name: "upsert", value: writes ? `api.sync.${names.upsert}` : "null", breaks: "before" },
    {
      name: "remove",
      value: operations.includes("delete") ? `api.sync.${names.remove}` : "null",
      breaks: "before",
    },
  ];
  return {
    imports: [
      ...importStatement("vitest", [{ name: "describe" }, { name: "expect" }, { name: "it" }]),
      ...importStatement("../_generated/api", [{ name: "api" }]),
      ...importStatement("../syncEngine/testing/abuse.cases", [{ name: "abuseCases" }]),
      ...importStatement("../syncEngine/testing/device.setup", [
        { name: "openDevices" },
        { name: "SyncTable", type: true },
      ]),
      ...(scope === null
        ? []
        : [
            ...importStatement("../syncEngine/testing/members.setup", [{ name: "setAccess" }]),
            ...importStatement("../syncEngine/testing/scope.cases", [{ name: "scopeCases" }]),
          ]),
      ...importStatement("./deployment.setup", [{ name: "deployment" }]),
      ...importStatement("./project.setup", [{ name: "project" }]),
    ],
    table: stringLiteral(name),
    isShared: scope !== null,
    cases: scope === null ? "abuseCases" : "{ ...abuseCases, ...scopeCases }",
    properties: linesOf(printLayout(objectLiteral(properties, true))).slice(1, -1),
    title: stringLiteral(title),
    steps: [
      "const { phone, tablet } = await openDevices(table);",
      "const row = await phone.row();",
      ...steps,
    ].flatMap((step) => linesOf(" ".repeat(bodyIndent) + printLayout(step, 80, bodyIndent))),
  };
}

/** Where the statements of a test inside a `describe` stand. */
const bodyIndent = 4;

function linesOf(text: string): readonly string[] {
  return text.split("\n");
}
