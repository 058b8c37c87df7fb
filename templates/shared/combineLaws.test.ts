import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableRules } from "../../test/shared/mergeCase";
import { canonicalJson, isList } from "./codec";
import { combineAll, combineFields, joinEdits, withSeen } from "./combine";
import { seenAfter, type FieldEdits } from "./combining";
import type { Fields } from "./protocol";

const rules = tableRules();
const stages = [null, "new", "sent", "read"] as const;

const count = fc.option(fc.integer({ min: -5, max: 5 }));
const tags = fc.option(fc.subarray(["a", "b", "c", "d"]));
/** A stage that rows have reached, so that whoever comes later finds this one or a later one. */
const stage = (from: number) => fc.constantFrom(...stages.slice(from));
const rowFrom = (from: number) =>
  fc.record({
    title: fc.constantFrom("x", "y"),
    count,
    tags,
    stage: stage(from),
  });
const anyRow = rowFrom(0);
const values = fc.record(
  { title: fc.constantFrom("p", "q"), count, tags, stage: stage(0) },
  { requiredKeys: [] },
);

const stageOf = (row: Fields) =>
  stages.findIndex((step) => step === (row["stage"] ?? null));

/** An edit, and a row that it may meet. */
const editOf = (base: Fields, fields: Fields): FieldEdits => ({
  kind: "update",
  fields,
  base,
});

/** The row that an edit makes of `row`; `null`: there is none yet. */
function apply(edit: FieldEdits, row: Fields | null): Fields {
  return row === null
    ? edit.fields
    : { ...row, ...edit.fields, ...combineFields(rules, edit, row) };
}

/** Equal for rows that say the same: no number is 0, no set is empty, and the order of a set says nothing. */
function meaningOf(row: Fields) {
  const { count = null, tags = null, ...others } = row;
  const items = isList(tags) ? tags.map(canonicalJson).sort() : [];
  return { stage: null, ...others, count: count ?? 0, tags: items };
}

describe("two edits as one", () => {
  it("do to any row what the two do one after the other", () => {
    fc.assert(
      fc.property(
        anyRow.chain((base) =>
          fc.record({
            first: values.map((fields) => editOf(base, fields)),
            others: rowFrom(stageOf(base)),
            row: rowFrom(stageOf(base)),
          }),
        ),
        values,
        ({ first, others, row }, fields) => {
          const next = editOf(apply(first, others), fields);
          const joined = { ...first, ...joinEdits(rules, first, next) };

          expect(meaningOf(apply(joined, row))).toEqual(
            meaningOf(apply(next, apply(first, row))),
          );
        },
      ),
    );
  });

  it("are a new row with the edit in it where the first creates the row", () => {
    fc.assert(
      fc.property(anyRow, anyRow, values, (created, others, fields) => {
        const first = { kind: "create", fields: created, base: null } as const;
        // Somebody may have edited the row that was created before the answer came.
        const next = editOf(
          { ...created, ...others, stage: created.stage },
          fields,
        );
        const joined = { ...first, ...joinEdits(rules, first, next) };

        expect(joined.base).toBeNull();
        expect(meaningOf(apply(joined, null))).toEqual(
          meaningOf(apply(next, apply(first, null))),
        );
      }),
    );
  });
});

describe("a row with what was seen in it", () => {
  it("as the base of an edit, changes nothing of what it does to any row", () => {
    fc.assert(
      fc.property(
        anyRow,
        anyRow,
        anyRow,
        values,
        (seen, server, row, fields) => {
          const base = withSeen(rules, server, fields, seen);

          expect(combineFields(rules, editOf(base, fields), row)).toEqual(
            combineFields(rules, editOf(seen, fields), row),
          );
          expect({ ...base, ...combining(server) }).toEqual(server);
        },
      ),
    );
  });

  it("is the row itself where nothing was seen, or nothing else", () => {
    fc.assert(
      fc.property(anyRow, anyRow, values, (row, seen, fields) => {
        expect(withSeen(rules, row, fields, null)).toBe(row);
        expect(withSeen(rules, row, fields, { ...row })).toBe(row);
        expect(withSeen(rules, row, { title: "p" }, seen)).toBe(row);
      }),
    );
  });

  const combining = ({ count, tags, stage }: Fields) => ({
    count,
    tags,
    stage,
  });
});

describe("several edits", () => {
  const edits = fc.array(
    fc.record({ fields: values, base: fc.option(anyRow) }),
    { maxLength: 5 },
  );

  it("are one after the other, each by what it was set on", () => {
    fc.assert(
      fc.property(edits, anyRow, (drawn, current) => {
        const made = drawn.map((edit): FieldEdits => ({
          kind: "update",
          ...edit,
        }));
        expect({ ...current, ...combineAll(rules, made, current) }).toEqual(
          folded(made, current),
        );
      }),
    );
  });

  it("begin with what the first creates", () => {
    fc.assert(
      fc.property(anyRow, edits, (created, drawn) => {
        const made: readonly FieldEdits[] = [
          { kind: "create", fields: created, base: null },
          ...drawn.map((edit) => ({ kind: "update" as const, ...edit })),
        ];
        const { title: _, ...row } = folded(
          made.slice(1),
          created,
          made.slice(0, 1),
        );

        expect(combineAll(rules, made, null)).toEqual(row);
      }),
    );
  });

  /** The counters, sets and one-way fields of `row` after one edit after the other; the rest as it was. */
  function folded(
    edits: readonly FieldEdits[],
    row: Fields,
    before: readonly FieldEdits[] = [],
  ): Fields {
    const current = before.length > 0 ? null : row;
    return edits.reduce((made, edit, position) => {
      const earlier = [...before, ...edits.slice(0, position)];
      const base = edit.base ?? seenAfter(earlier, current);
      return { ...made, ...combineFields(rules, { ...edit, base }, made) };
    }, row);
  }
});
