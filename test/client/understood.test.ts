import { describe, expect, it } from "vitest";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../templates/client/sync/convexBackend";
import type { Backend } from "../../templates/client/sync/ports";
import type { Head, PullReply, PushReply } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { registry } from "./fixture/registry";
import { settle, startDevice } from "./world";

/** What a server says that the app was not made for. */
type Odd<Reply> = (reply: Reply) => unknown;

/** A device that was in sync before its server began to answer oddly. */
async function oddServer() {
  const server = createFakeServer();
  const { backend } = server;
  const odd: { push?: Odd<PushReply>; pull?: Odd<PullReply>; head?: Odd<Head> } = {};
  const calls = { push: 0, pull: 0 };
  /** A call that is made again without a pause would never let a test end. */
  async function answer<Reply>(
    kind: "push" | "pull",
    change: Odd<Reply> | undefined,
    reply: Promise<Reply>,
  ) {
    calls[kind] += 1;
    if (calls[kind] > 500) return new Promise<Reply>(() => undefined);
    return (change ? change(await reply) : await reply) as Reply;
  }
  const subscribe: Backend["subscribe"] = (onHead, onError) =>
    backend.subscribe((head) => {
      onHead((odd.head ? odd.head(head) : head) as Head);
    }, onError);
  const device = await startDevice({
    server,
    ports: {
      backend: {
        push: (batch) => answer("push", odd.push, backend.push(batch)),
        pull: (request) => answer("pull", odd.pull, backend.pull(request)),
        snapshot: (request) => answer("pull", odd.pull, backend.snapshot(request)),
        head: async () => {
          const head = await backend.head();
          return (odd.head ? odd.head(head) : head) as Head;
        },
        subscribe,
      },
    },
  });
  return { server, device, odd, calls };
}

const without = (reply: object, ...fields: string[]) =>
  Object.fromEntries(Object.entries(reply).filter(([field]) => !fields.includes(field)));

/** The reply with other values in the first of `list`. */
const withFirst = (list: string, change: object) => (reply: object) => {
  const [first, ...others] = (reply as Record<string, object[]>)[list] ?? [];
  return { ...reply, [list]: [{ ...first, ...change }, ...others] };
};

const notUnderstood = {
  phase: "retrying",
  error: { code: "server", message: expect.stringContaining("not understood") as string },
};

describe("an answer to a push that the app does not understand", () => {
  const replies: [string, Odd<PushReply>][] = [
    ["a status that is new", () => ({ status: "busy" })],
    ["a status that every object has", () => ({ status: "constructor" })],
    ["nothing", () => null],
    ["a page of a hotel's network", () => "<html>"],
    ["no results", (reply) => without(reply, "results")],
    ["results that are none", (reply) => ({ ...reply, results: [null] })],
    ["an outcome that is new", withFirst("results", { outcome: "deferred" })],
    ["a row without fields", withFirst("results", { row: {} })],
    ["no time", (reply) => without(reply, "serverTime")],
    ["a time that is none", (reply) => ({ ...reply, serverTime: Number.NaN })],
    ["a stamp that is none", (reply) => ({ ...reply, stamp: "soon" })],
    ["an epoch that is none", () => ({ status: "stale-epoch" })],
    ["a refusal that is new", () => ({ status: "refused", code: "closed", retryAfter: null })],
  ];

  it.each(replies)("I2, I3: %s is no answer, and the batch waits for one", async (_name, odd) => {
    const { server, device, odd: answers, calls } = await oddServer();
    answers.push = odd;
    const { clientId, settled } = await device.sync.table("tasks").create({ text: "a" });
    server.write("notes", "n1", { body: "news" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject(notUnderstood);
    expect(calls.push).toBeLessThan(3);
    await device.time.pass(600_000);
    // The rest goes on, and nothing was decided: the server may have taken the batch.
    expect(await device.rows("notes")).toEqual({ n1: { body: "news" } });
    expect(await device.ops()).toMatchObject([{ state: "sealed", attempts: 0 }]);
    expect(calls.push).toBeLessThan(60);
    delete answers.push;
    await device.sync.syncNow();
    expect((await settled).outcome).toBe("applied");
    expect(new Set(server.batches.map(({ batchHash }) => batchHash)).size).toBe(1);
    expect(await device.row("tasks", clientId)).toMatchObject({ syncStatus: "synced" });
    await device.sync.table("tasks").create({ text: "b" });
    expect(device.sync.getStatus()).toMatchObject({ phase: "syncing", error: null });
  });

  it("a reason to reject that is new is one all the same", async () => {
    const { device, odd } = await oddServer();
    odd.push = withFirst("results", { outcome: "rejected", code: "too-late", message: "No." });
    const { settled } = await device.sync.table("tasks").create({ text: "a" });
    expect(await settled).toMatchObject({ outcome: "rejected", code: "too-late" });
  });
});

describe("a page that the app does not understand", () => {
  const replies: [string, Odd<PullReply>][] = [
    ["a status that is new", () => ({ status: "later" })],
    ["nothing", () => null],
    ["no rows", (reply) => without(reply, "rows")],
    ["rows that are none", (reply) => ({ ...reply, rows: [null] })],
    ["a row that does not say whether it is deleted", withFirst("rows", { deletedAt: undefined })],
    ["a row whose stamp is none", withFirst("rows", { stamp: "soon" })],
    ["no cursor", (reply) => ({ ...reply, cursor: null })],
    ["no end", (reply) => without(reply, "hasMore")],
    ["no time", (reply) => without(reply, "serverTime")],
    ["no epoch", (reply) => without(reply, "epoch")],
    ["a table that begins again in no epoch", () => ({ status: "resync" })],
    ["a refusal that is new", () => ({ status: "refused", code: "closed" })],
  ];

  it.each(replies)("I5, I6: %s changes nothing", async (_name, odd) => {
    const { server, device, odd: answers, calls } = await oddServer();
    const remembered = () => device.store.readMetadata(["epoch", "table:tasks", "table:notes"]);
    const before = await remembered();
    answers.pull = odd;
    calls.pull = 0;
    server.write("notes", "n1", { body: "news" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject(notUnderstood);
    expect(calls.pull).toBe(1);
    expect([await remembered(), await device.rows("notes")]).toEqual([before, {}]);
    delete answers.pull;
    await device.sync.syncNow();
    expect(await device.rows("notes")).toEqual({ n1: { body: "news" } });
  });
});

describe("a head that the app does not understand", () => {
  it.each<[string, Odd<Head>]>([
    ["nothing", () => null],
    ["nobody", (head) => without(head, "userId")],
    ["no epoch", (head) => without(head, "epoch")],
    ["no marks", (head) => without(head, "marks")],
  ])("I15: %s is asked for again", async (_name, odd) => {
    const { server, device, odd: answers } = await oddServer();
    answers.head = odd;
    server.write("notes", "n1", { body: "news" });
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject(notUnderstood);
    expect(await device.rows("notes")).toEqual({});
    delete answers.head;
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect([await device.rows("notes"), server.watchers]).toEqual([{ n1: { body: "news" } }, 1]);
  });
});

describe("Convex's client", () => {
  it.each([null, "<html>", { status: "ok" }, { status: "ok", stamp: 7 }])(
    "hands an answer on that nobody understands: %j",
    async (reply) => {
      const convex = { mutation: async () => reply } as unknown as ConvexConnection;
      const batch = createFakeServer().batches[0] as never;
      expect(await createConvexBackend(registry, convex).push(batch)).toEqual(reply);
    },
  );
});
