import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Backend } from "../../templates/client/sync/ports";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice, type Device } from "./world";

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await Promise.resolve();
}

/** Everything that would make a running engine do something. */
async function disturb(device: Device): Promise<void> {
  device.setOnline(false);
  device.setOnline(true);
  device.setActive(true);
  void device.sync.syncNow();
  await device.time.pass(600_000);
}

const call = fc.record({
  name: fc.constantFrom("start", "stop"),
  ticks: fc.integer({ min: 0, max: 60 }),
});

describe("start, stop and dispose, however close together", () => {
  it("I17: the last of start and stop wins, and nothing of the others is left", async () => {
    const calls = fc.array(call, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(calls, async (sequence) => {
        const server = createFakeServer();
        const device = await createDevice({ server });
        const ended: Promise<void>[] = [];
        for (const { name, ticks: pause } of sequence) {
          ended.push(name === "start" ? device.sync.start() : device.sync.stop());
          await ticks(pause);
        }
        await Promise.all(ended);
        await settle();
        const runs = sequence.at(-1)?.name === "start";
        expect(device.sync.getStatus().phase).toBe(runs ? "idle" : "stopped");
        expect([server.watchers, device.time.waiting]).toEqual(runs ? [1, 1] : [0, 0]);
        const { heads } = server;
        await disturb(device);
        expect(server.heads > heads).toBe(runs);
        await device.sync.dispose();
      }),
      {
        numRuns: 60,
        examples: [
          [
            [
              { name: "start", ticks: 0 },
              { name: "stop", ticks: 0 },
            ],
          ],
        ],
      },
    );
  });

  it("I17: after dispose nothing runs, and the database is left alone", async () => {
    const before = fc.array(call, { maxLength: 4 });
    const after = fc.array(call, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(before, after, async (first, last) => {
        const server = createFakeServer();
        const device = await createDevice({ server });
        const ended: Promise<unknown>[] = [];
        const run = async (calls: typeof first) => {
          for (const { name, ticks: pause } of calls) {
            const end = name === "start" ? device.sync.start() : device.sync.stop();
            end.catch(() => undefined);
            ended.push(end);
            await ticks(pause);
          }
        };
        await run(first);
        // Whoever started before is not refused.
        const disposed = Promise.all([...ended, device.sync.dispose()]);
        await run(last);
        await disposed;
        await Promise.allSettled(ended);
        let commits = 0;
        device.onCommit = () => (commits += 1);
        await disturb(device);
        const { phase, error } = device.sync.getStatus();
        expect(phase).toBe("stopped");
        // A cycle that was cut short may say so; nobody used a closed database.
        expect(["network", undefined]).toContain(error?.code);
        expect([server.watchers, device.time.waiting, commits]).toEqual([0, 0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("what is written after dispose, while the database is still open, settles as stopped", async () => {
    const device = await createDevice({ server: createFakeServer(), online: false });
    Object.assign(device.store, { close: async () => undefined });
    await device.sync.start();
    await device.sync.dispose();
    const { settled } = await device.sync.table("tasks").create({ text: "draft" });
    expect(await settled).toMatchObject({ outcome: "stopped" });
  });

  it("dispose ends an engine once, and it does not start again", async () => {
    const device = await startDevice({ server: createFakeServer() });
    await Promise.all([device.sync.dispose(), device.sync.dispose()]);
    await device.sync.stop();
    await expect(device.sync.start()).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("an app in the background", () => {
  const interval = 60_000;

  /** How many cycles there are in an hour. */
  async function cyclesIn(device: Device): Promise<number> {
    const { cycles } = device.sync.getSyncStats();
    await device.time.pass(3_600_000);
    return device.sync.getSyncStats().cycles - cycles;
  }

  async function comesBack(device: Device): Promise<void> {
    device.setActive(true);
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
    expect(await cyclesIn(device)).toBe(60);
  }

  it("sends a write at once, and no timer goes on", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, interval });
    device.setActive(false);
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(Object.values(server.rows("tasks"))).toMatchObject([{ text: "a" }]);
    expect([await cyclesIn(device), device.time.waiting]).toEqual([0, 0]);
    await comesBack(device);
  });

  it("does not try again what failed there", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, interval });
    device.setActive(false);
    server.faults.push.push("network");
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "retrying", pendingCount: 1 });
    expect([await cyclesIn(device), device.time.waiting]).toEqual([0, 0]);
    await comesBack(device);
  });

  it("ends the cycle that was running, and begins no other", async () => {
    const server = createFakeServer();
    let goOn: () => void = () => undefined;
    let isSlow = false;
    const pull: Backend["pull"] = async (request) => {
      if (isSlow) await new Promise<void>((resolve) => (goOn = resolve));
      return server.backend.pull(request);
    };
    const backend = { ...server.backend, pull };
    const device = await startDevice({ server, interval, ports: { backend } });
    isSlow = true;
    void device.sync.syncNow();
    await settle();
    device.setActive(false);
    isSlow = false;
    goOn();
    await settle();
    expect(device.sync.getStatus().phase).toBe("idle");
    expect([await cyclesIn(device), device.time.waiting]).toEqual([0, 0]);
    await comesBack(device);
  });

  it("that is started again is taken to be in the foreground", async () => {
    const device = await startDevice({ server: createFakeServer(), interval });
    device.setActive(false);
    await device.sync.stop();
    await device.sync.start();
    await settle();
    expect(await cyclesIn(device)).toBe(60);
  });
});
