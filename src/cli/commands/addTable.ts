import type { OperationName } from "../../model/model";
import { operationNames, policyNames } from "../../config/vocabulary";
import type { Diagnostic, Outcome } from "../../kernel/diagnostic";
import { type Ask, defineCommand, failed } from "../command";

/** `sync-gen add-table <name>`: a new table in the config. */
export const addTable = defineCommand({
  name: "add-table",
  summary: "Adds a table to the config, with your comments and formatting intact.",
  positionals: { name: { description: "the table's name: plural, in camelCase", required: true } },
  takes: ["dryRun"],
  options: {
    policy: {
      kind: "text",
      description: "who wins when two sides change the same row (default: mobile-wins)",
      choices: policyNames,
    },
    scope: {
      kind: "text",
      description:
        "what people share its rows by: workspace (default: every row is its user's own)",
    },
    field: {
      kind: "list",
      description: 'a field: title:text, "done:boolean=false", "dueAt:timestamp?"',
    },
    operations: {
      kind: "text",
      description: "what devices may do: create,update,delete (default: all)",
    },
    uniqueBy: { kind: "text", description: "fields of the natural key: owner,day" },
    by: { kind: "text", description: "max-wins: the field that is compared" },
    merge: { kind: "text", description: "custom: where the function is, merge/notes.ts#mergeNote" },
  },
  examples: [
    {
      command:
        'add-table notes --policy mobile-wins --field title:text --field "done:boolean=false"',
      purpose: "a table with two fields",
    },
    {
      command:
        'add-table tasks --field "priority:choice(low,high)=low" --field "project:reference(projects)?"',
      purpose: "choices and references; quotes keep the shell from reading the parentheses",
    },
    {
      command: "add-table documents --scope workspace --field title:text",
      purpose: "rows that the members of a workspace share",
    },
  ],
  async run(values, context) {
    const { parseFieldSpecs } = await import("../../codemods/fieldSpec");
    const { addTableAt, addTableToConfig, tableSnippet } =
      await import("../../codemods/configEdit");
    const { withTable } = await import("../../codemods/candidateConfig");
    const { changeConfig } = await import("../changeConfig");

    const written = await fieldsOf(values.field, context.ask);
    if (written.length === 0) return failed([noFields(values.name)]);
    const fields = parseFieldSpecs(written);
    const operations = parseOperations(values.operations);
    if (!fields.ok || !operations.ok) {
      return failed([...fields.diagnostics, ...operations.diagnostics]);
    }
    const spec = {
      name: values.name,
      policy: values.policy ?? "mobile-wins",
      scope: values.scope ?? null,
      operations: operations.value,
      by: values.by ?? null,
      merge: values.merge ?? null,
      uniqueBy: split(values.uniqueBy),
      fields: fields.value,
    };
    return await changeConfig(context, {
      done: `Added the table ${spec.name}.`,
      purpose: `adds the table ${spec.name}`,
      edit: (text) => addTableToConfig(context.config, text, spec),
      object: ["tables"],
      snippet: tableSnippet(spec),
      editAt: (place, text) => addTableAt(place, text, spec),
      candidate: (config) => withTable(config, spec),
      json: { table: spec.name },
    });
  },
});

async function fieldsOf(given: readonly string[], ask: Ask | null): Promise<readonly string[]> {
  if (given.length > 0 || ask === null) return given;
  const answer = await ask.text({
    message: "Which fields? (name:kind, separated by spaces)",
    initial: "title:text done:boolean=false",
  });
  return (answer ?? "").split(/\s+/).filter(Boolean);
}

function noFields(table: string): Diagnostic {
  return {
    code: "SG934",
    severity: "error",
    message: `The table "${table}" needs at least one field.`,
    hint: `Say which: sync-gen add-table ${table} --field title:text`,
  };
}

function parseOperations(text: string | undefined): Outcome<readonly OperationName[] | null> {
  if (text === undefined) return { ok: true, value: null, diagnostics: [] };
  const names = split(text);
  const known = operationNames.filter((name) => names.includes(name));
  if (names.length > 0 && known.length === new Set(names).size) {
    return { ok: true, value: known, diagnostics: [] };
  }
  return {
    ok: false,
    diagnostics: [
      {
        code: "SG935",
        severity: "error",
        message: `--operations ${text} cannot be read.`,
        allowed: "create, update, delete, separated by commas",
      },
    ],
  };
}

function split(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
