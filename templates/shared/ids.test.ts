import { describe, expect, it } from "vitest";
import { isUuid, uuidV7 } from "./ids";

const random = Uint8Array.from([255, 255, 255, 1, 2, 3, 4, 5, 6, 7]);

describe("uuidV7", () => {
  it("holds the time, the version, the variant and the random bytes", () => {
    expect(uuidV7(0x017f22e279b0, random)).toBe(
      "017f22e2-79b0-7fff-bf01-020304050607",
    );
  });

  it("sorts by time", () => {
    const times = [0, 1, 255, 256, 2 ** 32 - 1, 2 ** 32, 1_767_225_600_000];
    const ids = times.map((time) => uuidV7(time, random));

    expect([...ids].sort()).toEqual(ids);
  });

  it("is valid whatever the clock says", () => {
    expect(isUuid(uuidV7(-5.5, random))).toBe(true);
    expect(isUuid(uuidV7(2 ** 60, random))).toBe(true);
  });
});

describe("isUuid", () => {
  it("knows its own", () => {
    expect(isUuid("017f22e2-79b0-7fff-bf01-020304050607")).toBe(true);
    for (const other of [
      "",
      "017F22E2-79B0-7FFF-BF01-020304050607",
      "017f22e279b07fffbf01020304050607",
      7,
      null,
    ]) {
      expect(isUuid(other)).toBe(false);
    }
  });
});
