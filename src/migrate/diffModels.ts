import type { FieldKind, FieldModel, TableModel } from "../model/model";
import type { HistoryField, HistoryTable } from "./history";
import { pairRenames, type Pairing } from "./pairRenames";

/** What changed from the last model to this one, before anything is judged. */
export interface ModelDiff {
  readonly tables: readonly TableChange[];
  readonly pairing: Pairing;
}

/** What happened to a table since the last run. */
export type TableChange =
  | {
      readonly kind: "added";
      readonly to: TableModel;
      /** What changed since a table of the name went, whose documents Convex may hold; `null` where there was none. */
      readonly since: KeptTable | null;
    }
  | { readonly kind: "removed"; readonly from: HistoryTable }
  | KeptTable;

/** A table that was there before and still is, if by another name. */
export interface KeptTable {
  readonly kind: "kept";
  readonly from: HistoryTable;
  readonly to: TableModel;
  /** Unchanged fields included. */
  readonly fields: readonly FieldChange[];
  readonly pairing: Pairing;
}

/** What happened to a field since the last run. */
export type FieldChange =
  | { readonly kind: "added"; readonly to: FieldModel }
  | { readonly kind: "removed"; readonly from: HistoryField }
  | {
      readonly kind: "kept";
      readonly from: HistoryField;
      readonly to: FieldModel;
      readonly conversion: Conversion;
    };

/** What happens to the values of a field that is kept. */
export type Conversion =
  /** Every value stays valid. */
  | "keep"
  /** Some values may not be valid any more: removed choices, fractions, ids that are none. */
  | "narrow"
  /** No value can be carried over: the field starts anew. */
  | "replace";

/** Compares what the last run remembered with the tables of this one. `gone`: tables of runs before that. */
export function diffModels(
  before: readonly HistoryTable[],
  after: readonly TableModel[],
  gone: readonly HistoryTable[] = [],
): ModelDiff {
  const pairing = pairRenames(
    before.map((table) => table.name),
    after,
  );
  const oldTables = new Map(before.map((table) => [table.name, table]));
  const tables = after.map((to): TableChange => {
    const from = oldTables.get(pairing.oldNames.get(to.name) ?? "");
    if (from !== undefined) return diffTable(from, to, pairing);
    const last = gone.findLast((table) => table.name === to.name);
    return { kind: "added", to, since: last ? diffTable(last, to, pairing) : null };
  });
  const removed = before
    .filter((table) => pairing.removed.includes(table.name))
    .map((from): TableChange => ({ kind: "removed", from }));
  return { tables: [...tables, ...removed], pairing };
}

function diffTable(from: HistoryTable, to: TableModel, tables: Pairing): KeptTable {
  const pairing = pairRenames(
    from.fields.map((field) => field.name),
    to.fields,
  );
  const oldFields = new Map(from.fields.map((field) => [field.name, field]));
  const fields = to.fields.map((field): FieldChange => {
    const old = oldFields.get(pairing.oldNames.get(field.name) ?? "");
    if (old === undefined) return { kind: "added", to: field };
    return { kind: "kept", from: old, to: field, conversion: conversionOf(old, field, tables) };
  });
  const removed = from.fields
    .filter((field) => pairing.removed.includes(field.name))
    .map((field): FieldChange => ({ kind: "removed", from: field }));
  return { kind: "kept", from, to, fields: [...fields, ...removed], pairing };
}

/** Choices that a field no longer allows; empty where none were taken away. */
export function removedChoices(
  from: HistoryField,
  to: Pick<FieldModel, "kind" | "choices">,
): readonly string[] {
  if (from.kind !== "choice" || to.kind !== "choice") return [];
  return from.choices.filter((choice) => !to.choices.includes(choice));
}

function conversionOf(from: HistoryField, to: FieldModel, tables: Pairing): Conversion {
  if (valueShape[from.kind] !== valueShape[to.kind]) return "replace";
  if (to.kind === "choice")
    return from.kind === "choice" && removedChoices(from, to).length === 0 ? "keep" : "narrow";
  if (to.kind === "reference") {
    const target = to.references === null ? undefined : tables.oldNames.get(to.references);
    return from.kind === "reference" && target === from.references ? "keep" : "narrow";
  }
  const losesFractions = from.kind === "real" && to.kind !== "real";
  return losesFractions ? "narrow" : "keep";
}

/** Kinds whose values look the same on the wire and in SQLite. */
const valueShape = {
  text: "text",
  choice: "text",
  reference: "text",
  integer: "number",
  timestamp: "number",
  real: "number",
  boolean: "boolean",
  json: "json",
} as const satisfies Record<FieldKind, string>;
