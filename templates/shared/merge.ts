import { checkFields, completeFields, equalValues } from "./codec";
import { combineFields } from "./combine";
import { combines, editTimes, keep, repeats, same } from "./decision";
import type { CurrentRow, IncomingOp, MergeDecision, MergedRow, MergeInput, Policy, PolicyInput, TableRules } from "./policy";
import type { Fields, Hlc, OpKind, Stamp } from "./protocol";
import { compareStamps } from "./stamp";

/** True when the row changed after the op's base was read. */
export function isConcurrent(baseStamp: Stamp | null, current: { readonly stamp: Stamp } | null): boolean {
  return current !== null && compareStamps(current.stamp, baseStamp) > 0;
}

/**
 * What becomes of an op. What is the same for every policy is decided here: rows that do not exist, repeated ops,
 * counters, sets and one-way fields, and the check of what an op's `base` brings along. The rest is the policy's.
 * The op's `fields` must have passed `checkFields`.
 */
export function decide(policy: Policy, input: MergeInput): MergeDecision {
  const { op, current, rules } = input;
  if (!rules.operations.includes(op.kind)) return { kind: "reject", code: "operation-not-allowed" };
  if (current === null) return decideMissing(policy, input);
  if (current.opId === op.opId || (op.kind === "delete" && current.deleted)) return same;
  return decideMet(policy, { ...input, current });
}

function decideMissing(policy: Policy, input: MergeInput): MergeDecision {
  const { op, rules } = input;
  switch (op.kind) {
    case "create":
      return { kind: "write", row: {
        fields: completeFields(rules, op.fields), deleted: false, edited: op.edited,
        clocks: policy.fieldClocks ? editTimes(op) : {},
      } };
    case "delete":
      return same;
    case "update": {
      // The device saw the row, so its tombstone was collected. Only who may create rows may bring one back from
      // nothing but the device's word.
      if (op.base === null || !rules.operations.includes("create")) return notFound;
      const decision = decideMet(policy, { ...input, current: collected, concurrent: true });
      return decision.kind === "keep" ? notFound : decision;
    }
  }
}

const notFound: MergeDecision = { kind: "reject", code: "not-found" };

/** A row whose tombstone was collected: deleted, nobody knows when, so it counts as later than every edit. */
const collected: CurrentRow = {
  fields: {}, stamp: "9".repeat(19), deleted: true, edited: "9".repeat(15), opId: null, clocks: {},
};
