import { describe, expect, it } from "vitest";
import type { Backend } from "../../templates/client/sync/ports";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

/** A device whose pushes are answered without rows, and only when told to. */
async function unseenRows() {
  const server = createFakeServer();
  let answer: () => void = () => undefined;
  const backend: Backend = {
    ...server.backend,
    push: async (batch) => {
      const reply = await server.backend.push(batch);
      await new Promise<void>((resolve) => (answer = resolve));
      if (reply.status !== "ok") return reply;
      return { ...reply, results: reply.results.map((result) => ({ ...result, row: null })) };
    },
  };
  const device = await startDevice({ server, ports: { backend } });
  return { server, device, answer: () => answer() };
}

describe("an answer without the row", () => {
  it("I8: leaves what the op made of it, under the edit that was made meanwhile", async () => {
    const { server, device, answer } = await unseenRows();
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.table("tasks").update(clientId, { done: true });
    expect((await device.ops()).map(({ state }) => state)).toEqual(["sealed", "waiting"]);
    answer();
    await settle();
    expect((await device.row("tasks", clientId))?.fields).toMatchObject({ text: "a", done: true });
    answer();
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });

  it("I3: of a delete, keeps the row that was written again meanwhile whole", async () => {
    const { server, device, answer } = await unseenRows();
    const create = () => device.sync.table("reactions").create({ message: "m", emoji: "e" });
    const { clientId } = await create();
    await settle();
    answer();
    await settle();
    await device.sync.table("reactions").remove(clientId);
    await settle();
    await create();
    answer();
    await settle();
    expect((await device.row("reactions", clientId))?.fields).toEqual({ message: "m", emoji: "e" });
    answer();
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(server.rows("reactions")).toEqual(await device.rows("reactions"));
  });
});

describe("a failed op", () => {
  it("keeps the time of each edited field when it waits again (C11)", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.invalid = () => true;
    await device.sync.table("pages").create({ title: "t", body: "b" });
    await settle();
    const [failed] = await device.ops();
    device.setOnline(false);
    await device.time.pass(1000);
    await device.sync.edit(failed?.opId ?? "", { body: "better" });
    const [again] = await device.ops();
    expect(again?.state).toBe("waiting");
    expect(again?.clocks?.["title"]).toBe(failed?.clocks?.["title"]);
    server.invalid = () => false;
    device.setOnline(true);
    await settle();
    expect(Object.values(server.rows("pages"))).toMatchObject([{ title: "t", body: "better" }]);
  });

  it("I21: forgets which version it saw when the server begins another epoch, and stays", async () => {
    const server = createFakeServer();
    server.write("tasks", "t", { text: "0" });
    const device = await startDevice({ server });
    server.invalid = () => true;
    await device.sync.table("tasks").update("t", { text: "mine" });
    await settle();
    expect((await device.ops())[0]?.baseStamp).not.toBeNull();
    server.epoch = "epoch-2";
    await device.sync.syncNow();
    await settle();
    const [op] = await device.ops();
    expect(op).toMatchObject({ state: "failed", baseStamp: null, fields: { text: "mine" } });
    server.invalid = () => false;
    await device.sync.retry(op?.opId ?? "");
    await settle();
    expect(server.rows("tasks")["t"]).toMatchObject({ text: "mine" });
  });
});
