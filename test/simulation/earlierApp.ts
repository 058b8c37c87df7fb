import type { OracleOp, Row } from "./oracle";

/** 1: the earlier version of the app. 2: the current one, which is the server's version, too. */
export type AppVersion = 1 | 2;

export const currentVersion: AppVersion = 2;

/** By today's table and field: what the earlier app calls the field. One name went from one field to another. */
export const formerNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  projects: { name: "title" },
  tasks: { text: "title" },
  notes: { title: "subject" },
  places: { label: "caption", latitude: "breadth", longitude: "latitude" },
  contacts: { phone: "tel", visits: "calls" },
  readings: { value: "amount" },
  scores: { points: "score" },
  drafts: { text: "content" },
  boards: { name: "title" },
  guests: { phone: "tel" },
  patients: { phone: "tel", visits: "calls" },
};

/** By table: fields that the earlier app does not have, with what its rows get. */
export const newFields: Readonly<Record<string, Row>> = {
  tasks: { isCompleted: false, estimate: null },
  notes: { body: null },
  contacts: { tags: [] },
  duties: { remark: null },
  parcels: { tags: [] },
};

/** By table and field: a choice that only the earlier app has. */
export const goneChoices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tasks: { priority: "urgent" },
};

/** What an app of `version` calls a field of today. */
export const nameIn = (version: AppVersion, table: string, field: string): string =>
  version === currentVersion ? field : (formerNames[table]?.[field] ?? field);

/** True for a field of today that an app of `version` has. */
export const isKnownTo = (version: AppVersion, table: string, field: string): boolean =>
  version === currentVersion || !(field in (newFields[table] ?? {}));

/** Values of today as an app of `version` has them. */
export function valuesIn<Value>(
  version: AppVersion,
  table: string,
  values: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([field]) => isKnownTo(version, table, field))
      .map(([field, value]) => [nameIn(version, table, field), value]),
  );
}

const currentNames = Object.fromEntries(
  Object.entries(formerNames).map(([table, names]) => [
    table,
    Object.fromEntries(Object.entries(names).map(([field, former]) => [former, field])),
  ]),
);

/** Values of an app of `version` under today's names. */
export function valuesToday<Value>(
  version: AppVersion,
  table: string,
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (version === currentVersion) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [currentNames[table]?.[name] ?? name, value]),
  );
}

/** The op as if the current app had made it. */
export function opToday(op: OracleOp): OracleOp {
  if (op.schemaVersion === currentVersion) return op;
  const { table, kind } = op;
  const added = newFields[table] ?? {};
  const fields = valuesToday(1, table, op.fields);
  return {
    ...op,
    fields: kind === "create" ? { ...added, ...fields } : fields,
    base: op.base && { ...added, ...valuesToday(1, table, withoutGone(table, op.base)) },
    clocks: op.clocks && valuesToday(1, table, op.clocks),
  };
}

function withoutGone(table: string, base: Row): Row {
  return Object.fromEntries(
    Object.entries(base).filter(([field, value]) => goneChoices[table]?.[field] !== value),
  );
}

/** True for an op that sets what no app may set any more. */
export const holdsGoneChoice = ({ table, fields }: Pick<OracleOp, "table" | "fields">): boolean =>
  Object.entries(goneChoices[table] ?? {}).some(([field, choice]) => fields[field] === choice);

/** What the op says about a row that is there: nothing about fields that its app does not have. */
export function withoutNewFields(op: OracleOp, there: Row): OracleOp {
  const added = newFields[op.table];
  if (op.schemaVersion === currentVersion || added === undefined) return op;
  const isKnown = ([field]: readonly [string, unknown]) => !(field in added);
  const theirs = Object.fromEntries(Object.entries(there).filter((entry) => !isKnown(entry)));
  return {
    ...op,
    fields: Object.fromEntries(Object.entries(op.fields).filter(isKnown)),
    base: op.base && { ...op.base, ...theirs },
  };
}
