import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BackendError, type Backend } from "../../templates/client/sync/ports";
import { hlcAt, tickHlc } from "../../templates/shared/clock";
import { hashOps } from "../../templates/shared/hash";
import type {
  Fields,
  Head,
  Op,
  OpKind,
  PullReply,
  PushBatch,
  PushReply,
  WireRow,
} from "../../templates/shared/protocol";

/** A deployment of the reference project, empty, and clients that connect to it. */
export interface BackendUnderTest {
  /** A client of its own, signed in as `user`, or nobody. */
  connect(user: string | null): Backend;
  /** How the server names `user`. */
  nameOf(user: string): string;
  close(): Promise<void>;
}

let ids = 0;
const newId = () => `01900000-0000-7000-8000-${(ids += 1).toString(16).padStart(12, "0")}`;

/** An op as a device would send it. */
export function makeOp(kind: OpKind, clientId: string, fields: Fields, more: Partial<Op> = {}): Op {
  return {
    opId: newId(),
    table: "tasks",
    clientId,
    kind,
    fields,
    base: null,
    baseStamp: null,
    edited: tickHlc(hlcAt(0, "device00"), Date.now(), "device00"),
    clocks: null,
    schemaVersion: 1,
    group: null,
    carriedBy: null,
    ...more,
  };
}

/** The first batch of a device, or the one with that number. */
export function makeBatch(ops: readonly Op[], deviceId = newId(), batchSeq = 1): PushBatch {
  return { deviceId, batchSeq, batchHash: hashOps(ops), schemaVersion: 1, ops };
}

/** A task with every field. */
export const task = (fields: Fields = {}): Fields => ({
  text: "water the plants",
  isCompleted: false,
  priority: "normal",
  estimate: null,
  distance: null,
  checklist: null,
  project: null,
  dueAt: null,
  ...fields,
});

export function ok<Reply extends PushReply | PullReply>(reply: Reply) {
  if (reply.status !== "ok") throw new Error(`not ok: ${JSON.stringify(reply)}`);
  // Safe: just looked at.
  return reply as Extract<Reply, { status: "ok" }>;
}

async function createTasks(backend: Backend, count: number): Promise<string[]> {
  const clientIds = Array.from({ length: count }, newId);
  const ops = clientIds.map((id, index) => makeOp("create", id, task({ estimate: index })));
  ok(await backend.push(makeBatch(ops)));
  return clientIds;
}

