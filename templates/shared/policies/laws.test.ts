import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyMeta, type Law } from "../../../src/policies/policyMeta";
import { plainFields, stamp, tableRules } from "../../../test/shared/mergeCase";
import { decide, isConcurrent } from "../merge";
import type {
  CurrentRow,
  IncomingOp,
  MergeDecision,
  Policy,
  TableRules,
} from "../policy";
import type { Fields } from "../protocol";
import { appendOnly } from "./appendOnly";
import { fieldMerge } from "./fieldMerge";
import { hlcWins } from "./hlc";
import { lastWriteWins } from "./lastWriteWins";
import { manual } from "./manual";
import { maxWins } from "./maxWins";
import { mobileWins } from "./mobileWins";
import { serverWins } from "./serverWins";

const policies: readonly Policy[] = [
  mobileWins,
  serverWins,
  lastWriteWins,
  hlcWins,
  fieldMerge,
  appendOnly,
  maxWins,
  manual,
];

const combining = tableRules();
const plain = tableRules({ fields: plainFields });
const natural = tableRules({ uniqueBy: ["title"] });

// --- the server, in ten lines ---------------------------------------------------

type Row = CurrentRow | null;

function decideOn(
  policy: Policy,
  rules: TableRules,
  row: Row,
  op: IncomingOp,
): MergeDecision {
  const concurrent = isConcurrent(op.baseStamp, row);
  return decide(policy, { op, current: row, concurrent, rules });
}

function apply(
  policy: Policy,
  rules: TableRules,
  row: Row,
  op: IncomingOp,
): Row {
  const decision = decideOn(policy, rules, row, op);
  if (!("row" in decision) || decision.row === undefined) return row;
  const next = stamp(Number(row?.stamp ?? 0) + 1);
  const opId = decision.kind === "keep" ? (row?.opId ?? null) : op.opId;
  return { ...decision.row, stamp: next, opId };
}

function content(row: Row): unknown {
  return row === null || row.deleted ? "no row" : row.fields;
}

// --- what may happen ------------------------------------------------------------

/** Few values, so that ties and equal edits happen often. */
const values: Readonly<Record<string, fc.Arbitrary<Fields[string]>>> = {
  title: fc.constantFrom("a", "b", "c"),
  note: fc.constantFrom(null, "x", "y"),
  rank: fc.constantFrom(null, 1, 2, 3),
  count: fc.constantFrom(null, 0, 1, 5),
  tags: fc.option(fc.array(fc.constantFrom("p", "q", "r"), { maxLength: 3 })),
  stage: fc.constantFrom(null, "new", "sent", "read"),
};

function rowOf(rules: TableRules): fc.Arbitrary<Fields> {
  return fc.record(pick(rules));
}

/** At least one field. */
function changesOf(rules: TableRules): fc.Arbitrary<Fields> {
  const some = fc.record(pick(rules), {
    requiredKeys: [],
  }) as fc.Arbitrary<Fields>;
  return some.filter((fields) => Object.keys(fields).length > 0);
}

function pick(rules: TableRules) {
  return Object.fromEntries(
    Object.entries(values).filter(([field]) =>
      Object.hasOwn(rules.fields, field),
    ),
  );
}

/** Readings from `from` ms on, few enough to tie; two nodes never read the same. */
function reading(from: number, node: string): fc.Arbitrary<string> {
  return fc
    .integer({ min: from, max: from + 3 })
    .map((time) => `${String(time).padStart(15, "0")}-0000-${node}`);
}

function stored(rules: TableRules): fc.Arbitrary<CurrentRow> {
  return fc
    .record({ fields: rowOf(rules), edited: reading(100, "before00") })
    .map(({ fields, edited }) => ({
      fields,
      edited,
      stamp: stamp(1),
      deleted: false,
      opId: "op-0",
      clocks: Object.fromEntries(
        Object.keys(fields).map((field) => [field, edited]),
      ),
    }));
}

interface Edit {
  readonly opId: string;
  readonly node: string;
}

/** An update or delete of `row` by a device that saw it. */
function editOf(
  rules: TableRules,
  row: CurrentRow,
  { opId, node }: Edit,
): fc.Arbitrary<IncomingOp> {
  const seen = { opId, base: row.fields, baseStamp: row.stamp };
  const update = fc
    .record({ fields: changesOf(rules), edited: reading(200, node) })
    .chain(({ fields, edited }) =>
      clocksOf(fields, node).map((clocks) => {
        const latest = Object.values(clocks).reduce((a, b) => (a > b ? a : b));
        return {
          ...seen,
          kind: "update" as const,
          fields,
          edited,
          clocks,
          latest,
        };
      }),
    )
    .map(({ latest, ...op }) => ({ ...op, edited: latest }));
  const remove = reading(200, node).map((edited) => ({
    ...seen,
    kind: "delete" as const,
    fields: {},
    edited,
    clocks: {},
  }));
  return fc.oneof(
    { weight: 4, arbitrary: update },
    { weight: 1, arbitrary: remove },
  );
}

function clocksOf(fields: Fields, node: string) {
  return fc.record(
    Object.fromEntries(
      Object.keys(fields).map((field) => [field, reading(200, node)]),
    ),
  );
}

function createOf(rules: TableRules, { opId, node }: Edit) {
  return fc
    .record({ fields: rowOf(rules), edited: reading(200, node) })
    .map(({ fields, edited }): IncomingOp => ({
      opId,
      kind: "create",
      fields,
      base: null,
      baseStamp: null,
      edited,
      clocks: {},
    }));
}

