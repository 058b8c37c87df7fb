// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { completeFields, equalValues, isAllowed } from "./codec";
import { combiningOf, type FieldEdits } from "./combining";
import {
  editTimes,
  keep,
  onlyCombines,
  repeats,
  same,
  saysTheSame,
} from "./decision";
import type {
  CurrentRow,
  MergeDecision,
  MergedRow,
  MergeInput,
  Policy,
  PolicyInput,
  TableRules,
} from "./policy";
import type { Fields, Hlc, OpKind, Stamp } from "./protocol";
import { equalFields, settle } from "./settle";
import { compareStamps, latestStamp } from "./stamp";

/** True when the row changed after the op's base was read. */
export function isConcurrent(
  baseStamp: Stamp | null,
  current: { readonly stamp: Stamp } | null,
): boolean {
  return current !== null && compareStamps(current.stamp, baseStamp) > 0;
}

/**
 * What becomes of an op. What is the same for every policy is decided here: rows that do not exist, repeated ops,
 * counters, sets and one-way fields, and the check of what an op's `base` brings along. The rest is the policy's.
 * The op's `fields` must have passed `checkFields`.
 */
export function decide(policy: Policy, input: MergeInput): MergeDecision {
  const { op, current, rules } = input;
  if (!rules.operations.includes(op.kind))
    return { kind: "reject", code: "operation-not-allowed" };
  if (current === null) return decideMissing(policy, input);
  if (current.opId === op.opId || (op.kind === "delete" && current.deleted))
    return same;
  return decideMet(policy, { ...input, current });
}

function decideMissing(policy: Policy, input: MergeInput): MergeDecision {
  const { op, rules } = input;
  switch (op.kind) {
    case "create": {
      const fields = completeFields(rules, op.fields);
      const clocks = policy.fieldClocks ? editTimes(op) : {};
      return {
        kind: "write",
        row: { fields, deleted: false, edited: op.edited, clocks },
      };
    }
    case "delete":
      return same;
    case "update":
      // Whoever may not create rows may not bring one back either when nothing but the device's word says it existed.
      return op.base !== null && rules.operations.includes("create")
        ? decideCollected(policy, input)
        : notFound;
  }
}

const notFound: MergeDecision = { kind: "reject", code: "not-found" };

/** The device saw the row once, so its tombstone was collected: deleted, nobody knows when, hence later than any edit. */
function decideCollected(policy: Policy, input: MergeInput): MergeDecision {
  const { op } = input;
  const current: CurrentRow = {
    fields: {},
    stamp: latestStamp,
    deleted: true,
    edited: "9".repeat(15),
    opId: null,
    clocks: {},
  };
  const decision = decideMet(policy, { ...input, current, concurrent: true });
  if (decision.kind === "keep") return notFound;
  if (!("row" in decision)) return decision;
  // A mark of its own would take an id of which nobody knows whose it was.
  return decision.row.deleted
    ? notFound
    : { ...decision, row: { ...decision.row, edited: op.edited } };
}

function decideMet(policy: Policy, input: PolicyInput): MergeDecision {
  const { op, current, rules } = input;
  if (countsFromNonsense(rules, op, current.fields))
    return { kind: "reject", code: "invalid" };
  const decision = decidePlainFields(policy, input);
  switch (decision.kind) {
    case "write":
    case "merge":
      return settle(input, decision.kind, withCombined(input, decision.row));
    case "keep":
    case "same":
      return current.deleted || op.kind === "delete"
        ? { kind: decision.kind }
        : addCombined(input, decision.kind);
    default:
      return decision;
  }
}

/**
 * A counter of the op counts from what its field cannot hold, so that nobody can tell how much was added. What the row
 * itself holds is not held against the op, which may be there to put it right.
 */
function countsFromNonsense(
  rules: TableRules,
  op: FieldEdits,
  current: Fields,
): boolean {
  return Object.keys(op.fields).some((field) => {
    const rule = rules.fields[field];
    const base = op.base?.[field] ?? null;
    return (
      rule?.merge?.kind === "counter" &&
      base !== null &&
      !isAllowed(rule, base) &&
      !Object.is(base, current[field])
    );
  });
}

/** What the policy says; it is not asked about an edit of nothing but counters, sets and one-way fields. */
function decidePlainFields(policy: Policy, input: PolicyInput): MergeDecision {
  const { op, current, rules } = input;
  if (onlyCombines(rules, op) && !current.deleted) return same;
  const decision = policy.merge(input);
  return decision.kind === "keep" && repeats(input) ? same : decision;
}

