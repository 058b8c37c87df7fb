/**
 * What the server's rows must be, folded from the batches that reached it. Written from the protocol's text and shares no
 * line with the code under test: two mistakes would have to agree to go unnoticed.
 */

import { holdsGoneChoice, withoutNewFields } from "./earlierApp";
import { oracleTables, required } from "./oracleTables";

type Value = unknown;
export type Row = Readonly<Record<string, Value>>;

export interface OracleOp {
  readonly opId: string;
  readonly table: string;
  /** The scope that its row is in. */
  readonly scopeId?: string;
  readonly clientId: string;
  readonly kind: string;
  readonly fields: Row;
  readonly base: Row | null;
  readonly baseStamp: string | null;
  readonly edited: string;
  readonly clocks: Readonly<Record<string, string>> | null;
  readonly group: string | null;
  readonly carriedBy: { readonly deviceId: string; readonly batchSeq: number } | null;
  /** The version of the app that made it. */
  readonly schemaVersion: number;
}

export interface OracleRow {
  /** Whose it is: its user, or the scope that it is in. */
  readonly owner: string;
  /** Who made it, which never changes. */
  readonly creator: string;
  readonly table: string;
  readonly clientId: string;
  /** `null`: deleted. */
  readonly fields: Row | null;
  readonly stamp: string;
  readonly edited: string;
  readonly opId: string | null;
  readonly clocks: Readonly<Record<string, string>>;
}

export type Outcome = "landed" | "lost" | "conflict" | "rejected";

const stages = ["lead", "customer", "former"];
const merging = ["visits", "tags", "stage"];
const maxAhead = 5 * 60_000;

const same = (a: Value, b: Value) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** True for a field that combines, in whichever table. */
const isMerging = (field: string) => merging.includes(field);

/** A clock reading, believed up to five minutes ahead of the server. */
function believed(hlc: string, now: number): string {
  const latest = now + maxAhead;
  return Number(hlc.slice(0, 15)) > latest ? String(latest).padStart(15, "0") + hlc.slice(15) : hlc;
}

/** A counter adds up, a set joins, a stage goes forward only. */
function mergeField(field: string, base: Value, theirs: Value, mine: Value): Value {
  if (same(base, mine)) return theirs;
  if (field === "visits") return Number(theirs) + Number(mine) - Number(base);
  if (field === "stage")
    return stages.indexOf(String(mine)) > stages.indexOf(String(theirs)) ? mine : theirs;
  const [before, after, there] = [base, mine, theirs].map((set) => new Set(set as string[]));
  if (!before || !after || !there) return theirs;
  if (same(base, theirs) || same(mine, theirs)) return mine;
  return [...there]
    .filter((item) => after.has(item) || !before.has(item))
    .concat([...after].filter((item) => !before.has(item) && !there.has(item)))
    .sort();
}

export interface Decided {
  readonly outcome: Outcome;
  /** `undefined`: the row stays. */
  readonly row?: Pick<OracleRow, "fields" | "edited" | "clocks">;
}

