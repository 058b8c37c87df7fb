import { describe, expect, it } from "vitest";
import { TakenOver, type Backend } from "../../templates/client/sync/ports";
import { SyncError } from "../../templates/client/sync/types";
import { createFakeServer } from "./fakeServer";
import { registry } from "./fixture/registry";
import { settle, startDevice } from "./world";

/** An app and a background task that both believe to be alone: nothing but the database is between them. */
async function twoRunners(server = createFakeServer()) {
  const app = await startDevice({ server });
  const task = await app.beside({ server, online: false });
  await task.sync.start();
  return { server, app, task };
}

/** The app's first batch has arrived, and its answer is on the way until it is let through. */
async function lateAnswer() {
  const server = createFakeServer();
  const { backend } = server;
  let answer: () => void = () => undefined;
  let isFirst = true;
  const push: Backend["push"] = async (batch) => {
    const reply = await backend.push(batch);
    if (isFirst) {
      isFirst = false;
      await new Promise<void>((resolve) => (answer = resolve));
    }
    return reply;
  };
  const app = await startDevice({ server, ports: { backend: { ...backend, push } } });
  const task = await app.beside({ server, online: false, ports: { backend } });
  await task.sync.start();
  await app.sync.table("tasks").create({ text: "a" });
  await settle();
  return { server, app, task, answer: () => answer() };
}

const titles = (rows: Record<string, unknown>) =>
  Object.values(rows)
    .map((fields) => (fields as { title: string }).title)
    .sort();

