import { describe, expect, it } from "vitest";
import {
  afterAnswer,
  afterThrow,
  beginCycle,
  noSearch,
  type Search,
} from "../../templates/client/sync/search";

const units = (...names: [string, ...string[]]) => names;

/** `op` threw alone, and the server then took the empty batch. */
function suspected(): Search {
  const { search } = afterThrow(noSearch, units("op"));
  return afterAnswer(search);
}

describe("the search for an op that makes the server throw", () => {
  it("blames no op for its first throw, and asks whether the server takes anything", () => {
    const { isToBlame, search } = afterThrow({ ...noSearch, isProven: true }, units("op"));
    expect(isToBlame).toBe(false);
    expect(search).toMatchObject({ isProbing: true, isProven: false, suspect: "op" });
  });

  it("blames an op that throws again after the server took something else", () => {
    expect(afterThrow(suspected(), units("op")).isToBlame).toBe(true);
  });

  it("blames nothing when what the server took was in an earlier cycle: it may be down by now (E19, F6)", () => {
    expect(afterThrow(beginCycle(suspected()), units("op")).isToBlame).toBe(false);
  });

  it("blames no other op than the one that threw before", () => {
    expect(afterThrow(suspected(), units("other")).isToBlame).toBe(false);
  });

  it("halves a batch only once the server took something in this cycle", () => {
    expect(afterThrow(noSearch, units("a", "b", "c"))).toMatchObject({
      isToBlame: false,
      search: { span: Infinity, isProbing: true },
    });
    const proven = afterAnswer({ ...noSearch, isProbing: true });
    expect(afterThrow(proven, units("a", "b", "c"))).toMatchObject({
      isToBlame: false,
      search: { span: 2, isProbing: false },
    });
  });

  it("grows again with every batch that is taken, but not with an empty one", () => {
    const narrow: Search = { ...noSearch, span: 2 };
    expect(afterAnswer(narrow).span).toBe(4);
    expect(afterAnswer({ ...narrow, isProbing: true }).span).toBe(2);
  });

  it("looks for the next one with room for everything after a blame", () => {
    expect(afterThrow(suspected(), units("op")).search).toEqual({ ...noSearch, isProven: true });
  });
});
