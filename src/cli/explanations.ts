import type { FieldModel, Model, PolicyModel, PolicyName, TableModel } from "../model/model";
import { policyRegistry } from "../policies/policyRegistry";
import { columns } from "./columns";
import type { CommandResult, Line } from "./command";

type Explanation = Pick<CommandResult, "lines" | "json">;

/** Every policy's name, in the order of the documentation. */
export const policyNames: readonly string[] = Object.keys(policyRegistry);

/** The policy of this name. */
export function findPolicy(name: string): PolicyName | undefined {
  // Safe: the line says that it is a key.
  return Object.hasOwn(policyRegistry, name) ? (name as PolicyName) : undefined;
}

/** What a policy promises. */
export function describePolicy(name: PolicyName): Explanation {
  return { lines: policyLines(name), json: { policy: { name, ...policyRegistry[name].meta } } };
}

/** What a table holds, what devices may do with it, and what its policy promises. */
export function describeTable(table: TableModel): Explanation {
  return { lines: tableLines(table), json: { table } };
}

/** Which tables people share by a scope, and where it is said who they are. */
export function describeScope(
  scope: string,
  { server, tables }: Pick<Model, "server" | "tables">,
): Explanation {
  const shared = tables.filter((table) => table.scope === scope);
  return {
    lines: [
      { style: "heading", text: scope },
      `Each row of these tables is in one ${scope}, which its scopeId names; all members of that one share it:`,
      "",
      ...indented(shared.map(tableRow)),
      "",
      `${server.out}/syncScopes.ts says who its members are, and who of them may write.`,
    ],
    json: { scope: { name: scope, tables: shared.map(({ name }) => name) } },
  };
}

/** The tables of a config with their policies, and every policy in a sentence. */
export function describeAll(tables: readonly TableModel[]): Explanation {
  const names = Object.entries(policyRegistry);
  const policies = names.map(([name, { meta }]) => ({ name, summary: meta.summary }));
  return {
    lines: [
      ...(tables.length === 0 ? [] : tableList(tables)),
      { style: "heading", text: "Policies" },
      ...indented(policies.map(({ name, summary }) => [name, summary])),
      "",
      { style: "dim", text: "More about one: sync-gen explain <table, scope or policy>" },
    ],
    json: {
      tables: tables.map(({ name, policy, scope }) => ({ name, policy: policy.name, scope })),
      policies,
    },
  };
}

function tableList(tables: readonly TableModel[]): readonly Line[] {
  return [{ style: "heading", text: "Tables" }, ...indented(tables.map(tableRow)), ""];
}

function tableRow({ name, policy, scope, description }: TableModel): readonly string[] {
  const shared = scope === null ? [] : [`shared by ${scope}`];
  return [name, policy.name, [...shared, ...(description === "" ? [] : [description])].join(": ")];
}

function indented(rows: readonly (readonly string[])[]): readonly string[] {
  return columns(rows).map((line) => `  ${line}`);
}

function policyLines(name: PolicyName): readonly Line[] {
  const { summary, wins, loses, needs, choose, laws } = policyRegistry[name].meta;
  return [
    { style: "heading", text: name },
    summary,
    "",
    `Wins    ${wins}`,
    `Loses   ${loses}`,
    `Needs   ${needs}`,
    `Choose  ${choose}`,
    `Laws    ${laws.join(", ")}`,
  ];
}

function tableLines(table: TableModel): readonly Line[] {
  const { name, names, description, scope, fields, operations, policy, uniqueBy } = table;
  const width = Math.max(...fields.map((field) => field.name.length));
  return [
    { style: "heading", text: name },
    ...(description === "" ? [] : [description]),
    `The type of a row is ${names.row}; the hooks are ${names.hook} and ${names.rowHook}; devices may ${operations.join(", ")}.`,
    ...(scope === null
      ? []
      : [`Each row is in one ${scope}, and all members of that one share it.`]),
    ...(uniqueBy.length === 0
      ? []
      : [
          `A row is found by ${uniqueBy.join(", ")}: two devices that create it${scope === null ? "" : ` in the same ${scope}`} make one row.`,
        ]),
    ...policyOptions(policy),
    "",
    ...fields.map((field) => `  ${field.name.padEnd(width)}  ${describeField(field)}`),
    "",
    ...policyLines(policy.name),
  ];
}

/** What the config says beside the name of the policy. */
function policyOptions({ by, module, deletes }: PolicyModel): readonly string[] {
  return [
    ...(by === null ? [] : [`The row with the greater ${by} stays.`]),
    ...(module === null ? [] : [`${module.export} of ${module.path} decides.`]),
    ...(deletes === "win" ? ["A delete on the server wins over edits that had not seen it."] : []),
  ];
}

function describeField(field: FieldModel): string {
  const { kind, references, choices, optional, side, indexed, merge } = field;
  const words = [
    references === null ? kind : `reference to ${references}`,
    ...(choices.length === 0 ? [] : [choices.map((choice) => JSON.stringify(choice)).join(" | ")]),
    ...(optional ? ["optional"] : []),
    ...(field.default === null ? [] : [`default ${JSON.stringify(field.default.value)}`]),
    ...(indexed ? ["indexed"] : []),
    ...(side === "both" ? [] : [`only on the ${side}`]),
    ...(merge === null ? [] : [`merged as ${merge.kind}`]),
  ];
  return words.join(", ");
}
