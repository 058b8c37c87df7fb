// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Fields, Op, RejectionCode, WireValue } from "./protocol";

/** What changed between two schema versions, as data: everything an op written under `from` needs to become one of `to`. */
export interface Upgrade {
  readonly from: number;
  /** The same as `from` where only stored rows change, and ops do not. */
  readonly to: number;
  /** By the table's name in the older version; tables that did not change are absent. */
  readonly tables: Readonly<Record<string, TableUpgrade>>;
}

/** How a table of one schema version became that of the next. */
export interface TableUpgrade {
  readonly renamedTo?: string;
  readonly removed?: true;
  /** By the field's name in the older version; fields that did not change are absent. */
  readonly fields?: Readonly<Record<string, FieldUpgrade>>;
  /** New fields, with the value that rows of the older version get: the default, or `null`. */
  readonly added?: Readonly<Record<string, WireValue>>;
  /** Fields that must have a value from now on, with the one that rows without get: the default. By their newer names. */
  readonly filled?: Readonly<Record<string, WireValue>>;
  /**
   * By the field's name in the older version: what apps of that version get where today's row has no value, because the
   * field was dropped, or need not be filled in any more.
   */
  readonly standIns?: Readonly<Record<string, WireValue>>;
  /** By the field's name in the older version: apps of that version hold whole numbers only, and get fractions rounded. */
  readonly wholeOnly?: readonly string[];
  /** Apps of the older version cannot hold today's rows: they have to be updated before they sync again. */
  readonly unserved?: true;
  /** The table was removed before, and there may be rows of it: devices that had it fetch all of them. */
  readonly returned?: true;
  /** What becomes of stored rows beyond that; only the server has it. */
  readonly server?: StoredUpgrade;
  /**
   * The singular name of before: of a table that was renamed or removed where it is not the one worked out, of another
   * where it was changed.
   */
  readonly entity?: string;
  /** Of a table that was removed: the scope that its rows were in, if any; only the server has it. */
  readonly scope?: string;
}

/** What an op never holds: fields that only server code knows, and fields that were not always the server's, or the devices'. */
export interface StoredUpgrade {
  /** By the field's name in the older version, before what `fields` of the table says of it. */
  readonly fields?: Readonly<Record<string, FieldUpgrade>>;
  /** Fields with the value that rows of the older version get where they have none. */
  readonly added?: Readonly<Record<string, WireValue>>;
}

/** What happened to a field. */
export type FieldUpgrade =
  | { readonly renamedTo: string }
  | { readonly dropped: true }
  /** Only these values are still allowed; rows that hold another get `instead`, or none. */
  | {
      readonly choices: readonly string[];
      readonly renamedTo?: string;
      readonly instead?: WireValue;
    }
  /** Fractions are rounded. */
  | { readonly rounded: true; readonly renamedTo?: string };

/** An op in the newer schema, or why it has no place there. */
export type UpgradedOp =
  | { readonly kind: "op"; readonly op: Op }
  | {
      readonly kind: "rejected";
      /** Translated as far as it goes, so that the newer app can show it; values that have no place any more are kept. */
      readonly op: Op;
      readonly code: RejectionCode;
      /** For people; names tables and fields, never values. */
      readonly message: string;
    };

/**
 * The op as if it had been written under `version`. What cannot be translated is rejected with a reason, so that no
 * edit vanishes because the app was updated. An op of `version` itself comes back as it is.
 *
 * @param upgrades every step that is known, in any order
 */
export function upgradeOp(
  op: Op,
  upgrades: readonly Upgrade[],
  version: number,
): UpgradedOp {
  if (op.schemaVersion === version) return { kind: "op", op };
  if (op.schemaVersion > version) {
    return rejected(
      op,
      "invalid",
      `written under schema version ${op.schemaVersion}, which is newer than ${version}`,
    );
  }
  const upgrade = upgrades.find(
    ({ from, to }) => from === op.schemaVersion && to > from,
  );
  if (upgrade === undefined) {
    return rejected(
      op,
      "schema-too-old",
      `schema version ${op.schemaVersion} is no longer understood`,
    );
  }
  const next = upgradeStep(op, upgrade);
  if (next.kind === "op") return upgradeOp(next.op, upgrades, version);
  if (next.op.schemaVersion === op.schemaVersion) return next;
  return { ...next, op: upgradeOp(next.op, upgrades, version).op };
}

/** What the table that `version` calls `name` is called after all upgrades; `null` when it was removed. */
export function tableToday(
  upgrades: readonly Upgrade[],
  name: string,
  version: number,
): string | null {
  let today = name;
  for (const { tables } of stepsSince(upgrades, version)) {
    const step = own(tables, today);
    if (step?.removed === true) return null;
    today = step?.renamedTo ?? today;
  }
  return today;
}

