import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareStamps,
  decodeCursor,
  encodeCursor,
  latestStamp,
  stampFromBigint,
} from "./stamp";

const commit = fc.bigInt({ min: 0n, max: 2n ** 62n });
const stamps = commit.map(stampFromBigint);

describe("stamps", () => {
  it("keep every digit past 2^53 (E11)", () => {
    expect(stampFromBigint(1767225600123456789n)).toBe("1767225600123456789");
    expect(stampFromBigint(9007199254740993n)).toBe("0009007199254740993");
  });

  it("sort as text like the numbers that they are made of", () => {
    fc.assert(
      fc.property(commit, commit, (a, b) => {
        const order = a === b ? 0 : a < b ? -1 : 1;
        expect(compareStamps(stampFromBigint(a), stampFromBigint(b))).toBe(
          order,
        );
      }),
    );
  });

  it("are all later than none", () => {
    expect(compareStamps(null, stampFromBigint(0n))).toBe(-1);
    expect(compareStamps(stampFromBigint(0n), null)).toBe(1);
    expect(compareStamps(null, null)).toBe(0);
  });
});

describe("cursors", () => {
  it("decode to what was encoded (I19)", () => {
    const position = fc.record({
      stamp: stamps,
      clientId: fc.oneof(fc.uuid(), fc.string()),
      until: fc.option(stamps),
    });
    fc.assert(
      fc.property(position, (given) => {
        expect(decodeCursor(encodeCursor(given))).toEqual(given);
      }),
    );
  });

  it("are null for anything else (A15)", () => {
    const good = encodeCursor({
      stamp: stampFromBigint(7n),
      clientId: "a",
      until: null,
    });

    for (const bad of [
      "",
      "garbage",
      `2${good.slice(1)}`,
      ` ${good}`,
      good.slice(0, 20),
      good.replace("-", "x"),
      `1.${2n ** 63n}.-.a`,
      good.replace("-", `${2n ** 63n}`),
    ]) {
      expect(decodeCursor(bad)).toBeNull();
    }
  });

  it("hold the latest commit there can be, and none after it", () => {
    const cursor = `1.${2n ** 63n - 1n}.-.a`;

    expect(decodeCursor(cursor)?.stamp).toBe(latestStamp);
  });
});
