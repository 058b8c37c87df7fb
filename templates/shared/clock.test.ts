import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clampHlc,
  hlcTime,
  hlcAt,
  isHlc,
  latestHlc,
  maxDrift,
  receiveHlc,
  tickHlc,
} from "./clock";

const node = "a1b2c3d4";
const wallClock = fc.oneof(
  fc.integer({ min: -10, max: 10 }),
  fc.integer({ min: 0, max: 4_000_000_000_000 }),
  fc.double(),
);

describe("a reading", () => {
  it("is time, counter and node", () => {
    expect(tickHlc(null, 1_767_225_600_000, node)).toBe(
      "001767225600000-0000-a1b2c3d4",
    );
    expect(hlcAt(0, node)).toBe("000000000000000-0000-a1b2c3d4");
  });

  it("takes the first 8 characters of a device id", () => {
    expect(hlcAt(0, "a1b2c3d4-e5f6-4000-8000-000000000000")).toBe(
      hlcAt(0, node),
    );
  });

  it("is recognised, and nothing else is", () => {
    expect(isHlc("001767225600000-00zz-a1b2c3d4")).toBe(true);
    expect(isHlc("001767225600000-00zz-server")).toBe(true);
    for (const other of [
      "",
      "1767225600000-0000-a1b2c3d4",
      "001767225600000-0000-a1b2c3d4e",
      "001767225600000-0000-",
      "001767225600000-0000-a1b2c3d4\n",
      1767225600000,
      null,
    ]) {
      expect(isHlc(other)).toBe(false);
    }
  });

  it("tells its time", () => {
    expect(hlcTime("001767225600000-00zz-a1b2c3d4")).toBe(1_767_225_600_000);
  });

  it("compares as text", () => {
    const early = tickHlc(null, 1000, node);
    const late = tickHlc(null, 2000, node);

    expect(latestHlc(early, late)).toBe(late);
    expect(latestHlc(late, early)).toBe(late);
  });
});

describe("tickHlc", () => {
  it("counts within a millisecond", () => {
    const first = tickHlc(null, 5, node);

    expect(tickHlc(first, 5, node)).toBe("000000000000005-0001-a1b2c3d4");
  });

  it("starts the counter anew with the next millisecond", () => {
    expect(tickHlc("000000000000005-000z-a1b2c3d4", 6, node)).toBe(
      "000000000000006-0000-a1b2c3d4",
    );
  });

  it("borrows from the next millisecond when the counter is full", () => {
    expect(tickHlc("000000000000005-zzzz-a1b2c3d4", 5, node)).toBe(
      "000000000000006-0000-a1b2c3d4",
    );
  });

  it("moves on whatever the wall clock says (C4)", () => {
    fc.assert(
      fc.property(fc.array(wallClock, { minLength: 1 }), (times) => {
        let last = hlcAt(0, node);
        for (const now of times) {
          const next = tickHlc(last, now, node);

          expect(isHlc(next)).toBe(true);
          expect(next > last).toBe(true);
          last = next;
        }
      }),
    );
  });

  it("reads a clock that shows nonsense as 1970", () => {
    expect(tickHlc(null, Number.NaN, node)).toBe(hlcAt(0, node));
    expect(tickHlc(null, -1, node)).toBe(hlcAt(0, node));
    expect(hlcTime(tickHlc(null, Infinity, node))).toBe(10 ** 15 - 1);
  });
});

describe("receiveHlc", () => {
  it("is later than what this node and the other one said", () => {
    const reading = wallClock.map((now) => tickHlc(null, now, "ffffffff"));
    fc.assert(
      fc.property(
        fc.option(reading),
        reading,
        wallClock,
        (last, remote, now) => {
          const received = receiveHlc(last, remote, now, node);

          expect(isHlc(received)).toBe(true);
          if (last !== null) expect(received > last).toBe(true);
          const believed = clampHlc(remote, Math.max(0, now || 0) + maxDrift);
          expect(
            received > believed || hlcTime(received) >= hlcTime(believed),
          ).toBe(true);
        },
      ),
    );
  });

  it("orders effect after cause although this clock is behind", () => {
    const cause = tickHlc(null, 60_000, "ffffffff");
    const effect = tickHlc(receiveHlc(null, cause, 1_000, node), 1_001, node);

    expect(effect > cause).toBe(true);
  });

  it("does not follow a clock that is far ahead (C3)", () => {
    const bad = tickHlc(null, 4_000_000_000_000, "ffffffff");

    expect(hlcTime(receiveHlc(null, bad, 1_000, node))).toBe(1_000 + maxDrift);
  });
});

describe("clampHlc", () => {
  it("leaves a reading that is not later", () => {
    expect(clampHlc("000000000000005-0001-a1b2c3d4", 5)).toBe(
      "000000000000005-0001-a1b2c3d4",
    );
  });

  it("moves a later one back, and keeps its counter and node (C2)", () => {
    expect(clampHlc("000000000000009-0001-a1b2c3d4", 5.9)).toBe(
      "000000000000005-0001-a1b2c3d4",
    );
  });
});