/** The steps that lead on from `version`, oldest first. */
export function stepsSince(
  upgrades: readonly Upgrade[],
  version: number,
): readonly Upgrade[] {
  return upgrades
    .filter(({ from }) => from >= version)
    .sort((a, b) => a.from - b.from);
}

function upgradeStep(op: Op, upgrade: Upgrade): UpgradedOp {
  const table = own(upgrade.tables, op.table);
  if (table === undefined)
    return { kind: "op", op: { ...op, schemaVersion: upgrade.to } };
  if (table.removed === true)
    return rejected(op, "unknown-table", `the table ${op.table} was removed`);

  const translated = translate(op, table, upgrade.to);
  const forbidden = Object.keys(op.fields).filter(
    (field) => !isAllowed(table, op.fields, field),
  );
  if (forbidden.length > 0) {
    return rejected(
      translated,
      "invalid",
      `${forbidden.join(", ")}: the value is no longer one of the choices`,
    );
  }
  if (
    op.kind === "update" &&
    Object.keys(translated.fields).length === 0 &&
    Object.keys(op.fields).length > 0
  ) {
    return rejected(
      // What was meant stays visible, unless a field of today has the name.
      { ...translated, fields: withoutKeys(op.fields, table.added) },
      "unknown-field",
      `${Object.keys(op.fields).join(", ")}: removed`,
    );
  }
  return { kind: "op", op: translated };
}

function translate(op: Op, table: TableUpgrade, version: number): Op {
  const fields = convert(op.fields, table);
  return {
    ...op,
    table: table.renamedTo ?? op.table,
    fields:
      op.kind === "create"
        ? { ...table.added, ...table.filled, ...fields }
        : fields,
    base: op.base === null ? null : upgradeBase(op.base, table),
    clocks: op.clocks === null ? null : rename(op.clocks, table),
    schemaVersion: version,
  };
}

function withoutKeys(fields: Fields, keys: Fields = {}): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !Object.hasOwn(keys, name)),
  );
}

function isAllowed(
  table: TableUpgrade,
  values: Fields,
  field: string,
): boolean {
  const upgrade = own(table.fields, field);
  const value = values[field];
  if (upgrade === undefined || !("choices" in upgrade) || value === null)
    return true;
  return upgrade.choices.some((choice) => choice === value);
}

/** The base in the newer version. A choice that is gone was moved on the server, nobody here knows to what. */
function upgradeBase(base: Fields, table: TableUpgrade): Fields {
  const known = Object.entries(base).filter(([field]) =>
    isAllowed(table, base, field),
  );
  return { ...table.added, ...convert(Object.fromEntries(known), table) };
}

/**
 * The whole number that a fraction becomes, within what every platform can hold. Halves go away from zero, as in the
 * migration of a device.
 */
export function rounded(value: number): number {
  const whole = Math.sign(value) * Math.round(Math.abs(value));
  const most = Number.MAX_SAFE_INTEGER;
  // Not `-0`, which no platform stores as one.
  return Math.min(Math.max(whole, -most), most) || 0;
}

/** The values under their new names, rounded where they must be whole, and none missing that must be there. */
function convert(values: Fields, table: TableUpgrade): Fields {
  const whole = Object.entries(values).map(([field, value]) => {
    const upgrade = own(table.fields, field);
    const isRounded = upgrade !== undefined && "rounded" in upgrade;
    return [
      field,
      isRounded && typeof value === "number" ? rounded(value) : value,
    ] as const;
  });
  return Object.fromEntries(
    Object.entries(rename(Object.fromEntries(whole), table)).map(
      ([field, value]) => [field, value ?? own(table.filled, field) ?? null],
    ),
  );
}

/** The values under their new names, without those of dropped fields. Built anew, so that two fields may swap names. */
function rename<T extends WireValue>(
  values: Readonly<Record<string, T>>,
  table: TableUpgrade,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) => {
      const upgrade = own(table.fields, field);
      if (upgrade === undefined) return [[field, value]];
      return "dropped" in upgrade ? [] : [[upgrade.renamedTo ?? field, value]];
    }),
  );
}

/** Own properties only: names in an op arrive from outside (`constructor`, `__proto__`). */
function own<T>(
  record: Readonly<Record<string, T>> | undefined,
  key: string,
): T | undefined {
  return record !== undefined && Object.hasOwn(record, key)
    ? record[key]
    : undefined;
}

function rejected(op: Op, code: RejectionCode, message: string): UpgradedOp {
  return { kind: "rejected", op, code, message };
}
