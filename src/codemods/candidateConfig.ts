import type { SyncConfig } from "../config/defineSync";
import type { FieldData } from "../config/fields";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { TableSpec } from "./configText";
import type { FieldSpec } from "./fieldSpec";

/** The config as it would be with one more table: what is checked before the text is edited. An error when the table is there. */
export function withTable(config: SyncConfig, spec: TableSpec): Outcome<SyncConfig> {
  if (entryOf(config.tables, spec.name) !== undefined)
    return refused("SG930", `There is a table "${spec.name}" already.`, {
      hint: `Use "sync-gen add-field ${spec.name} …" to extend it.`,
    });
  const options = {
    policy: spec.policy,
    ...(spec.scope === null ? {} : { scope: spec.scope }),
    ...(spec.by === null ? {} : { by: spec.by }),
    ...(spec.merge === null ? {} : { merge: spec.merge }),
    ...(spec.uniqueBy.length === 0 ? {} : { uniqueBy: spec.uniqueBy }),
    ...(spec.operations === null ? {} : { operations: spec.operations }),
    fields: Object.fromEntries(spec.fields.map((field) => [field.name, fieldData(field)])),
  };
  return accepted({ ...config, tables: withEntry(config.tables, spec.name, options) });
}

/** The config as it would be with one more field. An error when there is no such table, or the field is there. */
export function withField(
  config: SyncConfig,
  table: string,
  field: FieldSpec,
): Outcome<SyncConfig> {
  const options = entryOf(config.tables, table);
  if (!isRecord(options)) {
    const allowed = Object.keys(isRecord(config.tables) ? config.tables : {}).join(", ");
    return refused("SG931", `There is no table "${table}".`, { allowed });
  }
  if (entryOf(options["fields"], field.name) !== undefined)
    return refused("SG932", `The table "${table}" already has a field "${field.name}".`, {});
  const fields = withEntry(options["fields"], field.name, fieldData(field));
  return accepted({ ...config, tables: withEntry(config.tables, table, { ...options, fields }) });
}

function accepted(value: SyncConfig): Outcome<SyncConfig> {
  return { ok: true, value, diagnostics: [] };
}

function refused(
  code: Diagnostic["code"],
  message: string,
  more: Pick<Diagnostic, "allowed" | "hint">,
): Outcome<SyncConfig> {
  return { ok: false, diagnostics: [{ code, severity: "error", message, ...more }] };
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
