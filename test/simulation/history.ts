import { currentVersion, holdsGoneChoice, opToday, valuesIn } from "./earlierApp";
import {
  decideOp,
  referencesOf,
  type Decided,
  type OracleOp,
  type OracleRow,
  type Outcome,
  type Row,
} from "./oracle";
import { mayRead, mayWrite, type Memberships } from "./memberships";
import type { SeenBatch, SeenReply } from "./seen";

/** A broken invariant. */
export class Broken extends Error {
  override readonly name = "Broken";
  constructor(
    readonly invariant: string,
    message: string,
  ) {
    super(`${invariant}: ${message}`);
  }
}

/** Tables whose policy looks at versions or clocks alone, whatever the values. */
const byVersion = ["projects", "drafts", "notes", "places", "boards", "cards", "pacts", "parcels"];

/** The oracle's copy of the server. */
export interface History {
  /** By `owner table clientId`. */
  readonly rows: ReadonlyMap<string, OracleRow>;
  /** How each op that the server has seen ended. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** By op, what it said of when it was made. */
  readonly edits: ReadonlyMap<string, string>;
  /** Ops whose last answer told nothing of their row, because their user may not read it. */
  readonly unshown: ReadonlySet<string>;
  /** As `outcomes`, with what a restored server has forgotten. */
  readonly answers: ReadonlyMap<string, Outcome>;
  /** `isTakenBack`: a clock that read this much may have been taken back since. */
  push(
    user: string,
    batch: SeenBatch,
    reply: SeenReply,
    now: number,
    isTakenBack: (reading: string) => boolean,
  ): void;
  /** Server code wrote the row. */
  adopt(row: OracleRow): void;
  /** A person decided about an op of the row: an old edit is tried again, or a new one goes in its place. */
  decide(table: string, clientId: string): void;
  /** A person edits the row as it was before its newest change, which may be one of the person's own. */
  lookBack(table: string, clientId: string): void;
  /** The tombstones are gone. */
  collect(): void;
  /** The rows of a scope are gone, and their tombstones. */
  forget(scopeId: string, isIn: (table: string) => boolean): void;
  /** The user's own rows are gone, and their tombstones. */
  forgetUser(userId: string): void;
  snapshot(): () => void;
}

export const keyOf = (owner: string, table: string, clientId: string) =>
  `${owner} ${table} ${clientId}`;

/** Whose row the op of a user is about. */
const ownerOf = (user: string, { scopeId }: Pick<OracleOp, "scopeId">) => scopeId ?? user;

const kindOf: Readonly<Record<string, Outcome>> = {
  applied: "landed",
  merged: "landed",
  superseded: "lost",
  conflict: "conflict",
  rejected: "rejected",
};