/** What one op does to a row. `made`: in the words of today; `isConcurrent`: the row changed since the op's base. */
export function decideOp(
  made: OracleOp,
  current: OracleRow | null,
  isConcurrent: boolean,
  now: number,
): Decided {
  const table = oracleTables[made.table];
  if (!table) throw new Error(`The oracle has no table ${made.table}.`);
  const op = current?.fields ? withoutNewFields(made, current.fields) : made;
  if (holdsGoneChoice(op)) return { outcome: "rejected" };
  const time = believed(op.edited, now);
  const timeOf = (field: string) => believed(op.clocks?.[field] ?? op.edited, now);
  const times = Object.fromEntries(Object.keys(op.fields).map((field) => [field, timeOf(field)]));
  const isDelete = op.kind === "delete";
  const perField = table.policy === "field-merge";
  if (!table.operations.includes(op.kind)) return { outcome: "rejected" };
  if (current === null) {
    if (isDelete) return { outcome: "landed" };
    if (op.kind === "create")
      return {
        outcome: "landed",
        row: {
          fields: { ...table.fields, ...op.fields },
          edited: time,
          clocks: perField ? times : {},
        },
      };
    if (op.base === null) return { outcome: "rejected" };
    // Deleted so long ago that nobody remembers.
    if (table.policy === "mobile-wins")
      return {
        outcome: "landed",
        row: { fields: { ...op.base, ...op.fields }, edited: time, clocks: {} },
      };
    if (table.policy !== "custom")
      return { outcome: table.policy === "manual" ? "conflict" : "rejected" };
    // The app's function is asked, as about any deleted row.
    const none = { owner: "", creator: "" };
    const gone = { ...op, ...none, fields: null, stamp: "", edited: "", opId: null, clocks: {} };
    return decideOp(op, gone, true, now);
  }
  if (current.opId === op.opId) return { outcome: "landed" };
  if (isDelete && current.fields === null) return { outcome: "landed" };

  const alive = current.fields;
  const edited = current.edited > time ? current.edited : time;
  const plain = Object.keys(op.fields).filter((field) => !isMerging(field));
  const onlyMerging = op.kind === "update" && plain.length === 0;
  const merged: Record<string, Value> = {};
  const under = alive ?? op.base;
  if (under !== null && !isDelete)
    for (const field of Object.keys(op.fields))
      if (isMerging(field))
        merged[field] =
          op.kind === "create"
            ? under[field]
            : mergeField(
                field,
                op.base === null ? under[field] : op.base[field],
                under[field],
                op.fields[field],
              );
  const says =
    alive !== null && !isDelete && plain.every((field) => same(alive[field], op.fields[field]));
  const write = (below: Row | null, clocks = current.clocks): Decided => {
    if (isDelete) return { outcome: "landed", row: { fields: null, edited, clocks } };
    const kept = Object.fromEntries(
      Object.entries(under ?? {}).filter(([field]) => isMerging(field)),
    );
    const fields: Row = { ...table.fields, ...below, ...op.fields, ...kept, ...merged };
    // A row that is not there cannot be completed by an edit of some of its fields.
    if (required.some((field) => field in fields && fields[field] === null))
      return { outcome: "rejected" };
    return { outcome: "landed", row: { fields, edited, clocks } };
  };
  const lose = (outcome: Outcome = "lost"): Decided => {
    if (alive === null) return { outcome };
    const kept = says || onlyMerging ? "landed" : outcome;
    if (isDelete || Object.keys(merged).length === 0) return { outcome: kept };
    const isChanged = Object.keys(merged).some((field) => !same(merged[field], alive[field]));
    const turnedBack = op.kind === "update" && !same(merged["stage"], op.fields["stage"]);
    if (!isChanged) return { outcome: turnedBack ? "lost" : kept };
    return {
      outcome: kept,
      row: { fields: { ...alive, ...merged }, edited: current.edited, clocks: current.clocks },
    };
  };
  const asDeviceSaw = () => write(!isConcurrent && alive !== null ? alive : (op.base ?? alive));
  const overwritesNothing =
    !isConcurrent ||
    (op.kind === "create" && alive === null && table.key !== undefined) ||
    (op.base !== null &&
      alive !== null &&
      Object.keys(alive).every(
        (field) => isMerging(field) || same(alive[field], op.base?.[field]),
      ));
  if (onlyMerging && alive !== null) return lose();
  // Where time decides, what is only added to a row does not bring it back.
  const revivesBare = onlyMerging && alive === null;

  switch (table.policy) {
    case "mobile-wins":
      return says ? { outcome: "landed" } : write(alive ?? op.base);
    case "server-wins":
      if (says) return { outcome: "landed" };
      return overwritesNothing ? write(alive ?? op.base) : lose();
    case "manual":
      if (says) return { outcome: "landed" };
      return overwritesNothing ? write(alive ?? op.base) : { outcome: "conflict" };
    case "append-only":
      return alive === null ? lose() : { outcome: "landed" };
    case "last-write-wins": {
      // Milliseconds and the counter within one, whichever device it was.
      const [mine, theirs] = [time, current.edited].map((reading) => reading.slice(0, 20));
      const later = mine === theirs ? op.opId > (current.opId ?? "") : `${mine}` > `${theirs}`;
      return !isConcurrent || (later && !revivesBare) ? asDeviceSaw() : lose();
    }
    case "hlc": {
      const later =
        time === current.edited ? op.opId > (current.opId ?? "") : time > current.edited;
      return !isConcurrent || (later && !revivesBare) ? asDeviceSaw() : lose();
    }
    case "max-wins": {
      if (isDelete) return write(null);
      const again = op.kind === "create" && alive === null;
      if (alive === null) return isConcurrent && !again ? lose() : write(op.base);
      const growth = Number(op.fields["points"] ?? alive["points"]) - Number(alive["points"]);
      return growth > 0 || (growth === 0 && overwritesNothing) ? asDeviceSaw() : lose();
    }
    case "custom": {
      if (op.fields["value"] === "explode") return { outcome: "rejected" };
      if (isDelete || alive === null) {
        const row = write(null);
        return row.row ? { ...row, row: { ...row.row, edited: time, clocks: {} } } : row;
      }
      const longer = String(op.fields["value"] ?? "").length > String(alive["value"]).length;
      return longer
        ? {
            outcome: "landed",
            row: { fields: { ...alive, ...op.fields }, edited: time, clocks: {} },
          }
        : lose();
    }
    case "field-merge": {
      if (isDelete || alive === null) {
        const later =
          time === current.edited ? op.opId > (current.opId ?? "") : time > current.edited;
        const wins = !isConcurrent || (later && !revivesBare);
        if (!wins) return lose();
        return write(!isConcurrent && alive !== null ? alive : (op.base ?? alive), {
          ...current.clocks,
          ...times,
        });
      }
      const clocks = { ...current.clocks };
      const fields: Record<string, Value> = { ...alive };
      let won = 0;
      for (const field of plain) {
        const mine = times[field] ?? time;
        const untouched = op.base !== null && same(op.base[field], alive[field]);
        const theirs = current.clocks[field] ?? (untouched ? "" : current.edited);
        const wins =
          !isConcurrent ||
          (mine === theirs
            ? JSON.stringify(op.fields[field] ?? null) > JSON.stringify(alive[field] ?? null)
            : mine > theirs);
        if (!wins) continue;
        won += 1;
        fields[field] = op.fields[field] ?? null;
        const known = clocks[field];
        clocks[field] = known !== undefined && known > mine ? known : mine;
      }
      if (won === 0) return lose();
      return { outcome: "landed", row: { fields: { ...fields, ...merged }, edited, clocks } };
    }
    default:
      throw new Error(`The oracle has no policy ${table.policy}.`);
  }
}

/** The rows of a table that an op's values name. */
export function referencesOf(op: Pick<OracleOp, "table" | "fields">): string[] {
  return Object.entries(oracleTables[op.table]?.references ?? {}).flatMap(([field, table]) => {
    const id = op.fields[field];
    return typeof id === "string" ? [`${table} ${id}`] : [];
  });
}
