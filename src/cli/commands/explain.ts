import { readModel } from "../../generate";
import { didYouMean } from "../../kernel/text";
import type { FieldModel, PolicyName, TableModel } from "../../model/model";
import { policyRegistry } from "../../policies/policyRegistry";
import { type CommandResult, defineCommand, failed, type Line } from "../command";

/** `sync-gen explain <table|policy>`: what a table does, or what a policy promises. */
export const explain = defineCommand({
  name: "explain",
  summary: "Says what a table of the config does, or what a policy promises.",
  positionals: { subject: { description: "a table or a policy", required: true } },
  options: {},
  examples: [
    { command: "explain mobile-wins", purpose: "who wins a conflict, and what that costs" },
    { command: "explain tasks", purpose: "fields, policy and names of a table" },
  ],
  async run({ subject }, { root, config, files }) {
    if (isPolicyName(subject)) return explainPolicy(subject);
    // Policies can be explained anywhere; a table needs its config.
    if (!files.exists(config)) return unknownSubject(subject, []);
    const read = await readModel({ root, config });
    if (!read.ok) return failed(read.diagnostics);
    const table = read.value.tables.find(({ name }) => name === subject);
    if (table === undefined)
      return unknownSubject(
        subject,
        read.value.tables.map(({ name }) => name),
      );
    return {
      exitCode: 0,
      lines: tableLines(table),
      json: { table },
      diagnostics: read.diagnostics,
    };
  },
});

function isPolicyName(subject: string): subject is PolicyName {
  return Object.hasOwn(policyRegistry, subject);
}

function unknownSubject(subject: string, tables: readonly string[]): CommandResult {
  const known = [...tables, ...Object.keys(policyRegistry)];
  const hint = didYouMean(subject, known);
  return failed([
    {
      code: "SG907",
      severity: "error",
      message: `There is no table and no policy "${subject}".`,
      allowed: known.join(", "),
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}

function explainPolicy(name: PolicyName): CommandResult {
  const { meta } = policyRegistry[name];
  return {
    exitCode: 0,
    lines: policyLines(name),
    json: { policy: { name, ...meta } },
    diagnostics: [],
  };
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
  const { name, names, description, fields, operations, policy, uniqueBy } = table;
  const width = Math.max(...fields.map((field) => field.name.length));
  return [
    { style: "heading", text: name },
    ...(description === "" ? [] : [description]),
    `A row is a ${names.row}; the hook is ${names.hook}; devices may ${operations.join(", ")}.`,
    ...(uniqueBy.length === 0
      ? []
      : [`A row is found by ${uniqueBy.join(", ")}: two devices that create it make one row.`]),
    "",
    ...fields.map((field) => `  ${field.name.padEnd(width)}  ${describeField(field)}`),
    "",
    ...policyLines(policy.name),
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
