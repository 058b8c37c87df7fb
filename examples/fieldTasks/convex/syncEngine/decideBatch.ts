// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { rejected, type CheckedOp, type Verdict } from "./checkOp";
import { inScope, type PlacedRow } from "./placedRow";
import { rowKey, type RowKey } from "./rowKey";
import { entryOf, type SyncRules } from "./rules";
import { latestHlc } from "./shared/clock";
import { equalValues, isWithin } from "./shared/codec";
import { naturalId } from "./shared/naturalId";
import { decide, isConcurrent } from "./shared/merge";
import type { CurrentRow, MergedRow, Policy } from "./shared/policy";
import { limits, type Fields, type Hlc, type OpKind } from "./shared/protocol";
import { withoutUnknown } from "./withoutUnknown";

/** Everything that decides a batch; nothing is written before all of it is decided. */
export interface BatchInput {
  readonly userId: string;
  readonly rules: SyncRules;
  readonly policies: Readonly<Record<string, Policy>>;
  /** In the order in which they were recorded. */
  readonly ops: readonly CheckedOp[];
  /** The rows that the ops touch or point to, as stored; `null`: there is none. */
  readonly rows: ReadonlyMap<RowKey, PlacedRow | null>;
}

/** What becomes of every op of a batch, and the rows to write for it. */
export interface BatchDecision {
  /** One an op, in their order. */
  readonly verdicts: readonly Verdict[];
  /** The rows to write, each as the last of its ops left it. */
  readonly written: ReadonlyMap<RowKey, WrittenRow>;
}

/** A row as its last op leaves it. */
export interface WrittenRow {
  readonly table: string;
  /** The scope that it is in; `null` where the table has none. */
  readonly scopeId: string | null;
  readonly clientId: string;
  readonly row: MergedRow;
  readonly opId: string;
  /** When its ops were made, the first of them and the latest: a policy may let another edit decide the row. */
  readonly firstEdit: Hlc;
  readonly lastEdit: Hlc;
}

/**
 * Decides the ops one after the other, each on the rows that the ones before it left. Ops of one group land together:
 * when one of them is rejected, or needs a person, the batch is decided again without the group, so that no later op
 * builds on something that did not happen. A superseded op counts as landed: it was applied and overwritten.
 *
 * A reference may lead to a row that a later op creates, as in rows that point to each other: when that row does not
 * come to be, the batch is decided again without the op.
 */
export function decideBatch(input: BatchInput): BatchDecision {
  const withdrawn = new Map<number, Verdict>();
  for (;;) {
    const { unmet, ...decision } = decideOps(input, withdrawn);
    const verdicts = decision.verdicts.map(
      (verdict, index) => unmet.get(index) ?? verdict,
    );
    const broken = brokenGroups(input.ops, verdicts, withdrawn);
    if (unmet.size === 0 && broken.size === 0) return decision;
    for (const [index, verdict] of unmet) withdrawn.set(index, verdict);
    input.ops.forEach(({ group, kind }, index) => {
      if (group === null || !broken.has(group)) return;
      const verdict = verdicts[index];
      // What an earlier batch decided stays so.
      withdrawn.set(
        index,
        verdict !== undefined && (kind === "settled" || hasNoEffect(verdict))
          ? verdict
          : rejected("group", "another change of the same group was refused"),
      );
    });
  }
}

function hasNoEffect({ outcome }: Verdict): boolean {
  return outcome === "rejected" || outcome === "conflict";
}

function brokenGroups(
  ops: readonly CheckedOp[],
  verdicts: readonly Verdict[],
  withdrawn: ReadonlyMap<number, Verdict>,
): ReadonlySet<string> {
  return new Set(
    ops.flatMap(({ group }, index) => {
      const verdict = verdicts[index];
      const isNew = group !== null && !withdrawn.has(index);
      return isNew && verdict !== undefined && hasNoEffect(verdict)
        ? [group]
        : [];
    }),
  );
}

interface Attempt extends BatchDecision {
  /** By position: ops with an effect that points to a row which was to be created later, and was not. */
  readonly unmet: ReadonlyMap<number, Verdict>;
}

function decideOps(
  input: BatchInput,
  withdrawn: ReadonlyMap<number, Verdict>,
): Attempt {
  const working = new Map(input.rows);
  const written = new Map<RowKey, WrittenRow>();
  const creates = lastCreates(input.ops, withdrawn);
  const awaited: (CheckedReference & {
    readonly index: number;
    readonly scopeId: string | null;
  })[] = [];
  const verdicts = input.ops.map((checked, index) => {
    const known = withdrawn.get(index);
    if (known !== undefined) return known;
    if (checked.kind === "settled") return checked.verdict;
    const { table, scopeId, clientId } = checked;
    const key = rowKey(table, clientId);
    const isMet = (reference: CheckedReference) => {
      const isHere = isThere(working, reference.key, scopeId);
      if (reference.key === key || isHere) return true;
      const isComing = (creates.get(reference.key) ?? index) > index;
      if (isComing) awaited.push({ ...reference, index, scopeId });
      return isComing;
    };
    const decided = decideOp(input, checked, working.get(key) ?? null, isMet);
    if (decided.row !== null) {
      const { opId, edited } = checked.op;
      const { firstEdit = edited, lastEdit = edited } = written.get(key) ?? {};
      written.set(key, {
        table,
        scopeId,
        clientId,
        row: decided.row,
        opId,
        firstEdit,
        lastEdit: latestHlc(lastEdit, edited),
      });
      working.set(key, {
        ...decided.row,
        scopeId,
        opId,
        stamp: working.get(key)?.stamp ?? firstStamp,
      });
    }
    return decided.verdict;
  });
  const unmet = new Map<number, Verdict>();
  for (const { index, field, key, scopeId } of awaited) {
    const verdict = verdicts[index];
    if (verdict && !hasNoEffect(verdict) && !isThere(working, key, scopeId))
      unmet.set(index, missingReference(field));
  }
  return { verdicts, written, unmet };
}

