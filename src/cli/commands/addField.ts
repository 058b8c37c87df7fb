import { defineCommand, failed } from "../command";

/** `sync-gen add-field <table> <field>`: a new field in a table of the config. */
export const addField = defineCommand({
  name: "add-field",
  summary: "Adds a field to a table of the config, with your comments and formatting intact.",
  positionals: {
    table: { description: "a table of the config", required: true },
    field: { description: 'the field: title:text, "dueAt:timestamp?"', required: true },
  },
  takes: ["dryRun"],
  options: {},
  examples: [
    { command: 'add-field tasks "dueAt:timestamp?"', purpose: "an optional field" },
    {
      command: 'add-field tasks "priority:choice(low,high)=low"',
      purpose: "a field that rows of earlier versions get a value for",
    },
  ],
  async run(values, context) {
    const { parseFieldSpec } = await import("../../codemods/fieldSpec");
    const { addFieldAt, addFieldToConfig, fieldSnippet } =
      await import("../../codemods/configEdit");
    const { withField } = await import("../../codemods/candidateConfig");
    const { changeConfig } = await import("../changeConfig");

    const parsed = parseFieldSpec(values.field);
    if (!parsed.ok) return failed(parsed.diagnostics);
    const field = parsed.value;
    return await changeConfig(context, {
      done: `Added ${field.name} to ${values.table}.`,
      purpose: `adds the field ${field.name} to ${values.table}`,
      edit: (text) => addFieldToConfig(context.config, text, values.table, field),
      object: ["tables", values.table, "fields"],
      snippet: fieldSnippet(field),
      editAt: (place, text) => addFieldAt(place, text, field),
      candidate: (config) => withField(config, values.table, field),
      field: { table: values.table, name: field.name, written: values.field },
      json: { table: values.table, field: field.name },
    });
  },
});
