import { convexTest } from "convex-test";
import { defineSchema } from "convex/server";
import { v } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { maxDrift } from "../../templates/shared/clock";
import { maxWins } from "../../templates/shared/policies/maxWins";
import type { Op } from "../../templates/shared/protocol";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, modules, newUuid, signIn, type Deployment } from "./harness";

const rules = {
  receipts: {
    name: "receipts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: { by: "readUpTo" },
    fields: {
      readUpTo: { kind: "timestamp", optional: true },
      from: { kind: "text", optional: true },
    },
  },
} as const;

const schema = defineSchema({
  receipts: syncedTable({ readUpTo: v.optional(v.number()), from: v.optional(v.string()) }),
  ...syncSystemTables,
});

const year = 365 * 24 * 60 * 60_000;
const start = Date.UTC(2026, 0, 1);

function open() {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  // Safe: of a session only its functions are used here, not its tables.
  const ana = signIn(deployment as unknown as Deployment, "ana");
  const server = createSyncServer({
    rules,
    policies: { receipts: maxWins },
    schemaVersion: 1,
    accepts: 2,
    upgrades: [],
    retentionDays: 90,
    user: getSyncUser,
  });
  const [wrong, right] = [new Device(ana), new Device(ana)];
  const clientId = newUuid();
  const push = async (device: Device, draft: Partial<Op>) => {
    const op = device.op({ table: "receipts", kind: "update", clientId, ...draft });
    const batch = device.batch([op]);
    const { results, stamp } = accepted(await ana.mutation((ctx) => server.push(ctx, batch)));
    const [result] = results;
    return { outcome: result?.outcome, fields: result?.row?.fields, stamp };
  };
  const upsert = (fields: Record<string, unknown>) =>
    ana.mutation((ctx) => server.upsert(ctx, "receipts", { clientId, fields }));
  return { wrong, right, push, upsert };
}

describe("max-wins by a time (I12)", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start, toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("a phone one year ahead wins for five minutes, and not for ever (C12)", async () => {
    const { wrong, right, push } = open();
    const ahead = await push(wrong, {
      kind: "create",
      fields: { readUpTo: start + year, from: "wrong" },
    });
    expect(ahead.fields).toEqual({ readUpTo: start + maxDrift, from: "wrong" });

    vi.setSystemTime(start + maxDrift + 1000);
    const later = await push(right, {
      fields: { readUpTo: start + maxDrift + 1000, from: "right" },
      base: { readUpTo: start + maxDrift, from: "wrong" },
      baseStamp: ahead.stamp,
    });
    expect(later).toMatchObject({
      outcome: "applied",
      fields: { readUpTo: start + maxDrift + 1000, from: "right" },
    });
  });

  it("nor does a far future come in by what an op claims to have seen", async () => {
    const { wrong, right, push } = open();
    const created = await push(right, { kind: "create", fields: { readUpTo: start } });
    const claimed = await push(wrong, {
      fields: { from: "wrong" },
      base: { readUpTo: start + year, from: null },
      baseStamp: "0".repeat(19),
    });
    expect(created.fields).toEqual({ readUpTo: start, from: null });
    expect(claimed.fields).toEqual({ readUpTo: start + maxDrift, from: "wrong" });
  });

  it("nor through a call from the web; a time that has come, and none, stay as they are", async () => {
    const { right, push, upsert } = open();
    await push(right, { kind: "create", fields: { readUpTo: null } });
    expect((await upsert({ readUpTo: start - 5 })).row?.fields["readUpTo"]).toBe(start - 5);
    expect((await upsert({ readUpTo: start + year })).row?.fields["readUpTo"]).toBe(
      start + maxDrift,
    );
  });
});
