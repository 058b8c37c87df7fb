import { describe, expect, it } from "vitest";
import { BackendError, type Backend } from "../../templates/client/sync/ports";
import { sendOnce } from "../../templates/client/sync/sendOnce";
import type { PushBatch, PushReply } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { createManualTime, startDevice } from "./world";

const batch = (batchSeq: number): PushBatch => ({
  deviceId: "device",
  forUser: "user",
  epoch: "epoch",
  batchSeq,
  batchHash: `hash ${String(batchSeq)}`,
  schemaVersion: 1,
  ops: [],
});

const ok: PushReply = {
  status: "ok",
  results: [],
  stamp: "1",
  serverTime: 1,
  epoch: "epoch",
};
const refused: PushReply = { status: "refused", code: "rate-limited", retryAfter: 1 };

/** A client that answers when it is told. */
function start() {
  const calls: { answer: (reply: PushReply) => void; fail: (error: Error) => void }[] = [];
  const time = { now: 0 };
  const inner = {
    push: () =>
      new Promise<PushReply>((answer, fail) => {
        calls.push({ answer, fail });
      }),
  } as unknown as Backend;
  return { calls, time, backend: sendOnce(inner, { now: () => time.now }) };
}

describe("an answer that comes after its call was given up", () => {
  it("ends the batch, and does not make a right clock look wrong", async () => {
    const time = createManualTime();
    const server = createFakeServer();
    let calls = 0;
    const slow: Backend = {
      ...server.backend,
      push: async (sent) => {
        calls += 1;
        server.serverTime = time.now;
        const reply = await server.backend.push(sent);
        await new Promise<void>((resolve) => time.ports.timers.after(40_000, resolve));
        return reply;
      },
    };
    const backend = sendOnce(slow, time.ports.clock);
    const device = await startDevice({ server, time, ports: { backend } });
    await device.sync.table("tasks").create({ text: "a" });
    await time.pass(180_000);
    expect(await device.ops()).toEqual([]);
    expect(calls).toBe(1);
    expect(await device.store.readMetadata(["clockOffset"])).toEqual({ clockOffset: "0" });
  });
});

describe("a batch that is on its way", () => {
  it("is not handed over again, and its answer is there whenever it comes", async () => {
    const { calls, time, backend } = start();
    time.now = 1_000;
    const first = backend.push(batch(1));
    const second = backend.push(batch(1));
    calls[0]?.answer(ok);
    expect(await first).toBe(ok);
    expect(await second).toEqual({ ...ok, sentAt: 1_000 });
    time.now = 5_000;
    // As when writing the answer down failed.
    expect(await backend.push(batch(1))).toEqual({ ...ok, sentAt: 1_000 });
    expect(calls).toHaveLength(1);
  });

  it("does not stand in the way of another one", async () => {
    const { calls, backend } = start();
    void backend.push(batch(1));
    void backend.push(batch(2));
    expect(calls).toHaveLength(2);
    calls[0]?.answer(refused);
    calls[1]?.answer(ok);
    expect(await backend.push(batch(2))).toEqual({ ...ok, sentAt: 0 });
    expect(calls).toHaveLength(2);
  });

  it("is sent anew when the server refused it, or failed", async () => {
    const { calls, backend } = start();
    const first = backend.push(batch(1));
    calls[0]?.answer(refused);
    await first;
    const second = backend.push(batch(1));
    calls[1]?.fail(new BackendError("server", "broken"));
    await expect(second).rejects.toThrow("broken");
    const third = backend.push(batch(1));
    // From what stands between the two.
    calls[2]?.answer(null as unknown as PushReply);
    await third;
    void backend.push(batch(1));
    expect(calls).toHaveLength(4);
  });

  it("is sent anew after ten minutes, whatever became of it, also by a clock that was set back", async () => {
    const { calls, time, backend } = start();
    time.now = 3_600_000;
    void backend.push(batch(1));
    time.now += 599_999;
    void backend.push(batch(1));
    expect(calls).toHaveLength(1);
    time.now = 0;
    void backend.push(batch(1));
    expect(calls).toHaveLength(2);
  });
});