describe("F19: two runners on one database", () => {
  it("I1, I3: write in turn, and no write is lost", async () => {
    const { server, app, task } = await twoRunners();
    app.setOnline(false);
    const { clientId } = await app.sync.table("documents").create({ title: "app 1" });
    await task.sync.table("documents").update(clientId, { title: "task 2" });
    await app.sync.table("documents").update(clientId, { title: "app 3" });
    await task.sync.table("documents").create({ title: "other" });

    expect(titles(await app.rows("documents"))).toEqual(["app 3", "other"]);
    app.setOnline(true);
    await settle();

    expect(titles(server.rows("documents"))).toEqual(["app 3", "other"]);
    expect(await app.ops()).toEqual([]);
  });

  it("I1: both change one row in the same moment, and the later sees what the earlier wrote", async () => {
    const { app, task } = await twoRunners();
    app.setOnline(false);
    const { clientId } = await app.sync.table("tasks").create({ text: "a" });
    await Promise.all([
      app.sync.table("tasks").update(clientId, { text: "b" }),
      task.sync.table("tasks").update(clientId, { done: true }),
    ]);
    expect((await app.row("tasks", clientId))?.fields).toMatchObject({ text: "b", done: true });
    const [op, ...others] = await app.ops();
    expect([op?.fields, others]).toMatchObject([{ text: "b", done: true }, []]);
  });

  it("I1, I2: a delete in one, while the other's edit of the row is answered", async () => {
    const { server, app, task } = await twoRunners();
    const { clientId } = await app.sync.table("tasks").create({ text: "a" });
    await settle();
    let fatal = true;
    app.onCommit = ({ ops = [] }) => {
      // Between reading the row and writing what the answer makes of it.
      if (!fatal || !ops.some(({ kind }) => kind === "remove")) return;
      fatal = false;
      void task.sync.table("tasks").remove(clientId);
    };
    await app.sync.table("tasks").update(clientId, { text: "b" });
    await settle();
    await app.sync.syncNow();
    await settle();
    expect(await app.row("tasks", clientId)).toBeNull();
    expect(server.row("tasks", clientId)?.deleted).toBe(true);
    expect(await app.ops()).toEqual([]);
  });

  it("I2: a batch that both have sent is answered once, and numbers go on without a gap", async () => {
    const { server, app, task } = await twoRunners();
    server.faults.push.push("hang");
    await app.sync.table("tasks").create({ text: "a" });
    await settle();
    // The app waits for an answer; the task sends the same batch, and another one.
    task.setOnline(true);
    await task.sync.syncNow();
    await task.sync.table("tasks").create({ text: "b" });
    await settle();
    await app.time.pass(120_000);

    expect(server.batches.map(({ batchSeq }) => batchSeq)).toEqual([1, 1, 2]);
    expect(new Set(server.batches.map(({ deviceId }) => deviceId)).size).toBe(1);
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual(["a", "b"]);
    expect(await app.ops()).toEqual([]);
    expect(app.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
  });

  it("I2: an answer that comes after the other has written is taken, and its batch stays one", async () => {
    const { server, app, task, answer } = await lateAnswer();
    await task.sync.table("tasks").create({ text: "b" });
    answer();
    await settle();
    await app.time.pass(1_000);

    expect(server.batches.map(({ batchSeq, ops }) => [batchSeq, ops.length])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(Object.values(server.rows("tasks")).map(({ text }) => text)).toEqual(["a", "b"]);
    expect(await app.ops()).toEqual([]);
  });

  it("I2, I7: an answer that the other has received as well changes nothing any more", async () => {
    const { server, app, task, answer } = await lateAnswer();
    task.setOnline(true);
    await task.sync.syncNow();
    const [clientId = ""] = Object.keys(server.rows("tasks"));
    await task.sync.table("tasks").update(clientId, { text: "newer" });
    await settle();
    const shown = await task.row("tasks", clientId);
    answer();
    await settle();
    await app.time.pass(1_000);

    expect(server.batches.map(({ batchSeq }) => batchSeq)).toEqual([1, 1, 2]);
    expect(await app.row("tasks", clientId)).toEqual(shown);
    expect(shown).toMatchObject({ syncStatus: "synced", fields: { text: "newer" } });
    expect(await app.ops()).toEqual([]);
  });

  it("I5: a page that both have fetched is taken once, and the cursor never goes back", async () => {
    const { server, app, task } = await twoRunners();
    server.pageRows = 1;
    for (const id of ["n1", "n2", "n3"]) server.write("notes", id, { body: id });
    task.setOnline(true);
    await Promise.all([app.sync.syncNow(), task.sync.syncNow()]);
    await app.time.pass(120_000);
    expect(Object.keys(await app.rows("notes"))).toEqual(["n1", "n2", "n3"]);
    server.write("notes", "n2", null);
    await app.time.pass(1_000);
    expect(Object.keys(await app.rows("notes"))).toEqual(["n1", "n3"]);
  });

  it("I5, I6: a page that comes after the other has taken it changes nothing any more", async () => {
    const server = createFakeServer();
    const { backend } = server;
    let answer: () => void = () => undefined;
    let isLate = false;
    const pull: Backend["pull"] = async (request) => {
      const reply = await backend.pull(request);
      if (isLate) {
        isLate = false;
        await new Promise<void>((resolve) => (answer = resolve));
      }
      return reply;
    };
    const app = await startDevice({ server, ports: { backend: { ...backend, pull } } });
    const task = await app.beside({ server, online: false, ports: { backend } });
    await task.sync.start();
    isLate = true;
    server.write("notes", "n1", { body: "one" });
    await settle();
    task.setOnline(true);
    await task.sync.syncNow();
    server.write("notes", "n1", null);
    await task.sync.syncNow();
    answer();
    await settle();
    await app.time.pass(1_000);
    expect(await app.rows("notes")).toEqual({});
  });

  it("I8: what the other did is told to those who watch, once the database is taken back", async () => {
    const { server, app, task } = await twoRunners();
    const { clientId } = await app.sync.table("tasks").create({ text: "a" });
    await settle();
    const heard: string[][] = [];
    app.sync.onRowsChanged((tables) => {
      if (tables.size > 0) heard.push([...tables].sort());
    });
    app.setOnline(false);
    server.write("notes", "n1", { body: "news" });
    task.setOnline(true);
    await task.sync.syncNow();
    task.setOnline(false);
    expect(heard).toEqual([]);
    const everything = [...Object.keys(registry.tables), "sync_queue"].sort();
    app.setOnline(true);
    await settle();
    expect(await app.rows("notes")).toEqual({ n1: { body: "news" } });
    expect(heard[0]).toEqual(everything);

    // As well when it is a write that takes it back.
    app.setOnline(false);
    await task.sync.table("notes").create({ body: "of the task" });
    heard.length = 0;
    await app.sync.table("tasks").update(clientId, { text: "b" });
    expect(heard).toEqual([everything, ["sync_queue", "tasks"]]);
    // And nothing more of it while the database stays its own.
    await app.sync.table("tasks").update(clientId, { text: "c" });
    expect(heard).toHaveLength(3);
  });

  it("I17: the answer that another runner received ends the wait for it", async () => {
    const { app, task } = await twoRunners();
    app.setOnline(false);
    const { settled } = await app.sync.table("tasks").create({ text: "a" });
    task.setOnline(true);
    await task.sync.syncNow();
    await settle();
    app.setOnline(true);
    await settle();
    expect((await settled).outcome).toBe("stopped");
  });

  it("ends in an error of its own where another runner always comes in between", async () => {
    const app = await startDevice({ server: createFakeServer(), online: false });
    let tries = 0;
    app.onCommit = () => {
      tries += 1;
      throw new TakenOver();
    };
    const error: unknown = await app.sync
      .table("tasks")
      .create({ text: "a" })
      .catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(SyncError);
    expect(error).toMatchObject({ code: "storage", cause: { name: "TakenOver" } });
    expect(tries).toBeGreaterThan(1);
  });
});
