import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairRenames, type Renamable } from "./pairRenames";

const named = (name: string, renamedFrom: string | null = null): Renamable => ({
  name,
  renamedFrom,
});

describe("pairRenames", () => {
  it("pairs a renamed name with the one it had", () => {
    const pairing = pairRenames(["a", "b"], [named("b"), named("c", "a")]);

    expect(pairing.renames).toEqual([{ from: "a", to: "c" }]);
    expect([...pairing.oldNames]).toEqual([
      ["b", "b"],
      ["c", "a"],
    ]);
    expect(pairing).toMatchObject({ added: [], removed: [], contested: [], unknown: [] });
  });

  it("finds nothing to do for a rename that an earlier run made", () => {
    const pairing = pairRenames(["c"], [named("c", "a")]);

    expect(pairing).toMatchObject({
      renames: [],
      added: [],
      removed: [],
      contested: [],
      unknown: [],
    });
  });

  it("makes a chain of renames from its end", () => {
    const pairing = pairRenames(["a", "b"], [named("b", "a"), named("c", "b")]);

    expect(pairing.renames).toEqual([
      { from: "b", to: "c" },
      { from: "a", to: "b" },
    ]);
    expect(pairing).toMatchObject({ added: [], removed: [], contested: [] });
  });

  it("contests a rename from a name that is still in use", () => {
    const pairing = pairRenames(["a"], [named("a"), named("b", "a")]);

    expect(pairing.contested).toEqual([named("b", "a")]);
  });

  it("contests two renames from one name", () => {
    const pairing = pairRenames(["a"], [named("b", "a"), named("c", "a")]);

    expect(pairing.contested).toEqual([named("c", "a")]);
  });

  it("adds what is renamed from a name nobody knows, and says so", () => {
    const pairing = pairRenames(["a"], [named("a"), named("dueAt", "deuAt")]);

    expect(pairing).toMatchObject({ added: ["dueAt"], unknown: [named("dueAt", "deuAt")] });
  });

  it("lists additions and removals in the order they were given", () => {
    const pairing = pairRenames(["x", "a", "y"], [named("q"), named("a"), named("p")]);

    expect(pairing).toMatchObject({ added: ["q", "p"], removed: ["x", "y"] });
  });

  it("accounts for every name once, and its renames can be made in order", () => {
    const names = fc.constantFrom<string>("a", "b", "c", "d", "e");
    const items = fc.uniqueArray(fc.record({ name: names, renamedFrom: fc.option(names) }), {
      selector: (item) => item.name,
    });
    fc.assert(
      fc.property(fc.uniqueArray(names), items, (old, wanted) => {
        const pairing = pairRenames(old, wanted);

        expect([...pairing.oldNames.keys(), ...pairing.added].sort()).toEqual(
          wanted.map((item) => item.name).sort(),
        );
        expect([...pairing.oldNames.values(), ...pairing.removed].sort()).toEqual([...old].sort());
        const present = new Set(old);
        for (const { from, to } of pairing.renames) {
          expect(present.delete(from)).toBe(true);
          expect(present.has(to)).toBe(false);
          present.add(to);
        }
      }),
    );
  });
});
