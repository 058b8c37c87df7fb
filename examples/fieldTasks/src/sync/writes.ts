// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { TableDefinition, Values } from "./registry";
import { rowOf } from "./batchBuilder";
import { checkKey, invalidValue, withinSize } from "./checkChanges";
import { pendingOps, serverState, type RowState } from "./rowState";
import type { Session } from "./session";
import {
  checkFields,
  completeFields,
  normalizeFields,
  wireBytes,
  type FieldProblem,
} from "./shared/codec";
import {
  limits,
  type Fields,
  type OpKind,
  type WireValue,
} from "./shared/protocol";
import { settledAs } from "./settledAs";
import { createStep } from "./step";
import { recordSeen } from "./recordSeen";
import { readGiven, type GivenRow, type SeenRow } from "./shownRow";
import { toWire } from "./SyncQueue";
import { SyncError, type Settled } from "./types";

/** A write as the app asked for it, checked. */
export interface Intent {
  readonly table: TableDefinition;
  readonly clientId: string;
  /** The scope that a new row is to be in; `null` for one that is there, and where the table has none. */
  readonly scopeId: string | null;
  /** The row as it was shown to whoever decided on the write, where the app says so. */
  readonly seen: SeenRow | null;
  readonly kind: OpKind;
  /** Synced values: all of a new row, the changed ones of an update. */
  readonly fields: Fields;
  /** Values that stay on the device. */
  readonly deviceFields: Fields;
  /** Of a table with a natural key: the row may be there already. */
  readonly upsert: boolean;
  /** What the values of counters, sets and one-way fields count from, where that is not the row that is there. */
  readonly countedFrom?: Fields;
}

/** What became of one write of `commitWrites`. */
export interface CommittedWrite {
  readonly clientId: string;
  readonly settled: Promise<Settled>;
}

/** A new row, checked. Throws a `SyncError` that names the field to blame. */
export function createIntent(
  engine: Engine,
  table: TableDefinition,
  values: Values,
): Intent {
  const { naturalId, scopes } = engine.registry;
  const { scopeId, values: own } =
    scopes === null ? { scopeId: null, values } : scopes.place(table, values);
  const { fields, deviceFields } = splitValues(table, own, "create");
  const complete = completeFields(table.rules, fields);
  const key = table.rules.uniqueBy;
  const clientId =
    naturalId === null || key.length === 0
      ? engine.newId()
      : naturalId(
          scopeId ?? engine.userId,
          table.rules.firstName ?? table.name,
          // Safe: a complete row has every field.
          key.map((field) => complete[field] as WireValue),
        );
  return {
    table,
    clientId,
    scopeId,
    seen: null,
    kind: "create",
    fields: complete,
    deviceFields,
    upsert: key.length > 0,
  };
}

/** Changed values of a row, checked. */
export function updateIntent(
  table: TableDefinition,
  row: GivenRow,
  changes: Values,
): Intent {
  const split = splitValues(table, changes, "update");
  const { deviceFields } = split;
  const fields = normalizeFields(split.fields);
  checkKey(table, fields);
  return {
    table,
    ...readGiven(table, row),
    scopeId: null,
    kind: "update",
    fields,
    deviceFields,
    upsert: false,
  };
}

/** The end of a row. */
export function removeIntent(table: TableDefinition, row: GivenRow): Intent {
  return {
    table,
    ...readGiven(table, row),
    scopeId: null,
    kind: "delete",
    fields: {},
    deviceFields: {},
    upsert: false,
  };
}

/** Makes all writes durable in one commit, rows and ops together, and says what became of each. */
export async function commitWrites<Intents extends readonly Intent[]>(
  engine: Engine,
  intents: Intents,
): Promise<{ readonly [Position in keyof Intents]: CommittedWrite }> {
  const written = await engine.turn((session) =>
    record(engine, session, intents),
  );
  for (const { table, kind, opId } of written)
    if (opId !== null)
      engine.emit("sync.op:action:captured", { table, kind, opId });
  // Safe: one for each intent, in their order.
  return written as { [Position in keyof Intents]: Recorded };
}

interface Recorded extends CommittedWrite {
  readonly table: string;
  readonly kind: OpKind;
  readonly opId: string | null;
}

/** A row that writes touch: as it was, and as it is to be. */
interface Touched {
  readonly before: RowState;
  readonly after: RowState;
  readonly deviceFields: Fields;
}

