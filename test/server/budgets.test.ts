import type { GenericMutationCtx } from "convex/server";
import { getConvexSize } from "convex/values";
import { describe, expect, it } from "vitest";
import { hlcAt } from "../../templates/shared/clock";
import { limits } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import type { DataModel } from "./fixture/convex/_generated/dataModel";
import { syncRules } from "./fixture/convex/syncTables";
import { synced } from "./fixture/convex/syncWriters";
import { accepted, deploy, Device, newUuid, page, pull, pullAll, signIn, task } from "./harness";

// Convex's own limits are enforced in all of these (transactionLimits).
describe("budgets (I18)", () => {
  it("takes 100 ops at once, each with a reference, and refuses 101", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const project = newUuid();
    await device.pushOne({
      table: "projects",
      kind: "create",
      clientId: project,
      fields: { name: "p" },
    });
    const ops = Array.from({ length: limits.batchOps }, () =>
      device.op({ table: "tasks", kind: "create", fields: task({ project }) }),
    );

    const { results } = await device.push(...ops);
    expect(results.every(({ outcome }) => outcome === "applied")).toBe(true);

    const extra = device.op({ table: "tasks", kind: "create", fields: task() });
    const tooMany = device.batch([...ops, extra]);
    const refused = { status: "refused", code: "too-large", retryAfter: null };
    expect(await device.send(tooMany)).toEqual(refused);
  });

  it("refuses a batch of too many bytes, and the number stays free", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const create = (bytes: number) =>
      device.op({
        table: "tasks",
        kind: "create",
        fields: task({ text: "é".repeat(bytes / 2) }),
      });
    const refusal = { status: "refused", code: "too-large" };

    const large = device.batch([create(limits.batchBytes / 2), create(limits.batchBytes / 2)]);
    expect(await device.send(large)).toMatchObject(refusal);
    expect(await device.send(device.batch([create(limits.opBytes)]))).toMatchObject(refusal);
    device.seq -= 2;
    await device.push(create(100));
  });

  it("takes a group that has grown past the bytes of a batch: it cannot be sent as several", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const group = newUuid();
    const half = task({ text: "x".repeat(limits.batchBytes / 2) });
    const ops = [1, 2].map(() =>
      device.op({ table: "tasks", kind: "create", fields: half, group }),
    );
    const { results } = await device.push(...ops);
    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  });

  it("takes one op of a whole row and its base, and rejects a row that no document can hold (B18)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = newUuid();
    const body = "x".repeat(limits.rowBytes - 100);
    const base = { title: "a", body };
    const { stamp } = await device.pushOne({
      table: "notes",
      kind: "create",
      clientId,
      fields: base,
    });
    const fields = { body: "y".repeat(limits.rowBytes - 100) };
    const op = { table: "notes", kind: "update", clientId, base, baseStamp: stamp } as const;

    expect((await device.pushOne({ ...op, fields })).outcome).toBe("applied");
    const tooLarge = { ...op, fields: { body: "y".repeat(limits.rowBytes) } };
    expect((await device.pushOne(tooLarge)).code).toBe("too-large");
  });

  it("rejects a row whose JSON is short and whose document would be too large (I18)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const checklist = Array.from({ length: 54 }, () => Array.from({ length: 8_192 }, () => 1));
    expect(JSON.stringify(checklist).length).toBeLessThan(limits.rowBytes);

    const result = await device.pushOne({
      table: "tasks",
      kind: "create",
      fields: task({ checklist }),
    });

    expect(result.code).toBe("too-large");
  });

  it("refuses a device id that nobody makes", async () => {
    const device = new Device(signIn(deploy(), "ana"), "d".repeat(65));
    expect(await device.send(device.batch([]))).toMatchObject({
      status: "refused",
      code: "too-large",
    });
  });

  it("rejects an edit that would make its row too large, and says so for that op only (B18)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = newUuid();
    const half = "x".repeat(limits.rowBytes / 2);
    await device.pushOne({ table: "notes", kind: "create", clientId, fields: { title: half } });

    const { results } = await device.push(
      device.op({ table: "notes", kind: "update", clientId, fields: { body: half } }),
      device.op({ table: "notes", kind: "create", fields: { title: "small" } }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual(["too-large", "applied"]);
  });

  it("rejects an edit whose set would make its row too large, also where the rest of it is superseded (B18)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const row = { table: "contacts", clientId: newUuid() } as const;
    const base = { name: "Ben", tags: ["x".repeat(limits.rowBytes / 2)] };
    const { stamp } = await device.pushOne({ ...row, kind: "create", fields: base });
    const update = {
      ...row,
      kind: "update",
      base: { ...base, tags: [] },
      baseStamp: stamp,
    } as const;
    await device.pushOne({ ...update, fields: { name: "Bo" } });

    const stale = { ...update, edited: hlcAt(0, "tablet") };
    const { results } = await device.push(
      device.op({ ...stale, fields: { name: "x", tags: ["y".repeat(limits.rowBytes / 2)] } }),
      device.op({ ...stale, fields: { name: "x", tags: ["y"] } }),
    );

    expect(results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "too-large",
      "superseded",
    ]);
  });

  it("a write by the project's own code reads its row once, and Convex once more what it changes", async () => {
    const ana = signIn(deploy(), "ana");
    const text = "x".repeat(100_000);
    const costOf = (work: (tasks: ReturnType<typeof synced<"tasks">>) => Promise<unknown>) =>
      ana.mutation(async (ctx: GenericMutationCtx<DataModel>) => {
        let changes = 0;
        const db = countChanges(ctx.db, () => (changes += 1));
        await work(synced({ ...ctx, db }, "tasks"));
        const used = await ctx.meta.getTransactionMetrics();
        return [
          used.databaseQueries.used + changes,
          used.documentsRead.used,
          used.documentsWritten.used,
        ];
      });
    const project = await ana.mutation((ctx: GenericMutationCtx<DataModel>) =>
      synced(ctx, "projects").insert({ name: "p" }),
    );
    const origin = { copyOf: "old", createdAt: 5 };
    const copy = { text, reviewScore: 1 };
    let id = "";
    const costs = [
      await costOf((tasks) => tasks.insert({ text })),
      await costOf(async (tasks) => (id = await tasks.insert({ ...copy, project }, origin))),
      await costOf((tasks) => tasks.insert(copy, origin)),
      await costOf((tasks) => tasks.patch(id, { text: "b", reviewScore: 2 })),
      await costOf((tasks) => tasks.patch(id, { reviewScore: 3 })),
      await costOf((tasks) => tasks.remove(id)),
    ];

    // Index ranges read, documents read, documents written. Those of a copy: whether it is there, and its project. A new
    // row takes one more: which deployment this is, once a mutation.
    expect(costs).toEqual([
      [1, 1, 1],
      [3, 2, 1],
      [1, 1, 0],
      [2, 2, 1],
      [2, 2, 1],
      [2, 2, 1],
    ]);
  });

  it("keeps a receipt of at most 50 KiB, whatever the ops of its batch were named", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    const fields = { ["f".repeat(1_000)]: 1 };
    const ops = Array.from({ length: limits.batchOps }, () =>
      device.op({ table: "settings", kind: "create", fields, group: "g".repeat(1_000) }),
    );
    const { results } = await device.push(...ops);
    expect(results[0]).toMatchObject({ code: "unknown-field" });

    const [receipt] = await deployment.run((ctx) => ctx.db.query("syncReceipts").collect());
    // With a table whose name is as long as Convex allows.
    const longest = getConvexSize(receipt) + limits.batchOps * (64 - "settings".length);
    expect(longest).toBeGreaterThan(40 * 1024);
    expect(longest).toBeLessThan(50 * 1024);
  });

  it("refuses a batch that touches more than a mutation may read, before it reads that much", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const ids: string[] = [];
    const body = "x".repeat(450 * 1024);
    for (let index = 0; index < 24; index += 1) {
      const clientId = newUuid();
      ids.push(clientId);
      await device.pushOne({
        table: "notes",
        kind: "create",
        clientId,
        fields: { title: "t", body },
      });
    }
    const touch = (clientId: string) =>
      device.op({ table: "notes", kind: "update", clientId, fields: { title: "u" } });

    const all = device.batch(ids.map(touch));
    expect(await device.send(all)).toMatchObject({ status: "refused", code: "too-large" });
    device.seq -= 1;
    // What is written is read once more by Convex itself: half of the sixteen megabytes is not enough room for that.
    const most = device.batch(ids.slice(0, 16).map(touch));
    expect(await device.send(most)).toMatchObject({ status: "refused", code: "too-large" });
    device.seq -= 1;
    const { results } = await device.push(...ids.slice(0, 12).map(touch));
    expect(results).toHaveLength(12);

    const { rows, sizes } = await pullAll(ana, api.sync.getAllNotesForUser, null);
    expect(rows).toHaveLength(24);
    expect(Math.max(...sizes)).toBe(4);
  });

  it("answers a repeated batch although its rows have grown beyond what may be read at once", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const create = () => device.op({ table: "notes", kind: "create", fields: { title: "t" } });
    const ops = Array.from({ length: 24 }, create);
    const batch = device.batch(ops);
    const first = accepted(await device.send(batch));
    const body = "x".repeat(800 * 1024);
    const tablet = new Device(ana);
    for (const { clientId } of ops)
      await tablet.pushOne({ table: "notes", kind: "update", clientId, fields: { body } });

    const again = accepted(await device.send(batch));

    expect(again.stamp).toBe(first.stamp);
    expect(again.results.map(({ outcome }) => outcome)).toEqual(ops.map(() => "applied"));
    const shown = again.results.filter(({ row }) => row !== null);
    expect(shown.every(({ row }) => row?.fields["body"] === body)).toBe(true);
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.length).toBeLessThan(ops.length);
  });

  it("a page holds at most 500 rows, however many are asked for", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    for (let batch = 0; batch < 6; batch += 1) {
      await device.push(
        ...Array.from({ length: 100 }, () =>
          device.op({ table: "projects", kind: "create", fields: { name: "p" } }),
        ),
      );
    }

    for (const limit of [undefined, 1e9, Infinity, NaN, -1, 0, 500.9]) {
      const reply = page(await pull(ana, api.sync.getAllProjectsForUser, null, limit));
      expect(reply.rows).toHaveLength(limits.pageRows);
      expect(reply.hasMore).toBe(true);
    }
    expect((await pullAll(ana, api.sync.getAllProjectsForUser, null)).sizes).toEqual([500, 100]);
  });

  it("a page of nothing but tombstones is empty, and the reader goes on", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const ids = Array.from({ length: 5 }, newUuid);
    const { stamp } = await device.push(
      ...ids.map((clientId) =>
        device.op({ table: "notes", kind: "create", clientId, fields: { title: "n" } }),
      ),
    );
    await device.push(
      ...ids.map((clientId) =>
        device.op({ table: "notes", kind: "delete", clientId, baseStamp: stamp }),
      ),
    );
    await device.pushOne({ table: "notes", kind: "create", fields: { title: "last" } });

    const { rows, sizes } = await pullAll(ana, api.sync.getAllNotesForUser, null, 2);

    expect(rows.map(({ fields }) => fields["title"])).toEqual(["last"]);
    expect(sizes).toEqual([0, 0, 1]);
  });

  it("the head, which every open app holds, reads a row a table and the epoch, however many rows there are", async () => {
    const tables = Object.values(syncRules).filter((rules) => !("scope" in rules)).length;
    const ana = signIn(deploy({ limits: { documentsRead: tables + 1 } }), "ana");
    const device = new Device(ana);
    const create = (name: string) =>
      [
        device.op({ table: "projects", kind: "create", fields: { name } }),
        device.op({ table: "tasks", kind: "create", fields: task({ text: name }) }),
        device.op({ table: "notes", kind: "create", fields: { title: name, body: "" } }),
      ] as const;
    for (let index = 0; index < 3 * tables; index += 1) await device.push(...create(String(index)));
    const { stamp } = await device.push(create("last")[1]);

    const { stamps } = await ana.query(api.sync.head, {});

    expect(Object.keys(stamps)).toHaveLength(tables);
    expect(stamps["tasks"]).toBe(stamp);
    await expect(pull(ana, api.sync.getAllTasksForUser, null)).rejects.toThrow(/documents/i);
  });
});

/** The database, telling of each change of a document: Convex reads an index range for it that convex-test does not count. */
function countChanges(database: object, onChange: () => void): object {
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: unknown[]): unknown => {
        if (name === "patch" || name === "replace" || name === "delete") onChange();
        return Reflect.apply(value, target, given);
      };
    },
  });
}