/** What every `Backend` promises the engine, whatever carries it. `live`: whether `subscribe` hears of what others change. */
export function runBackendConformance(
  name: string,
  open: () => Promise<BackendUnderTest>,
  live = true,
): void {
  describe(`Backend: ${name}`, () => {
    let world: BackendUnderTest;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    it("answers every op in order, with a stamp of 19 digits and the rows", async () => {
      const ada = world.connect("ada");
      const [a, b] = [newId(), newId()];
      const reply = ok(
        await ada.push(
          makeBatch([
            makeOp("create", a, task()),
            makeOp("update", newId(), { text: "x" }),
            makeOp("create", b, task({ project: null })),
          ]),
        ),
      );
      expect(reply.results.map(({ outcome, code }) => [outcome, code])).toEqual([
        ["applied", null],
        ["rejected", "not-found"],
        ["applied", null],
      ]);
      expect(reply.stamp).toMatch(/^\d{19}$/);
      expect(reply.results[0]?.row).toMatchObject({ clientId: a, fields: task(), deletedAt: null });
      expect(Math.abs(reply.serverTime - Date.now())).toBeLessThan(60_000);
      expect(reply.epoch).not.toBe("");
    });

    it("I2: answers a batch that arrives again with the same results, and changes nothing", async () => {
      const ada = world.connect("ada");
      const batch = makeBatch([makeOp("create", newId(), task())]);
      const first = ok(await ada.push(batch));
      const again = ok(await ada.push(batch));
      expect(again.results.map(({ opId, outcome }) => [opId, outcome])).toEqual(
        first.results.map(({ opId, outcome }) => [opId, outcome]),
      );
      expect(again.stamp).toBe(first.stamp);
      const { rows } = ok(await ada.snapshot({ table: "tasks", cursor: null, limit: 10 }));
      expect(rows).toMatchObject([{ stamp: first.stamp }]);
    });

    it("I21: tells a device whose numbering does not continue", async () => {
      const ada = world.connect("ada");
      const batch = makeBatch([makeOp("create", newId(), task())], newId(), 7);
      expect(await ada.push(batch)).toEqual({ status: "stale-device" });
    });

    it("I15: refuses a batch and a page for somebody else than the signed-in user", async () => {
      const ada = world.connect("ada");
      const batch = makeBatch([makeOp("create", newId(), task())]);
      const forUser = world.nameOf("ben");
      expect(await ada.push({ ...batch, forUser })).toMatchObject({
        status: "refused",
        code: "wrong-user",
      });
      await expect(
        ada.pull({ table: "tasks", cursor: null, limit: 5, forUser }),
      ).rejects.toMatchObject({ kind: "unauthenticated" });
      expect(ok(await ada.push({ ...batch, forUser: world.nameOf("ada") })).results).toHaveLength(
        1,
      );
    });

    it("I5: pages through a snapshot and goes on with changes, deletions included", async () => {
      const ada = world.connect("ada");
      const clientIds = Array.from({ length: 5 }, newId);
      const create = (id: string) =>
        makeOp("create", id, { name: `project ${id}` }, { table: "projects" });
      ok(await ada.push(makeBatch(clientIds.map(create))));
      const ask = { table: "projects", limit: 2 };
      const seen = new Map<string, WireRow>();
      let page = ok(await ada.snapshot({ ...ask, cursor: null }));
      for (;;) {
        expect(page.rows.length).toBeLessThanOrEqual(2);
        for (const row of page.rows) seen.set(row.clientId, row);
        if (!page.hasMore) break;
        page = ok(await ada.snapshot({ ...ask, cursor: page.cursor }));
      }
      expect([...seen.keys()].sort()).toEqual([...clientIds].sort());

      const [first = "", second = ""] = clientIds;
      const edit = (kind: OpKind, id: string, fields: Fields) => {
        const row = seen.get(id);
        const base = { base: row?.fields ?? null, baseStamp: row?.stamp ?? null };
        return makeOp(kind, id, fields, { table: "projects", ...base });
      };
      ok(
        await ada.push(
          makeBatch([edit("update", first, { name: "changed" }), edit("delete", second, {})]),
        ),
      );
      const changes = ok(await ada.pull({ ...ask, cursor: page.cursor }));
      const byId = new Map(changes.rows.map((row) => [row.clientId, row]));
      expect([...byId.keys()].sort()).toEqual([first, second].sort());
      expect(byId.get(first)).toMatchObject({ fields: { name: "changed" }, deletedAt: null });
      expect(byId.get(second)).toMatchObject({ fields: {}, deletedAt: expect.any(Number) });
      const rest = ok(await ada.pull({ ...ask, cursor: changes.cursor }));
      expect([rest.rows, rest.hasMore]).toEqual([[], false]);
    });

    it("tells a device with a cursor that means nothing to start again", async () => {
      const request = { table: "tasks", cursor: "garbage", limit: 5 };
      expect(await world.connect("ada").pull(request)).toMatchObject({ status: "resync" });
    });

    it("I14: shows nobody the rows of somebody else", async () => {
      const [clientId = ""] = await createTasks(world.connect("ada"), 1);
      const ben = world.connect("ben");
      expect(ok(await ben.pull({ table: "tasks", cursor: null, limit: 9 })).rows).toEqual([]);
      const reply = ok(await ben.push(makeBatch([makeOp("update", clientId, { text: "mine" })])));
      expect(reply.results).toMatchObject([{ outcome: "rejected", code: "not-found", row: null }]);
    });

    it("I19: returns every value as it was sent", async () => {
      const ada = world.connect("ada");
      const clientId = newId();
      const fields = task({
        text: 'Überraschung \u{1F331} "quoted"\n\tאבג ',
        estimate: Number.MAX_SAFE_INTEGER,
        distance: 0.1 + 0.2,
        checklist: [{ title: "", done: true }],
        dueAt: 0,
      });
      const [result] = ok(await ada.push(makeBatch([makeOp("create", clientId, fields)]))).results;
      expect(result?.row?.fields).toEqual(fields);
      const { rows } = ok(await ada.pull({ table: "tasks", cursor: null, limit: 5 }));
      expect(rows.map((row) => row.fields)).toEqual([fields]);
    });

    it("fails as unauthenticated while nobody is signed in", async () => {
      const nobody = world.connect(null);
      const failure = { name: "BackendError", kind: "unauthenticated" };
      await expect(nobody.push(makeBatch([]))).rejects.toMatchObject(failure);
      const request = { table: "tasks", cursor: null, limit: 5 };
      await expect(nobody.pull(request)).rejects.toMatchObject(failure);
      await expect(nobody.snapshot(request)).rejects.toMatchObject(failure);
      const error = await new Promise<BackendError>((resolve, reject) => {
        nobody.subscribe(() => reject(new Error("a head for nobody")), resolve);
      });
      expect(error).toMatchObject(failure);
    });

    it("fails as server when the function throws", async () => {
      const ada = world.connect("ada");
      // A device that was tampered with: the validator throws.
      const broken = { ...makeBatch([]), batchSeq: "one" } as unknown as PushBatch;
      const failure = ada.push(broken);
      await expect(failure).rejects.toBeInstanceOf(BackendError);
      await expect(failure).rejects.toMatchObject({ kind: "server" });
    });

    it("tells the head at once: the user's name, the epoch, the newest stamp of every table", async () => {
      const ada = world.connect("ada");
      const { stamp, epoch } = ok(await ada.push(makeBatch([makeOp("create", newId(), task())])));
      const { head, stop } = await firstHead(ada);
      stop();
      expect(head).toMatchObject({ userId: world.nameOf("ada"), epoch });
      expect(head.marks).toMatchObject({ tasks: stamp, projects: null });
    });

    it("says the same of the head when it is asked, and what changed since", async () => {
      const ada = world.connect("ada");
      await createTasks(ada, 1);
      const { head, stop } = await firstHead(ada);
      expect(await ada.head()).toEqual(head);
      const { stamp } = ok(await ada.push(makeBatch([makeOp("create", newId(), task())])));
      expect((await ada.head()).marks).toMatchObject({ tasks: stamp });
      stop();
    });

    if (!live) return;

    it("I17: rings for a change of another device of the user, and not after it was stopped", async () => {
      const [phone, tablet] = [world.connect("ada"), world.connect("ada")];
      const heads: Head[] = [];
      const stop = phone.subscribe((head) => heads.push(head), rethrow);
      await until(() => heads.length > 0);
      const { stamp } = ok(await tablet.push(makeBatch([makeOp("create", newId(), task())])));
      await until(() => heads.some(({ marks }) => marks["tasks"] === stamp));
      stop();
      const heard = heads.length;
      await createTasks(tablet, 1);
      ok(await tablet.pull({ table: "tasks", cursor: null, limit: 5 }));
      expect(heads).toHaveLength(heard);
    });
  });
}

function rethrow(error: BackendError): never {
  throw error;
}

async function firstHead(backend: Backend): Promise<{ head: Head; stop: () => void }> {
  let stop: () => void = () => undefined;
  const head = await new Promise<Head>((resolve, reject) => {
    stop = backend.subscribe(resolve, reject);
  });
  return { head, stop };
}

/** Waits for something that arrives over a real connection; fails after 5 s. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}
