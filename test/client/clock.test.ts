import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import { clockOffset } from "../../templates/client/sync/clockOffset";
import { hlcTime, maxDrift } from "../../templates/shared/clock";
import { registry, tables } from "./fixture/registry";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

const year = 365 * 86_400_000;

describe("a wall clock that was years ahead", () => {
  it("C2: is taken back with what was written under it, in the order written", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, online: false });
    server.serverTime = device.time.now;
    server.invalid = ({ fields }) => fields.title === "bad" || fields.text === "bad";
    const page = await device.sync.table("pages").create({ title: "bad" });
    const [asWritten] = await device.ops();
    device.time.now += 10 * year;
    await device.sync.table("pages").update(page.clientId, { body: "later" });
    await device.sync.table("notes").create({ body: "of a table that is gone" });
    await device.sync.table("tasks").create({ text: "bad" });

    const { notes: _gone, ...rest } = tables;
    const upgrades = opUpgrades([{ from: 1, to: 2, tables: { notes: { removed: true } } }], 2);
    const next = { ...registry, schemaVersion: 2, upgrades, tables: rest };
    const again = await device.restart({ server, registry: next, online: true });
    await again.sync.start();
    await settle();

    const ops = await again.ops();
    expect(ops.map(({ table, state }) => [table, state])).toEqual([
      ["pages", "failed"],
      ["notes", "failed"],
      ["tasks", "failed"],
    ]);
    const edited = ops.map((op) => op.edited);
    expect(edited).toEqual([...edited].sort());
    expect(new Set(edited).size).toBe(3);
    for (const reading of edited)
      expect(hlcTime(reading)).toBeLessThanOrEqual(server.serverTime + maxDrift);
    expect(ops[0]?.clocks).toMatchObject({
      title: asWritten?.clocks?.title,
      body: ops[0]?.edited,
    });
    expect(await again.row("tasks", ops[2]?.clientId ?? "")).toMatchObject({
      updatedAt: hlcTime(edited[2] ?? ""),
    });
  });
});

describe("a wall clock that was years ahead, on a full disk", () => {
  it("C2, I4: is taken back with the next answer, where this one's could not be kept", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.serverTime = device.time.now;
    server.invalid = ({ table }) => table === "pages";
    server.faults.push.push("network");
    await device.sync.table("tasks").create({ text: "tells the time" });
    await settle();
    device.time.now += year;
    const page = await device.sync.table("pages").create({ title: "first" });
    device.time.now -= year;
    let isFull = false;
    device.onCommit = ({ ops = [], metadata = {} }) => {
      const isCorrection = ops.length > 0 && Object.keys(metadata).join() === "hlc";
      if (!isCorrection || isFull) return;
      isFull = true;
      device.setOnline(false);
      throw new Error("database or disk is full");
    };
    await device.time.pass(60_000);
    expect(isFull).toBe(true);
    const [first] = await device.ops();
    await device.sync.table("pages").update(page.clientId, { title: "second" });
    const [second] = await device.ops();
    expect([second?.edited, first?.edited].sort()).toEqual([first?.edited, second?.edited]);

    device.setOnline(true);
    await settle();
    const [corrected] = await device.ops();
    expect(corrected).toMatchObject({ state: "failed", fields: { title: "second" } });
    for (const reading of [corrected?.edited, ...Object.values(corrected?.clocks ?? {})])
      expect(hlcTime(reading ?? "")).toBeLessThanOrEqual(server.serverTime + maxDrift);
  });
});

describe("a wall clock that is years behind", () => {
  it("I4: edits come after what they were made on, though nothing was sent since", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const page = await device.sync.table("pages").create({ title: "a" });
    await settle();
    server.serverTime += 1000;
    server.write("pages", page.clientId, { title: "b" });
    const changedAt = server.serverTime;
    device.time.now -= 10 * year;
    await device.sync.syncNow();
    server.faults.push.push("network");
    await device.sync.table("pages").update(page.clientId, { title: "c" });
    const [op] = await device.ops();
    expect(hlcTime(op?.edited ?? "")).toBeGreaterThan(changedAt);
  });
});

describe("what a slow answer tells of the server's clock", () => {
  const day = 86_400_000;
  const offset = fc.integer({ min: -day, max: day });
  const travel = fc.tuple(fc.nat(60_000), fc.nat(60_000));
  /** What is known after an answer whose two ways took so long, when the server is really `ahead`. */
  const after = (known: number, ahead: number, [there, back]: [number, number]) =>
    clockOffset(known, 1_000 + there + ahead, { sentAt: 1_000, receivedAt: 1_000 + there + back });

  it("C5: a right clock stays right, however slow the ways there and back", () => {
    fc.assert(fc.property(offset, travel, (known, ways) => after(known, 0, ways) === 0));
  });

  it("a wrong clock is known to the time that the answer took", () => {
    fc.assert(
      fc.property(offset, offset, travel, (known, ahead, ways) => {
        const found = after(known, ahead, ways);
        expect(Math.abs(found - ahead)).toBeLessThanOrEqual(ways[0] + ways[1]);
      }),
    );
  });

  it("what is known of a clock that is surely wrong only gets nearer to the truth", () => {
    fc.assert(
      fc.property(offset, offset, travel, (known, ahead, ways) => {
        fc.pre(Math.abs(ahead) > ways[0] + ways[1]);
        const found = after(known, ahead, ways);
        expect(Math.abs(found - ahead)).toBeLessThanOrEqual(Math.abs(known - ahead));
      }),
    );
  });

  it("a clock that was put back while the call went on is taken at what it says now", () => {
    const times = { sentAt: 5_000, receivedAt: 2_000 };
    expect(clockOffset(0, 5_100, times)).toBe(3_100);
  });

  it("an edit has its own time though the answer to the one before was slow", async () => {
    const server = createFakeServer();
    const { sync, row, time } = await startDevice({ server });
    server.poison = () => {
      server.serverTime = time.now;
      time.now += 20_000;
      return false;
    };
    await sync.table("tasks").create({ text: "first" });
    await settle();
    const { clientId } = await sync.table("tasks").create({ text: "second" });
    expect((await row("tasks", clientId))?.updatedAt).toBe(time.now);
  });
});
