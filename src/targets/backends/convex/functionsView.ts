import type { TableModel } from "../../../model/model";
import { importStatement } from "../../../render/imports";
import { fluid, group, indent, line, printLayout, type Layout } from "../../../render/layout";
import {
  call,
  callWithLast,
  objectLiteral,
  stringLiteral,
  type Property,
} from "../../../render/literals";
import type { TargetInput } from "../../target";
import { fieldsName } from "./tablesView";

/** What `templates/tables/sync.ts.hbs` is filled with. */
export interface FunctionsView {
  readonly imports: readonly string[];
  readonly schemaVersion: number;
  readonly accepts: number;
  readonly upgrades: string;
  readonly retentionDays: number;
  readonly tables: readonly TableFunctionsView[];
}

export interface TableFunctionsView {
  readonly table: string;
  /** `null` where devices neither create nor change rows. */
  readonly upsert: string | null;
  readonly upsertDoc: string;
  /** `null` where devices do not delete rows. */
  readonly remove: string | null;
  readonly changesSince: string;
  readonly all: string;
}

/** The Convex functions of every table. */
export function functionsView({ model, upgrades }: TargetInput): FunctionsView {
  const { tables } = model;
  const views = tables.map(tableFunctions);
  const validators = ["headReply", "pullArgs", "pullReply", "pushArgs", "pushReply"];
  if (views.some(({ upsert, remove }) => upsert !== null || remove !== null))
    validators.push("opReply");
  if (views.some(({ remove }) => remove !== null)) validators.push("removeArgs");
  if (views.some(({ upsert }) => upsert !== null)) validators.push("upsertArgs");
  return {
    imports: [
      ...importStatement("convex/values", [{ name: "v" }]),
      ...importStatement("./_generated/server", [
        { name: "internalMutation" },
        { name: "mutation" },
        { name: "query" },
      ]),
      ...importStatement("./syncEngine/server", [{ name: "createSyncServer" }]),
      ...importStatement(
        "./syncEngine/validators",
        validators.map((name) => ({ name })),
      ),
      ...importStatement("./syncTables", [
        ...tables.map((table) => ({ name: fieldsName(table) })),
        { name: "syncPolicies" },
        { name: "syncRules" },
        ...(upgrades.length > 0 ? [{ name: "syncUpgrades" }] : []),
      ]),
      ...importStatement("./syncUser", [{ name: "getSyncUser" }]),
    ],
    schemaVersion: model.schemaVersion,
    accepts: model.server.accepts,
    upgrades: upgrades.length > 0 ? "syncUpgrades" : "[]",
    retentionDays: model.server.retentionDays,
    tables: views,
  };
}

function tableFunctions(table: TableModel): TableFunctionsView {
  const { names, operations } = table;
  const fields = fieldsName(table);
  const creates = operations.includes("create");
  const updates = operations.includes("update");
  const upsertDoc =
    creates && updates
      ? `Creates a row of \`${table.name}\`, or changes the fields that are given.`
      : creates
        ? `Creates a row of \`${table.name}\`.`
        : `Changes the fields that are given of a row of \`${table.name}\`.`;
  return {
    table: table.name,
    upsertDoc,
    upsert:
      creates || updates
        ? declare(
            names.upsert,
            "mutation",
            call("upsertArgs", [fields]),
            call("opReply", [fields]),
            serverCall("upsert", table),
          )
        : null,
    remove: operations.includes("delete")
      ? declare(
          names.remove,
          "mutation",
          "removeArgs",
          call("opReply", [fields]),
          serverCall("remove", table),
        )
      : null,
    changesSince: declare(
      names.changesSince,
      "query",
      "pullArgs",
      call("pullReply", [fields]),
      serverCall("changesSince", table),
    ),
    all: declare(
      names.all,
      "query",
      "pullArgs",
      call("pullReply", [fields]),
      serverCall("all", table),
    ),
  };
}

function serverCall(method: string, table: TableModel): Layout {
  return call(`server.${method}`, ["ctx", stringLiteral(table.name), "args"]);
}

function declare(
  name: string,
  kind: "mutation" | "query",
  args: Layout,
  returns: Layout,
  body: Layout,
): string {
  const properties: Property[] = [
    { name: "args", value: args, breaks: "inside" },
    { name: "returns", value: returns, breaks: "inside" },
    {
      name: "handler",
      value: group(["(ctx, args) =>", group(indent([line, body]))]),
      breaks: "inside",
    },
  ];
  const definition = callWithLast(kind, [], objectLiteral(properties, true));
  return printLayout([`export const ${name} =`, fluid(definition), ";"]);
}
