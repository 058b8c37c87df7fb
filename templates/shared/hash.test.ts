import { describe, expect, it } from "vitest";
import { hashOps } from "./hash";
import type { Op } from "./protocol";

const op: Op = {
  opId: "01890a5d-ac96-774b-bcce-b302099a8057",
  table: "tasks",
  clientId: "01890a5d-ac96-774b-bcce-b302099a8058",
  kind: "update",
  fields: { title: "Call", rank: 1 },
  base: null,
  baseStamp: null,
  edited: "001767225600000-0000-a1b2c3d4",
  clocks: null,
  schemaVersion: 1,
  group: null,
  carriedBy: null,
};

describe("hashOps", () => {
  it("is 128 bits as hex, and stays what it is: batches sealed by older apps carry it", () => {
    expect(hashOps([op])).toMatchInlineSnapshot(
      `"d6c318401a5ae80c2f337ae24aeb7c82"`,
    );
    expect(hashOps([])).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is the same for an op that was stored as JSON and read again", () => {
    const read = JSON.parse(JSON.stringify(op)) as Op;

    expect(hashOps([read])).toBe(hashOps([op]));
  });

  it("differs for other content (B6)", () => {
    const titles = Array.from(
      { length: 20_000 },
      (_, index) => `Call ${index}`,
    );
    const hashes = titles.map((title) =>
      hashOps([{ ...op, fields: { title } }]),
    );

    expect(new Set(hashes).size).toBe(titles.length);
    expect(hashOps([op, op])).not.toBe(hashOps([op]));
  });

  it("differs for another scope, and not for an op without one", () => {
    const hashOf = (scopeId: string) => hashOps([{ ...op, scopeId }]);

    expect(hashOf("team")).toBe(hashOf("team"));
    expect(hashOf("team")).not.toBe(hashOf("home"));
    expect(hashOf("team")).not.toBe(hashOps([op]));
  });

  it("changes about half of its bits with one character", () => {
    const bits = (hash: string) => BigInt(`0x${hash}`);
    const count = (value: bigint) => value.toString(2).replace(/0/g, "").length;
    for (const title of ["Call", "Dall", "Caml", "Calk"]) {
      const other = hashOps([{ ...op, fields: { title: `${title}!` } }]);
      const changed = count(
        bits(other) ^ bits(hashOps([{ ...op, fields: { title } }])),
      );

      expect(changed).toBeGreaterThan(30);
      expect(changed).toBeLessThan(98);
    }
  });
});