/**
 * The policy's row with the fields that combine whatever the policy decides. A revived row continues from the base; one
 * that is created anew continues nothing.
 */
function withCombined(
  { op, current, rules }: PolicyInput,
  row: MergedRow,
): MergedRow {
  const revived = op.kind === "create" ? null : op.base;
  const theirs = current.deleted ? revived : current.fields;
  if (row.deleted || theirs === null) return row;
  const combined = combiningOf(rules).combineFields(rules, op, theirs);
  return { ...row, fields: { ...row.fields, ...combined } };
}

/** The current row stays, except for the op's counters, sets and one-way fields. */
function addCombined(input: PolicyInput, kind: "keep" | "same"): MergeDecision {
  const { op, current, rules } = input;
  const combined = combiningOf(rules).combineFields(rules, op, current.fields);
  const fields = { ...current.fields, ...combined };
  const row: MergedRow = {
    fields,
    deleted: false,
    edited: current.edited,
    clocks: current.clocks,
  };
  if (!equalFields(fields, current.fields))
    return settle(input, kind === "keep" ? kind : "write", row);
  const turnedBack =
    op.kind === "update" &&
    Object.entries(op.fields).some(
      ([field, value]) =>
        rules.fields[field]?.merge?.kind === "one-way" &&
        !equalValues(combined[field] ?? null, value),
    );
  return turnedBack ? keep : { kind };
}

/**
 * What a device shows for a row while `op` is pending over the server's newest fields, which are `null` when the
 * server has no live row. A row with a pending delete is not shown; what comes back then is the row without the delete.
 *
 * @param ops the ops that `op` stands for, where they are several
 */
export function pendingFields(
  policy: Policy,
  rules: TableRules,
  server: Fields | null,
  op: FieldEdits,
  ops: readonly FieldEdits[] = [op],
): Fields {
  if (op.kind === "delete") return server ?? op.base ?? {};
  const { combineFields } = combiningOf(rules);
  if (server === null) {
    const { base } = op;
    return base === null
      ? op.fields
      : { ...base, ...op.fields, ...combineFields(rules, op, base) };
  }
  const combined = combineFields(rules, op, server);
  switch (policy.pending) {
    case "row":
      return { ...(op.base ?? server), ...op.fields, ...combined };
    case "field":
      return { ...server, ...op.fields, ...combined };
    case "merge":
      return {
        ...predictAll(policy, rules, server, ops).row,
        ...combined,
      };
  }
}

/**
 * What the policy would make of a row if `ops` were sent now, one after the other, and which of them would have an
 * effect. Only for policies that look at fields alone.
 */
export function predictAll(
  policy: Policy,
  rules: TableRules,
  server: Fields,
  ops: readonly FieldEdits[],
): { readonly row: Fields; readonly hasEffect: readonly boolean[] } {
  let row = server;
  const hasEffect = ops.map((op, position) => {
    const before = row;
    // What one of them made of the row, those behind it were made on; and on that of others where they say nothing else.
    const isSeen = row !== server || (op.base === null && position > 0);
    row = predict(policy, rules, before, isSeen ? { ...op, base: before } : op);
    return row !== before;
  });
  return { row, hasEffect };
}

/** What the policy would decide if the op were sent now. */
function predict(
  policy: Policy,
  rules: TableRules,
  server: Fields,
  op: FieldEdits,
): Fields {
  const decision = policy.merge({
    op: { ...op, opId: "", baseStamp: null, edited: "", clocks: {} },
    current: {
      fields: server,
      stamp: "",
      deleted: false,
      edited: "",
      opId: null,
      clocks: {},
    },
    concurrent: op.base === null || !saysTheSame(rules, server, op.base),
    rules,
  });
  return decision.kind === "write" ? decision.row.fields : server;
}

/** What `coalesce` looks at and makes. */
export interface RowEdits {
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly clocks: Readonly<Record<string, Hlc>> | null;
}

/**
 * One op for two edits of a row, of which the first still waits and was never sent. It keeps the first one's `base`.
 * A create and its delete cancel out; a caller whose create may have reached the server queues the delete instead.
 */
export function coalesce(
  policy: Policy,
  waiting: RowEdits,
  next: RowEdits,
): RowEdits | "cancelled" {
  if (next.kind === "delete")
    return waiting.kind === "create" ? "cancelled" : next;
  // A row that is created again where its delete still waits was never gone for the server.
  if (waiting.kind === "delete") return { ...next, kind: "update" };
  return {
    kind: waiting.kind,
    fields: { ...waiting.fields, ...next.fields },
    clocks: policy.fieldClocks ? { ...waiting.clocks, ...next.clocks } : null,
  };
}
