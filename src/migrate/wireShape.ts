import { fingerprint } from "./fingerprint";
import type { HistoryTable } from "./history";

/**
 * A fingerprint of what ops of these tables may hold, and of what they are asked for by. It is another one in every schema version, and the same in all that
 * is generated under one; a version number alone does not tell the versions of two branches apart.
 */
export function wireShape(tables: readonly HistoryTable[]): string {
  const shape = tables.map(({ name, entity, scope, operations, fields }) => [
    name,
    ...(entity === undefined ? [] : [entity]),
    ...(scope === undefined ? [] : [{ scope }]),
    [...operations].sort(),
    fields
      .filter(({ side }) => side === "both")
      .map((field) => [
        field.name,
        field.kind,
        field.optional,
        field.references,
        [...field.choices].sort(),
      ])
      .sort(byName),
  ]);
  return fingerprint(JSON.stringify(shape.sort(byName))).slice(0, 16);
}

function byName(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}