const first = { opId: "op-1", node: "device01" };
const second = { opId: "op-2", node: "device02" };

interface Scene {
  readonly row: Row;
  readonly a: IncomingOp;
  readonly b: IncomingOp;
}

/** Two devices that do not know of each other edit one row, or create the same one. */
function concurrentPair(rules: TableRules): fc.Arbitrary<Scene> {
  const edits = stored(rules).chain((row) =>
    fc.record({
      row: fc.constant<Row>(row),
      a: editOf(rules, row, first),
      b: editOf(rules, row, second),
    }),
  );
  if (rules.uniqueBy.length === 0) return edits;
  const creates = fc.record({
    row: fc.constant<Row>(null),
    a: createOf(rules, first),
    b: createOf(rules, second),
  });
  return fc.oneof(edits, creates);
}

// --- the laws -------------------------------------------------------------------

const runs = { numRuns: 500 };

const laws: Readonly<Record<Law, (policy: Policy) => void>> = {
  deterministic(policy) {
    fc.assert(
      fc.property(concurrentPair(natural), ({ row, a, b }) => {
        const before = apply(policy, natural, row, a);
        const decision = decideOn(policy, natural, before, b);

        expect(
          decideOn(
            policy,
            natural,
            structuredClone(before),
            structuredClone(b),
          ),
        ).toEqual(decision);
      }),
      runs,
    );
  },

  idempotent(policy) {
    fc.assert(
      fc.property(concurrentPair(plain), ({ row, a, b }) => {
        const once = apply(policy, plain, apply(policy, plain, row, a), b);
        const twice = apply(policy, plain, once, b);
        // A restored backup sends the same edit under a new name.
        const again = apply(policy, plain, once, { ...b, opId: "op-9" });

        expect(content(twice)).toEqual(content(once));
        expect(content(again)).toEqual(content(once));
      }),
      runs,
    );
  },

  commutative(policy) {
    for (const rules of [plain, combining, natural]) {
      fc.assert(
        fc.property(concurrentPair(rules), ({ row, a, b }) => {
          const ab = apply(policy, rules, apply(policy, rules, row, a), b);
          const ba = apply(policy, rules, apply(policy, rules, row, b), a);

          expect(content(ab)).toEqual(content(ba));
        }),
        runs,
      );
    }
  },

  sequential(policy) {
    const scene = stored(plain).chain((row) =>
      fc.record({
        row: fc.constant(row),
        op: editOf(plain, row, first),
        // Also when the device's clock is behind.
        edited: reading(0, "device01"),
      }),
    );
    fc.assert(
      fc.property(scene, ({ row, op, edited }) => {
        const after = apply(policy, plain, row, { ...op, edited, clocks: {} });

        expect(content(after)).toEqual(
          op.kind === "delete" ? "no row" : { ...row.fields, ...op.fields },
        );
      }),
      runs,
    );
  },

  monotonic(policy) {
    const scene = stored(plain).chain((row) =>
      fc.record({
        row: fc.constant(row),
        ops: fc.array(editOf(plain, row, first), { maxLength: 5 }),
        sawCurrent: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(scene, ({ row, ops, sawCurrent }) => {
        let current: CurrentRow = row;
        ops.forEach((op, index) => {
          const seen = sawCurrent[index] === true && !current.deleted;
          const next = apply(policy, plain, current, {
            ...op,
            opId: `op-${index}`,
            ...(seen ? { base: current.fields, baseStamp: current.stamp } : {}),
          });
          if (next === null || next.deleted || current.deleted) return;
          const before = Number(current.fields["rank"] ?? -1);
          expect(Number(next.fields["rank"] ?? -1)).toBeGreaterThanOrEqual(
            before,
          );
          current = next;
        });
      }),
      runs,
    );
  },
};

const claims = new Map(Object.entries(policyMeta));

describe.each(policies)("$name", (policy) => {
  it.each(claims.get(policy.name)?.laws ?? [])("is %s", (law) =>
    laws[law](policy),
  );

  it("never moves a one-way field back, and never loses an increment (I10)", () => {
    const live = concurrentPair(combining).filter(
      ({ a, b }) => a.kind === "update" && b.kind === "update",
    );
    fc.assert(
      fc.property(live, ({ row, a, b }) => {
        const middle = apply(policy, combining, row, a);
        const last = apply(policy, combining, middle, b);
        const order = ["new", "sent", "read"];
        const stage = (state: Row) =>
          order.indexOf(String(state?.fields["stage"]));

        expect(stage(last)).toBeGreaterThanOrEqual(stage(row));
        const decisions = [
          decideOn(policy, combining, row, a),
          decideOn(policy, combining, middle, b),
        ];
        if (
          decisions.some(({ kind }) => kind === "reject" || kind === "conflict")
        )
          return;
        const number = (fields: Fields | null | undefined) =>
          Number(fields?.["count"] ?? 0);
        const delta = (op: IncomingOp) =>
          Object.hasOwn(op.fields, "count")
            ? number(op.fields) - number(op.base)
            : 0;
        expect(number(last?.fields)).toBe(
          number(row?.fields) + delta(a) + delta(b),
        );
      }),
      runs,
    );
  });
});

it("custom claims no law: the app's function has its own", () => {
  expect(policyMeta.custom.laws).toEqual([]);
});
