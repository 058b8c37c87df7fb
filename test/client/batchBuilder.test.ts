import { describe, expect, it } from "vitest";
import { createBatchBuilder, rowOf } from "../../templates/client/sync/batchBuilder";
import type { OpKind } from "../../templates/shared/protocol";
import { taskOp } from "../conformance/samples";

const op = (opId: string, kind: OpKind = "create", ...references: string[]) => ({
  ...taskOp(opId, opId, { kind, fields: { references } }),
  seq: 1,
});

function build(
  change: { readonly units?: number; readonly ops?: number; readonly bytes?: number } = {},
) {
  return createBatchBuilder(
    { units: Infinity, ops: 100, bytes: Infinity, ...change },
    ({ fields }) =>
      (fields.references as readonly string[]).map((clientId) =>
        rowOf({ table: "tasks", clientId }),
      ),
    () => 10,
  );
}

const names = (ops: readonly { readonly opId: string }[]) => ops.map(({ opId }) => opId);

describe("a batch", () => {
  it("takes rows that reference each other in a circle, one batch after the other", () => {
    const [a, b] = [op("a", "create", "b"), op("b", "create", "a")];
    const batch = build();
    for (const each of [a, b]) batch.awaitCreate(each);
    for (const each of [a, b]) batch.offer([each]);
    expect(names(batch.finish())).toEqual(["a", "b"]);
  });

  it("takes a circle together, also where a later op of one of its rows stands behind", () => {
    const [a, b] = [op("a", "create", "b"), op("b", "create", "a")];
    const batch = build();
    for (const each of [a, b]) batch.awaitCreate(each);
    for (const each of [a, b]) batch.offer([each]);
    batch.offer([{ ...op("again", "update"), clientId: "a" }]);
    expect(names(batch.finish())).toEqual(["a", "b"]);
  });

  it("does not begin with what waits, in several steps, for a creation that is held", () => {
    const onRow = (opId: string, clientId: string, ...references: string[]) => ({
      ...op(opId, "update", ...references),
      clientId,
    });
    const batch = build();
    batch.hold([op("h")]);
    for (const each of [op("x"), op("g")]) batch.awaitCreate(each);
    batch.offer([onRow("d", "d", "x")]);
    batch.offer([onRow("f", "f", "g")]);
    batch.offer([op("g", "create", "h")]);
    batch.offer([onRow("e", "f"), op("x")]);
    expect(names(batch.finish())).toEqual([]);
  });

  it("begins with what waits for a creation that stands behind it", () => {
    const edit = { ...op("edit", "update", "y"), clientId: "x" };
    const group = [op("y"), { ...op("again", "update"), clientId: "x" }];
    const batch = build();
    batch.awaitCreate(op("y"));
    batch.offer([edit]);
    batch.offer(group);
    batch.offer([op("child", "create", "y")]);
    expect(names(batch.finish())).toEqual(["edit"]);
  });

  it("does not begin with what waits for a creation that is held", () => {
    const edit = { ...op("edit", "update", "y"), clientId: "x" };
    const batch = build();
    batch.awaitCreate(op("y"));
    batch.offer([edit]);
    batch.hold([op("failed", "update")]);
    batch.offer([op("y"), { ...op("again", "update"), clientId: "failed" }]);
    expect(names(batch.finish())).toEqual([]);
  });

  it("takes a chain of references in the order of their creation", () => {
    const chain = [op("c", "create", "b"), op("b", "create", "a"), op("a")];
    const batch = build();
    for (const each of chain) batch.awaitCreate(each);
    for (const each of chain) batch.offer([each]);
    expect(names(batch.finish())).toEqual(["a", "b", "c"]);
  });

  it("holds what references a held creation, and what references that", () => {
    const batch = build();
    batch.hold([op("a")]);
    batch.offer([op("b", "create", "a")]);
    batch.offer([op("c", "update", "b")]);
    batch.offer([op("d")]);
    expect(names(batch.finish())).toEqual(["d"]);
  });

  it("awaits no creation that it has taken already, and none that is held", () => {
    const batch = build();
    batch.hold([op("held")]);
    batch.offer([op("a")]);
    for (const each of [op("a"), op("held")]) batch.awaitCreate(each);
    batch.offer([op("b", "create", "a")]);
    batch.offer([op("c", "update", "held")]);
    expect(names(batch.finish())).toEqual(["a", "b"]);
  });

  it("does not hold what references a row whose update failed", () => {
    const batch = build();
    batch.hold([op("a", "update")]);
    batch.offer([op("b", "create", "a")]);
    expect(names(batch.finish())).toEqual(["b"]);
  });

  it("never goes over its bounds, and lets nothing overtake what did not fit", () => {
    const batch = build({ bytes: 25 });
    for (const name of ["a", "b", "c", "d"]) batch.offer([op(name)]);
    expect(batch.isFull()).toBe(true);
    expect(names(batch.finish())).toEqual(["a", "b"]);
    const few = build({ units: 2 });
    for (const name of ["a", "b", "c"]) few.offer([op(name), op(`${name}2`)]);
    expect(names(few.finish())).toEqual(["a", "a2", "b", "b2"]);
  });

  it("does not count references inside a unit as waiting", () => {
    const unit = [op("child", "create", "parent"), op("parent")];
    const batch = build();
    for (const each of unit) batch.awaitCreate(each);
    batch.offer(unit);
    expect(names(batch.finish())).toEqual(["child", "parent"]);
  });
});
