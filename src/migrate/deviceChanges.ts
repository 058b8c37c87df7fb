import type { FieldModel } from "../model/model";
import { fieldColumn, isOnDevice, sqlLiteral } from "../targets/stores/expoSqlite/columns";
import type { FieldChange, KeptTable, ModelDiff } from "./diffModels";
import type { History } from "./history";

/** What a migration has to do, by names alone; the columns themselves stand in the snapshots. */
export interface DeviceChanges {
  /** Tables of the last schema that the migration touches. */
  readonly oldNames: ReadonlySet<string>;
  /** Tables of the next schema that the migration touches. */
  readonly newNames: ReadonlySet<string>;
  /** Tables that are deleted. */
  readonly removed: ReadonlySet<string>;
  /** Every touched table that stays, in the order in which names become free. */
  readonly renames: readonly TableRename[];
  /** Statements that give existing rows values they must have, over the new names. */
  readonly fills: readonly string[];
}

/** A table whose rows move, under its own name or a new one. */
export interface TableRename {
  readonly from: string;
  readonly to: string;
  /** Renamed columns by their old name, in the order in which names become free. */
  readonly columns: ReadonlyMap<string, string>;
  /** Old columns that go; one of the same name may come. */
  readonly dropped: ReadonlySet<string>;
}

/**
 * Works out which device tables change and how; empty sets when no migration is needed. `after`: the fingerprints of the tables as they
 * are to be, by name.
 */
export function deviceChanges(
  diff: ModelDiff,
  history: History | null,
  after: Readonly<Record<string, string>>,
  systemFingerprints: Readonly<Record<string, string>>,
): DeviceChanges {
  const before = history?.device ?? {};
  const added = diff.tables.flatMap((change) => (change.kind === "added" ? [change.to.name] : []));
  const removed = diff.tables.flatMap((change) =>
    change.kind === "removed" ? [change.from.name] : [],
  );
  const touched = diff.tables.filter((change): change is KeptTable => {
    if (change.kind !== "kept") return false;
    const rename = renameOf(change);
    const isMoved = rename.from !== rename.to || rename.columns.size > 0 || rename.dropped.size > 0;
    return (
      isMoved || before[change.from.name] !== after[change.to.name] || fillsOf(change).length > 0
    );
  });
  const system = Object.keys(systemFingerprints).filter(
    (name) => before[name] !== systemFingerprints[name],
  );
  const knownSystem = system.filter((name) => Object.hasOwn(before, name));

  return {
    oldNames: new Set([...removed, ...touched.map((change) => change.from.name), ...knownSystem]),
    newNames: new Set([...added, ...touched.map((change) => change.to.name), ...system]),
    removed: new Set(removed),
    renames: inRenameOrder(touched, diff).map(renameOf),
    fills: touched.flatMap(fillsOf),
  };
}

/** True when the migration would do nothing. */
export function isEmpty(changes: DeviceChanges): boolean {
  return changes.oldNames.size === 0 && changes.newNames.size === 0;
}

function inRenameOrder(touched: readonly KeptTable[], diff: ModelDiff): readonly KeptTable[] {
  const renamed = diff.pairing.renames.flatMap(({ to }) =>
    touched.filter((change) => change.to.name === to),
  );
  return [...renamed, ...touched.filter((change) => !renamed.includes(change))];
}

function renameOf(change: KeptTable): TableRename {
  const columns = new Map<string, string>();
  const dropped = new Set<string>();
  for (const field of change.fields) {
    if (field.kind === "added" || !isOnDevice(field.from)) continue;
    if (!continues(field)) dropped.add(field.from.name);
  }
  for (const { from, to } of change.pairing.renames) {
    const field = change.fields.find((item) => item.kind === "kept" && item.to.name === to);
    if (field !== undefined && continues(field)) columns.set(from, to);
  }
  return { from: change.from.name, to: change.to.name, columns, dropped };
}

/** True when the values of a column are carried over. */
function continues(field: FieldChange): boolean {
  return (
    field.kind === "kept" &&
    isOnDevice(field.from) &&
    isOnDevice(field.to) &&
    field.conversion !== "replace"
  );
}

function fillsOf(change: KeptTable): readonly string[] {
  return change.fields.flatMap((field) =>
    field.kind === "kept" && continues(field) ? fillField(change.to.name, field) : [],
  );
}

function fillField(
  table: string,
  { from, to, conversion }: Extract<FieldChange, { kind: "kept" }>,
): readonly string[] {
  const set = (value: string, where: string): string =>
    `UPDATE \`${table}\` SET \`${to.name}\` = ${value} WHERE ${where};`;
  const isRounded = conversion === "narrow" && (to.kind === "integer" || to.kind === "timestamp");
  const isChosen = conversion === "narrow" && to.kind === "choice";
  const allowed = to.choices.map((choice) => sqlLiteral(null, choice)).join(", ");
  return [
    ...(isRounded
      ? [set(`CAST(ROUND(\`${to.name}\`) AS INTEGER)`, `\`${to.name}\` IS NOT NULL`)]
      : []),
    ...(isChosen ? [set(defaultLiteral(to), `\`${to.name}\` NOT IN (${allowed})`)] : []),
    ...(from.optional && !to.optional ? [set(defaultLiteral(to), `\`${to.name}\` IS NULL`)] : []),
  ];
}

function defaultLiteral(field: FieldModel): string {
  return field.default === null ? "NULL" : sqlLiteral(fieldColumn(field).mode, field.default.value);
}