async function record(
  engine: Engine,
  session: Session,
  intents: readonly Intent[],
): Promise<Recorded[]> {
  const read = await readTouched(engine, intents);
  const rows = new Map<string, Touched>();
  const group = intents.length > 1 ? engine.newId() : null;
  const now = engine.now();
  const recorded = intents.map((asked) => {
    const { table, clientId, scopeId } = asked;
    const name = rowOf({ table: table.name, clientId });
    const row =
      rows.get(name) ??
      untouched(read.get(name) ?? engine.emptyState(table, clientId, scopeId));
    engine.registry.scopes?.checkWrite(session, row.after);
    const intent = settleKind(row.after, asked);
    const deviceFields = { ...row.deviceFields, ...intent.deviceFields };
    if (intent.kind === "update" && Object.keys(intent.fields).length === 0) {
      rows.set(name, { ...row, deviceFields });
      return { intent, opId: null, unchanged: true };
    }
    const { state, opId } = recordSeen(row.after, intent.seen, {
      opId: engine.newId(),
      kind: intent.kind,
      fields: intent.fields,
      seen: intent.countedFrom ?? null,
      edited: engine.tick(session),
      group,
      userId: engine.userId,
      schemaVersion: engine.registry.schemaVersion,
      now,
    });
    rows.set(name, { before: row.before, after: state, deviceFields });
    return { intent, opId, unchanged: false };
  });
  const step = createStep();
  for (const { before, after, deviceFields } of rows.values()) {
    const changed = Object.keys(deviceFields).length > 0;
    // Device-only values need a row to be written to.
    const written =
      changed && after.row === before.row && after.row !== null
        ? { ...after, row: { ...after.row } }
        : after;
    step.move(before, written, changed ? deviceFields : undefined);
  }
  for (const { after } of rows.values()) withinSize(after);
  if (rows.size > 1) checkSize([...rows.values()].map(({ after }) => after));
  await engine.commit(step);
  for (const { before, after } of rows.values())
    settleMerged(engine, before, after);
  const queued = new Set(
    [...rows.values()].flatMap(({ after }) =>
      after.ops.map(({ opId }) => opId),
    ),
  );
  return recorded.map(({ intent, opId, unchanged }) => {
    // A later write of the same batch may have taken this one back.
    const isQueued = opId !== null && queued.has(opId);
    return {
      table: intent.table.name,
      kind: intent.kind,
      clientId: intent.clientId,
      opId: isQueued ? opId : null,
      settled: isQueued
        ? engine.settlement(opId)
        : Promise.resolve(settledAs(unchanged ? "applied" : "cancelled")),
    };
  });
}

/** Earlier writes that wait to be settled: a later one took them along, or took them back. */
function settleMerged(engine: Engine, before: RowState, after: RowState): void {
  const kept = new Map(after.ops.map((op) => [op.opId, op]));
  for (const op of before.ops) {
    const now = kept.get(op.opId);
    if (now === op) continue;
    engine.settle(op.opId, settledAs(now ? "merged-away" : "cancelled"));
  }
}

/** The rows that are there. */
async function readTouched(
  engine: Engine,
  intents: readonly Intent[],
): Promise<Map<string, RowState>> {
  const states = new Map<string, RowState>();
  const idsByTable = new Map<TableDefinition, Set<string>>();
  for (const { table, clientId, kind, upsert } of intents)
    // A random id is new: there is nothing to read.
    if (kind !== "create" || upsert)
      idsByTable.set(table, (idsByTable.get(table) ?? new Set()).add(clientId));
  for (const [table, ids] of idsByTable)
    for (const state of await engine.readStates(table, [...ids], "pending"))
      // One that is not there yet is where it is created.
      if (state.row !== null || state.ops.length > 0)
        states.set(
          rowOf({ table: table.name, clientId: state.clientId }),
          state,
        );
  return states;
}

function untouched(state: RowState): Touched {
  return { before: state, after: state, deviceFields: {} };
}

/** Creating a row that is there, by its natural key, is an update of it; not of one that only edits are left of. */
function settleKind(state: RowState, intent: Intent): Intent {
  const { table } = intent;
  if (intent.kind !== "create") {
    if (state.row === null)
      throw new SyncError("not-found", `${table.name} has no such row.`);
    return intent;
  }
  if (state.row === null || isGone(state)) return intent;
  if (!table.rules.operations.includes("update"))
    throw new SyncError(
      "not-allowed",
      `${table.name} has a row with this key already.`,
    );
  const { uniqueBy, fields: rules } = table.rules;
  const fields = Object.fromEntries(
    Object.entries(intent.fields).filter(
      ([field]) => !uniqueBy.includes(field),
    ),
  );
  // As the server counts the create of a key that is there.
  const countedFrom = Object.fromEntries(
    Object.entries(rules).map(([field, rule]) => [field, rule.default ?? null]),
  );
  return { ...intent, kind: "update", fields, countedFrom };
}

/** The server deleted the row: what is shown are edits of it that did not get there. */
function isGone(state: RowState): boolean {
  return (
    serverState(state)?.fields === null &&
    pendingOps(state).every(({ kind }) => kind === "update")
  );
}

/** Values as the app gave them, checked, apart from those that stay on the device. */
function splitValues(
  table: TableDefinition,
  values: Values,
  kind: "create" | "update",
): { readonly fields: Values; readonly deviceFields: Fields } {
  const onDevice = Object.keys(table.deviceFields);
  const [fields, deviceFields] =
    onDevice.length === 0 ? [values, {}] : partition(values, onDevice);
  const [problem = deviceProblem(table, deviceFields)] = checkFields(
    table.rules,
    fields,
    kind,
  );
  if (problem) throw invalidValue(table, problem);
  return { fields, deviceFields: normalizeFields(deviceFields) };
}

/** The other values, and those named. */
function partition(
  values: Values,
  names: readonly string[],
): [others: Values, named: Values] {
  const others: Record<string, Values[string]> = {};
  const named: Record<string, Values[string]> = {};
  for (const [field, value] of Object.entries(values))
    (names.includes(field) ? named : others)[field] = value;
  return [others, named];
}

function deviceProblem(
  table: TableDefinition,
  values: Values,
): FieldProblem | undefined {
  const rules = { ...table.rules, fields: table.deviceFields };
  return Object.keys(values).length === 0
    ? undefined
    : checkFields(rules, values, "update")[0];
}

/** Refuses what no batch could carry, while the app can still tell its user. */
function checkSize(states: readonly RowState[]): void {
  const fresh = states
    .flatMap(({ ops }) => ops)
    .filter(({ seq }) => seq === null);
  if (fresh.length < 2) return;
  const bytes = fresh.reduce((sum, op) => sum + wireBytes(toWire(op)), 0);
  if (fresh.length > limits.batchOps || bytes > limits.batchBytes)
    throw new SyncError(
      "invalid-value",
      "The batch is too large to land together.",
    );
}
