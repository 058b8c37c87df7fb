import type { TableModel } from "../../model/model";
import { countOf } from "../../kernel/text";
import { columns } from "../columns";
import { defineCommand, failed } from "../command";

/** `sync-gen list`: the tables of the config. */
export const list = defineCommand({
  name: "list",
  summary: "Lists the tables of the config with their policies and operations.",
  positionals: {},
  options: {},
  examples: [
    { command: "list", purpose: "what is synced" },
    { command: "list --json", purpose: "the same, for a program" },
  ],
  async run(_values, { root, config }) {
    const { readModel } = await import("../../generate");
    const read = await readModel({ root, config });
    if (!read.ok) return failed(read.diagnostics);
    const { tables } = read.value;
    return {
      exitCode: 0,
      lines: toLines(tables),
      json: { tables: tables.map(describe) },
      diagnostics: read.diagnostics,
    };
  },
});

function describe({
  name,
  policy,
  scope,
  operations,
  fields,
}: TableModel): Readonly<Record<string, unknown>> {
  return {
    name,
    policy: policy.name,
    scope,
    operations,
    fields: fields.map((field) => field.name),
  };
}

function toLines(tables: readonly TableModel[]): readonly string[] {
  return columns(
    tables.map(({ name, policy, scope, operations, fields }) => [
      name,
      policy.name,
      operations.join(" "),
      countOf(fields.length, "field"),
      scope === null ? "" : `shared by ${scope}`,
    ]),
  );
}
