import type { SyncConfig } from "../config/defineSync";
import type { FieldData } from "../config/fields";
import type { TableSpec } from "./configText";
import type { FieldSpec } from "./fieldSpec";

/** The config as it would be with one more table: what is checked before the text is edited. */
export function withTable(config: SyncConfig, spec: TableSpec): SyncConfig {
  const options = {
    policy: spec.policy,
    ...(spec.by === null ? {} : { by: spec.by }),
    ...(spec.merge === null ? {} : { merge: spec.merge }),
    ...(spec.uniqueBy.length === 0 ? {} : { uniqueBy: spec.uniqueBy }),
    ...(spec.operations === null ? {} : { operations: spec.operations }),
    fields: Object.fromEntries(spec.fields.map((field) => [field.name, fieldData(field)])),
  };
  return { ...config, tables: withEntry(config.tables, spec.name, options) };
}

/** The config as it would be with one more field. A table that is not there is left to the edit to report. */
export function withField(config: SyncConfig, table: string, field: FieldSpec): SyncConfig {
  const options = entryOf(config.tables, table);
  if (!isRecord(options)) return config;
  const fields = withEntry(options["fields"], field.name, fieldData(field));
  return { ...config, tables: withEntry(config.tables, table, { ...options, fields }) };
}

function fieldData(field: FieldSpec): FieldData {
  return {
    kind: field.kind,
    ...(field.kind === "choice" ? { choices: field.choices } : {}),
    ...(field.references === null ? {} : { reference: field.references }),
    ...(field.optional ? { optional: true } : {}),
    ...(field.default === null ? {} : { default: field.default.value }),
  };
}

function withEntry(record: unknown, key: string, value: unknown): unknown {
  const entries = isRecord(record) ? Object.entries(record) : [];
  // From entries, because assigning to a key called `__proto__` would not make one.
  return Object.fromEntries([...entries.filter(([name]) => name !== key), [key, value]]);
}

function entryOf(record: unknown, key: string): unknown {
  return isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