/** Where in the batch a row is created, for rows that are. */
function lastCreates(
  ops: readonly CheckedOp[],
  withdrawn: ReadonlyMap<number, Verdict>,
): ReadonlyMap<RowKey, number> {
  const creates = new Map<RowKey, number>();
  ops.forEach((checked, index) => {
    if (
      checked.kind === "open" &&
      checked.op.kind === "create" &&
      !withdrawn.has(index)
    )
      creates.set(rowKey(checked.table, checked.clientId), index);
  });
  return creates;
}

type CheckedReference = Extract<
  CheckedOp,
  { readonly kind: "open" }
>["references"][number];

function missingReference(field: string): Verdict {
  return rejected("missing-reference", `${field} points to no row`);
}

/** A row that this batch created: older than everything, because nobody else can have changed it yet. */
const firstStamp = "0".repeat(19);

interface DecidedOp {
  readonly verdict: Verdict;
  /** The row to write; `null` when it stays as it is. */
  readonly row: MergedRow | null;
}

function decideOp(
  input: BatchInput,
  checked: Extract<CheckedOp, { readonly kind: "open" }>,
  ofId: PlacedRow | null,
  isMet: (reference: CheckedReference) => boolean,
): DecidedOp {
  const { table, scopeId, clientId, unknown } = checked;
  const current = inScope(ofId, scopeId);
  const op =
    unknown === null
      ? checked.op
      : withoutUnknown(checked.op, unknown, current);
  const rules = entryOf(input.rules, table);
  const missing = checked.references.find((reference) => !isMet(reference));
  if (missing !== undefined) return no(missingReference(missing.field));

  // Against the stored row: what this batch did to it before was done by this device, which knew of it.
  const stored = input.rows.get(rowKey(table, clientId)) ?? null;
  const concurrent = isConcurrent(op.baseStamp, stored);
  const policy = entryOf(input.policies, table);
  const decision = decide(policy, { op, current, concurrent, rules });
  switch (decision.kind) {
    case "write":
    case "merge":
    case "keep": {
      const { row } = decision;
      if (row === undefined) return no(yes("superseded"));
      const broken = checked.baseReferences.find(
        (reference) =>
          current?.fields[reference.field] !== reference.clientId &&
          row.fields[reference.field] === reference.clientId &&
          !isMet(reference),
      );
      if (broken !== undefined) return no(missingReference(broken.field));
      const owner = scopeId ?? input.userId;
      const problem = rowProblem({ owner, rules, clientId, current, row });
      if (problem !== null) return no(problem);
      // Last, so that the answer tells of the row in the other scope only to who knows its random id.
      if (current === null && ofId !== null) return no(elsewhere(op.kind));
      return { verdict: yes(outcomes[decision.kind]), row };
    }
    case "same":
      return no(yes("applied"));
    case "conflict":
      return no(yes("conflict"));
    case "reject":
      return no(rejected(decision.code));
  }
}

/** An op that would make a row of an id that a row of another scope has: a device of both holds one row of an id. */
function elsewhere(kind: OpKind): Verdict {
  return kind === "create"
    ? rejected("invalid", "clientId is another row's")
    : rejected("not-found");
}

const outcomes = {
  write: "applied",
  merge: "merged",
  keep: "superseded",
} as const;

function isThere(
  rows: ReadonlyMap<RowKey, PlacedRow | null>,
  key: RowKey,
  scopeId: string | null,
): boolean {
  const row = inScope(rows.get(key), scopeId);
  return row !== null && !row.deleted;
}

function yes(outcome: Verdict["outcome"]): Verdict {
  return { outcome, code: null, message: null };
}

function no(verdict: Verdict): DecidedOp {
  return { verdict, row: null };
}

interface DecidedRow {
  /** The id of the scope that the row is in, else of the user whose it is: natural keys are unique there. */
  readonly owner: string;
  readonly rules: SyncRules[string];
  readonly clientId: string;
  readonly current: CurrentRow | null;
  readonly row: MergedRow;
}

/** What speaks against the row that was decided on, wherever its values came from. */
function rowProblem({ row, ...rest }: DecidedRow): Verdict | null {
  if (row.deleted) return null;
  if (!isWithin(limits.rowBytes, row.fields)) return rejected("too-large");
  const { uniqueBy } = rest.rules;
  return uniqueBy.length === 0 || hasKeysId({ row, ...rest })
    ? null
    : rejected("invalid", `clientId is not the one of ${uniqueBy.join(", ")}`);
}

/** A new row has the id of its natural key, and no row takes another key. One made under other rules keeps its id. */
function hasKeysId({
  owner,
  rules: { name, firstName = name, uniqueBy },
  clientId,
  current,
  row,
}: DecidedRow): boolean {
  const keyOf = (fields: Fields) =>
    uniqueBy.map((field) => fields[field] ?? null);
  const key = keyOf(row.fields);
  const isKept =
    current !== null &&
    !current.deleted &&
    equalValues(keyOf(current.fields), key);
  return isKept || naturalId(owner, firstName, key) === clientId;
}