/** Folds every push that the server answers, and compares. */
export function createHistory(memberships: Memberships): History {
  let rows = new Map<string, OracleRow>();
  let outcomes = new Map<string, Outcome>();
  let edits = new Map<string, string>();
  const answers = new Map<string, Outcome>();
  const unshown = new Set<string>();
  const decidedRows = new Set<string>();
  const lookedBack = new Set<string>();
  let writers = new Map<string, readonly { readonly stamp: string; readonly device: string }[]>();
  /** Edits that were refused because a row that they name was not there, by `device row`. */
  let refused = new Map<string, string>();
  /** The last edit that each device landed on a row. */
  let latestEdits = new Map<string, string>();
  let devices = new Map<string, { readonly seq: number; readonly hash: string }>();
  /** By op: the batches in which it was rejected. */
  let rejections = new Map<string, readonly { readonly device: string; readonly seq: number }[]>();

  /** `out`: groups that do not land; `own`: why, by the index of the ops to blame. */
  function foldOnce(
    user: string,
    ops: readonly OracleOp[],
    out: ReadonlySet<string>,
    own: ReadonlyMap<number, Decided>,
    now: number,
  ) {
    const working = new Map<string, OracleRow>();
    const decided = ops.map((op, index): Decided & { readonly old?: true } => {
      const known = outcomes.get(op.opId);
      const hasGrown = op.edited > (edits.get(op.opId) ?? op.edited);
      if (known !== undefined && op.carriedBy !== null && !hasGrown && isRecalled(op, known))
        return { outcome: known, old: true };
      // A copy of the device sent it before its last edit.
      if (known !== undefined && op.carriedBy !== null && known !== "rejected")
        return { outcome: "rejected", old: true };
      if (known !== undefined && known !== "rejected")
        throw new Broken("I2", `op ${op.opId} was sent again as if it were new`);
      if (op.group !== null && out.has(op.group)) return own.get(index) ?? { outcome: "rejected" };
      const owner = ownerOf(user, op);
      if (!mayWrite(memberships, user, { table: op.table, owner })) return { outcome: "rejected" };
      const key = keyOf(owner, op.table, op.clientId);
      const read = (at: string) => working.get(at) ?? rows.get(at) ?? null;
      for (const reference of referencesOf(op))
        if (!read(`${owner} ${reference}`)?.fields) return { outcome: "rejected" };
      const stored = rows.get(key) ?? null;
      const isConcurrent = stored !== null && stored.stamp > (op.baseStamp ?? "");
      const result = decideOp(op, read(key), isConcurrent, now);
      // What an edit brings back has to point somewhere, too.
      const there = referencesOf({ table: op.table, fields: read(key)?.fields ?? {} });
      const back = referencesOf({ table: op.table, fields: result.row?.fields ?? {} }).filter(
        (reference) => !there.includes(reference),
      );
      if (back.some((reference) => !read(`${owner} ${reference}`)?.fields))
        return { outcome: "rejected" };
      if (result.row)
        working.set(key, {
          ...result.row,
          owner,
          creator: read(key)?.creator ?? user,
          table: op.table,
          clientId: op.clientId,
          stamp: stored?.stamp ?? "",
          opId: op.opId,
        });
      return result;
    });
    return { working, decided };
  }

  /** A rejection is known by the receipt that the op names, or one after it. */
  function isRecalled({ opId, carriedBy }: OracleOp, known: Outcome): boolean {
    if (known !== "rejected") return true;
    return (rejections.get(opId) ?? []).some(
      ({ device, seq }) => device === carriedBy?.deviceId && seq >= carriedBy.batchSeq,
    );
  }

  function fold(user: string, ops: readonly OracleOp[], now: number) {
    const out = new Set<string>();
    const own = new Map<number, Decided>();
    for (;;) {
      const folded = foldOnce(user, ops, out, own, now);
      const before = out.size;
      const blamed = new Set<string>();
      ops.forEach(({ group }, index) => {
        const { outcome, old } = folded.decided[index] ?? { outcome: "rejected" };
        if (group === null || old || (outcome !== "rejected" && outcome !== "conflict")) return;
        if (!out.has(group)) own.set(index, { outcome });
        blamed.add(group);
      });
      for (const group of blamed) out.add(group);
      if (out.size === before) return folded;
    }
  }

  /** Monotonic writes: what a device lands on a row is no older than what it landed there before. */
  function checkMonotonic(
    user: string,
    deviceId: string,
    op: OracleOp,
    isTakenBack: (reading: string) => boolean,
  ): void {
    if (decidedRows.has(`${op.table} ${op.clientId}`)) return;
    const at = `${deviceId} ${keyOf(ownerOf(user, op), op.table, op.clientId)}`;
    const last = latestEdits.get(at) ?? "";
    if (op.edited < last && !isTakenBack(last))
      throw new Broken(
        "I4",
        `${op.kind} of ${op.table} ${op.clientId} of ${op.edited} came after that of ${last}`,
      );
    latestEdits.set(at, op.edited);
  }

  /** What a device records first, and an edit of its own refers to, gets there first (I4). */
  function checkReferences(user: string, deviceId: string, op: OracleOp, outcome: string): void {
    const row = `${op.table} ${op.clientId}`;
    const before = refused.get(`${deviceId} ${row}`);
    if (op.kind === "create" && outcome === "landed" && before !== undefined && op.edited < before)
      if (!decidedRows.has(row))
        throw new Broken("I4", `${row} was made after an edit that names it was refused`);
    if (outcome !== "rejected") return;
    for (const reference of referencesOf(op))
      if (!rows.has(`${ownerOf(user, op)} ${reference}`))
        refused.set(`${deviceId} ${reference}`, op.edited);
  }

  return {
    get rows() {
      return rows;
    },
    get outcomes() {
      return outcomes;
    },
    get edits() {
      return edits;
    },
    answers,
    unshown,
    push: (user, sent, reply, now, isTakenBack) => {
      if (!("results" in reply)) return;
      const batch = { ...sent, ops: sent.ops.map(opToday) };
      const device = devices.get(batch.deviceId);
      const repeated = device?.seq === batch.batchSeq;
      if (repeated && device.hash !== batch.batchHash)
        throw new Broken("I2", "the same batch number was answered for other content");
      if (!repeated && batch.batchSeq !== (device?.seq ?? 0) + 1)
        throw new Broken("I2", `batch ${batch.batchSeq} was answered after ${device?.seq ?? 0}`);
      if (reply.results.length !== batch.ops.length)
        throw new Broken("I3", "ops were left unanswered");
      const { working, decided } = repeated
        ? { working: new Map<string, OracleRow>(), decided: [] }
        : fold(user, batch.ops, now);
      // Safe to look at here: nothing was taken over yet.
      const before = new Map(
        batch.ops.map((op) => [
          op.clientId,
          rows.get(keyOf(ownerOf(user, op), op.table, op.clientId)),
        ]),
      );
      batch.ops.forEach((op, index) => {
        if (!repeated && !decided[index]?.old)
          checkMonotonic(user, batch.deviceId, op, isTakenBack);
      });
      devices.set(batch.deviceId, { seq: batch.batchSeq, hash: batch.batchHash });
      batch.ops.forEach((op, index) => {
        const result = reply.results[index];
        const grown = `${op.opId} ${op.edited}`;
        const want = repeated
          ? (outcomes.get(grown) ?? outcomes.get(op.opId))
          : decided[index]?.outcome;
        const got = kindOf[result?.outcome ?? ""];
        if (result?.opId !== op.opId || got === undefined)
          throw new Broken("I3", `no answer to ${op.opId}`);
        if (got !== want)
          throw new Broken(
            "I10",
            `${op.kind} of ${op.table} ${op.clientId} is ${result.outcome} (${String(result.code)}), expected ${String(want)}; ${JSON.stringify(op)} met ${JSON.stringify(before.get(op.clientId))}`,
          );
        if (!repeated && !decided[index]?.old) checkReferences(user, batch.deviceId, op, got);
        const isOld = decided[index]?.old === true;
        if (isOld && got !== outcomes.get(op.opId)) outcomes.set(grown, got);
        else if (!repeated && !isOld) {
          outcomes.set(op.opId, got);
          edits.set(op.opId, op.edited);
        }
        // Of several copies, one may have landed it.
        if (answers.get(op.opId) !== "landed") answers.set(op.opId, got);
        if (got === "rejected" && !repeated)
          rejections.set(op.opId, [
            ...(rejections.get(op.opId) ?? []),
            { device: batch.deviceId, seq: batch.batchSeq },
          ]);
      });
      // What this device did before is no change that it did not see.
      batch.ops.forEach((op, index) => {
        if (repeated || !byVersion.includes(op.table) || decided[index]?.old) return;
        // Before the server was restored: what was seen is no version any more.
        if (op.base !== null && op.baseStamp === null) return;
        // Tried again after its author was out of the scope: what they had seen was forgotten.
        const isAgain = decidedRows.has(`${op.table} ${op.clientId}`);
        if (op.scopeId !== undefined && op.baseStamp === null && isAgain) return;
        if (lookedBack.has(`${op.table} ${op.clientId}`)) return;
        const met = (writers.get(keyOf(ownerOf(user, op), op.table, op.clientId)) ?? []).filter(
          ({ stamp }) => stamp > (op.baseStamp ?? ""),
        );
        const isLost = decided[index]?.outcome === "lost" || decided[index]?.outcome === "conflict";
        if (isLost && met.length > 0 && met.every(({ device: by }) => by === batch.deviceId))
          throw new Broken(
            "I10",
            `${op.kind} of ${op.table} ${op.clientId} lost against an edit of the same device`,
          );
      });
      for (const [key, row] of working) {
        const answered = reply.results.find(
          (_, index) =>
            batch.ops[index]?.clientId === row.clientId && batch.ops[index]?.table === row.table,
        )?.row;
        const isWritten = answered?.stamp === null;
        const former = rows.get(key);
        if (!isWritten && former && JSON.stringify(former.fields) !== JSON.stringify(row.fields))
          throw new Broken("I10", `${key} was not written`);
        if (isWritten)
          writers.set(key, [
            ...(writers.get(key) ?? []),
            { stamp: reply.stamp, device: batch.deviceId },
          ]);
        rows.set(key, {
          ...row,
          stamp: isWritten ? reply.stamp : (former?.stamp ?? reply.stamp),
          opId: isWritten ? row.opId : (former?.opId ?? null),
        });
      }
      batch.ops.forEach((op, index) => {
        const answered = reply.results[index]?.row ?? null;
        // What cannot be translated is answered without looking at its row.
        if (answered === null && op.schemaVersion < currentVersion && holdsGoneChoice(op)) return;
        const owner = ownerOf(user, op);
        const isReadable = mayRead(memberships, user, { table: op.table, owner });
        const key = keyOf(owner, op.table, op.clientId);
        const row = isReadable ? (rows.get(key) ?? null) : null;
        if (isReadable) unshown.delete(op.opId);
        else unshown.add(op.opId);
        const got = answered?.deletedAt === null ? answered.fields : null;
        const expected = row?.fields ? valuesIn(batch.schemaVersion, op.table, row.fields) : null;
        if (answered && (!isReadable || (answered.scopeId ?? answered.userId) !== owner))
          throw new Broken(
            "I14",
            `the answer to ${op.kind} of ${key} holds a row of somebody else`,
          );
        if (answered && row && answered.userId !== row.creator)
          throw new Broken("I15", `${key} of ${row.creator} is one of ${answered.userId} now`);
        if (!equalRows(got, expected))
          throw new Broken(
            "I10",
            `${op.kind} left ${key} as ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`,
          );
      });
    },
    adopt: (row) => {
      const key = keyOf(row.owner, row.table, row.clientId);
      rows.set(key, row);
      writers.set(key, [...(writers.get(key) ?? []), { stamp: row.stamp, device: "web" }]);
    },
    decide: (table, clientId) => void decidedRows.add(`${table} ${clientId}`),
    lookBack: (table, clientId) => void lookedBack.add(`${table} ${clientId}`),
    forget: (scopeId, isIn) => {
      for (const [key, row] of rows) if (row.owner === scopeId && isIn(row.table)) rows.delete(key);
    },
    forgetUser: (userId) => {
      for (const [key, row] of rows) if (row.owner === userId) rows.delete(key);
    },
    collect: () => {
      for (const [key, row] of rows) if (row.fields === null) rows.delete(key);
    },
    snapshot: () => {
      const kept = [
        new Map(rows),
        new Map(outcomes),
        new Map(devices),
        new Map(writers),
        new Map(latestEdits),
        new Map(refused),
        new Map(edits),
        new Map(rejections),
      ] as const;
      return () => {
        [rows, outcomes, devices, writers, latestEdits, refused, edits, rejections] = [
          new Map(kept[0]),
          new Map(kept[1]),
          new Map(kept[2]),
          new Map(kept[3]),
          new Map(kept[4]),
          new Map(kept[5]),
          new Map(kept[6]),
          new Map(kept[7]),
        ];
      };
    },
  };
}

/** The milliseconds of a clock's reading. */
export const timeOf = (hlc: string) => Number(hlc.slice(0, 15));

/** Field by field; a field without a value may be missing on either side. */
export function equalRows(a: Row | null, b: Row | null): boolean {
  if (a === null || b === null) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (field) => JSON.stringify(a[field] ?? null) === JSON.stringify(b[field] ?? null),
  );
}
