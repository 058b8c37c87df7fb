import { describe, expect, it } from "vitest";
import { batchBudget, opsBudget } from "./budget";
import { wireBytes } from "./codec";
import { limits, type PushBatch } from "./protocol";

describe("budgets of a batch", () => {
  it("I18: what the device puts together fits with what surrounds it", () => {
    const long = "x".repeat(1024);
    const frame: PushBatch = {
      deviceId: "0".repeat(64),
      forUser: long,
      epoch: "0".repeat(64),
      batchSeq: Number.MAX_SAFE_INTEGER,
      batchHash: "0".repeat(64),
      schemaVersion: Number.MAX_SAFE_INTEGER,
      ops: [],
    };
    const commas = limits.batchOps;
    expect(opsBudget + wireBytes(frame) + commas).toBeLessThanOrEqual(
      batchBudget([{ group: "a" }, { group: "b" }]),
    );
  });

  it("I18: what cannot be sent as several may grow after it was written", () => {
    expect(batchBudget([{ group: null }])).toBe(limits.opBytes);
    expect(batchBudget([{ group: "a" }, { group: "a" }])).toBe(limits.opBytes);
    expect(batchBudget([{ group: null }, { group: null }])).toBe(
      limits.batchBytes,
    );
    expect(batchBudget([{ group: "a" }, { group: null }])).toBe(
      limits.batchBytes,
    );
    expect(batchBudget([])).toBe(limits.batchBytes);
  });
});
