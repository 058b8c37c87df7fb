import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "../../templates/shared/stamp";
import { api } from "./fixture/convex/_generated/api";
import {
  deploy,
  Device,
  newUuid,
  page,
  pull,
  pullAll,
  signIn,
  task,
  userOf,
  type Session,
} from "./harness";

const changes = api.sync.getTaskChangesSince;
const everything = api.sync.getAllTasksForUser;

/** `count` tasks in one mutation, so that they share a stamp; their ids in the order of creation. */
async function createTasks(device: Device, count: number, prefix = "t") {
  const ops = Array.from({ length: count }, (_, index) =>
    device.op({ table: "tasks", kind: "create", fields: task({ text: `${prefix}${index}` }) }),
  );
  const { stamp } = await device.push(...ops);
  return { ids: ops.map(({ clientId }) => clientId), stamp };
}

const cursorOf = async (session: Session) => (await pullAll(session, everything, null)).cursor;

describe("pull: gap-free pages (I5)", () => {
  it("pages through rows of one stamp without losing or repeating one (A2, A3)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const start = await cursorOf(ana);
    const { ids } = await createTasks(device, 7);

    for (const limit of [1, 2, 3, 6, 7, 8]) {
      const { rows } = await pullAll(ana, changes, start, limit);
      expect(rows.map(({ clientId }) => clientId)).toEqual([...ids].sort());
    }
  });

  it("returns a row that changes while pages are read once more, behind the reader (A4)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const start = await cursorOf(ana);
    const { ids, stamp } = await createTasks(device, 3);
    const [first = "", second = ""] = [...ids].sort();
    let pages = 0;

    const { rows } = await pullAll(ana, changes, start, 1, async () => {
      pages += 1;
      const clientId = pages === 1 ? first : second;
      if (pages > 2) return;
      const fields = { text: `changed ${pages}` };
      await device.pushOne({ table: "tasks", kind: "update", clientId, fields, baseStamp: stamp });
    });

    const last = new Map(rows.map(({ clientId, fields }) => [clientId, fields["text"]]));
    expect(last.get(first)).toBe("changed 1");
    expect(last.get(second)).toBe("changed 2");
    expect(last.size).toBe(3);
  });

  it("returns rows in the order of their changes, whatever the devices' clocks say (A1, A9)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const start = await cursorOf(ana);
    const edited = ["009999999999999-0000-a", "000000000000001-0000-a", "001500000000000-0000-a"];
    const ids: string[] = [];
    for (const time of edited) {
      const result = await device.pushOne({
        table: "tasks",
        kind: "create",
        edited: time,
        fields: task(),
      });
      ids.push(result.row?.clientId ?? "");
    }

    const { rows } = await pullAll(ana, changes, start, 1);

    expect(rows.map(({ clientId }) => clientId)).toEqual(ids);
    const later = await createTasks(device, 1);
    const next = await pullAll(ana, changes, (await pullAll(ana, changes, start)).cursor);
    expect(next.rows).toEqual([]);
    expect(later.ids).toHaveLength(1);
  });

  it("continues for ever from a stored cursor and repeats nothing", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    let cursor = await cursorOf(ana);
    for (let round = 0; round < 5; round += 1) {
      const { ids } = await createTasks(device, round);
      const next = await pullAll(ana, changes, cursor, 2);
      expect(next.rows.map(({ clientId }) => clientId)).toEqual([...ids].sort());
      cursor = next.cursor;
    }
  });

  it("returns a deletion as a deletion, in its place", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const clientId = newUuid();
    const { stamp } = await device.pushOne({
      table: "notes",
      kind: "create",
      clientId,
      fields: { title: "secret" },
    });
    const { cursor } = await pullAll(ana, api.sync.getNoteChangesSince, null);
    await device.pushOne({ table: "notes", kind: "delete", clientId, baseStamp: stamp });

    const { rows } = await pullAll(ana, api.sync.getNoteChangesSince, cursor);

    expect(rows).toMatchObject([{ clientId, fields: {} }]);
    expect(rows[0]?.deletedAt).toBeTypeOf("number");
    expect((await pullAll(ana, api.sync.getAllNotesForUser, null)).rows).toEqual([]);
  });
});

describe("pull: the first download", () => {
  it("brings a row that is deleted meanwhile as a deletion with the changes that follow (I13)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const ids = [newUuid(), newUuid(), newUuid()];
    const { stamp } = await device.push(
      ...ids.map((clientId) =>
        device.op({ table: "notes", kind: "create", clientId, fields: { title: "n" } }),
      ),
    );
    const [first = ""] = ids;
    let deleted = false;

    const snapshot = await pullAll(ana, api.sync.getAllNotesForUser, null, 1, async () => {
      if (deleted) return;
      deleted = true;
      await device.pushOne({ table: "notes", kind: "delete", clientId: first, baseStamp: stamp });
    });
    const after = await pullAll(ana, api.sync.getNoteChangesSince, snapshot.cursor);

    expect(snapshot.rows.map(({ clientId }) => clientId)).toEqual(ids);
    expect(after.rows).toMatchObject([{ clientId: first, fields: {} }]);
  });

  it("leaves what is created or changed meanwhile to the changes that follow, so that it ends", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const { ids, stamp } = await createTasks(device, 3);
    const [, , third = ""] = [...ids].sort();
    let pages = 0;

    const snapshot = await pullAll(ana, everything, null, 1, async () => {
      pages += 1;
      await createTasks(device, 1, "new");
      await device.pushOne({
        table: "tasks",
        kind: "update",
        clientId: third,
        fields: { text: `changed ${pages}` },
        baseStamp: stamp,
      });
    });
    const after = await pullAll(ana, changes, snapshot.cursor);

    expect(snapshot.rows).toHaveLength(2);
    const texts = after.rows.map(({ fields }) => fields["text"]);
    expect(texts.filter((text) => text === "new0")).toHaveLength(pages);
    expect(texts).toContain(`changed ${pages}`);
  });

  it("of an empty table ends at once, and what comes later is not missed", async () => {
    const ana = signIn(deploy(), "ana");
    const reply = page(await pull(ana, everything, null));
    expect(reply).toMatchObject({ rows: [], hasMore: false });

    await createTasks(new Device(ana), 2);

    expect((await pullAll(ana, changes, reply.cursor)).rows).toHaveLength(2);
  });

  it("may begin with changesSince, too, and ends the same", async () => {
    const ana = signIn(deploy(), "ana");
    await createTasks(new Device(ana), 5);

    const snapshot = await pullAll(ana, everything, null, 2);
    const begun = await pullAll(ana, changes, null, 2);

    expect(begun).toEqual(snapshot);
    expect(snapshot.sizes).toEqual([2, 2, 1]);
  });

  it("that is complete has nothing more to give", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    await createTasks(device, 2);
    const { cursor } = await pullAll(ana, everything, null);
    await createTasks(device, 1);

    expect(page(await pull(ana, everything, cursor))).toMatchObject({
      rows: [],
      cursor,
      hasMore: false,
    });
  });
});

describe("pull: cursors", () => {
  it("tells a device with a cursor that means nothing to start again (A15)", async () => {
    const ana = signIn(deploy(), "ana");
    const beyond = "9".repeat(19);
    for (const cursor of [
      "",
      "nonsense",
      "1.5.-.x",
      "2.0000000000000000001.-.",
      "{}",
      `1.${beyond}.-.x`,
      `1.0000000000000000001.${beyond}.x`,
    ]) {
      expect(await pull(ana, changes, cursor)).toEqual({ status: "resync", epoch: "1" });
      expect(await pull(ana, everything, cursor)).toEqual({ status: "resync", epoch: "1" });
    }
  });

  it("recognises a server that was set back to a backup (D11, I21)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    await createTasks(device, 1);
    const cursor = await cursorOf(ana);
    const position = decodeCursor(cursor);
    const stamp = String(BigInt(position?.stamp ?? 0) + 1n).padStart(19, "0");

    const ahead = encodeCursor({ stamp, clientId: "~", until: null });
    const aheadInSnapshot = encodeCursor({ stamp: "0".repeat(19), clientId: "", until: stamp });

    expect((await pull(ana, changes, cursor)).status).toBe("ok");
    expect((await pull(ana, changes, ahead)).status).toBe("resync");
    expect((await pull(ana, everything, aheadInSnapshot)).status).toBe("resync");
  });

  it("carries the epoch, which startEpoch replaces", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const { internal } = await import("./fixture/convex/_generated/api");

    const first = await deployment.mutation(internal.sync.startEpoch, {});
    await new Promise((resolve) => setTimeout(resolve, 2));
    const second = await deployment.mutation(internal.sync.startEpoch, {});

    expect(first).not.toBe("1");
    expect(second).not.toBe(first);
    expect(page(await pull(ana, changes, null)).epoch).toBe(second);
    expect((await ana.query(api.sync.head, {})).epoch).toBe(second);
    expect((await new Device(ana).push()).epoch).toBe(second);
  });
});

describe("head", () => {
  it("names the newest stamp of every table, and moves with a write to it only", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    const before = await ana.query(api.sync.head, {});
    expect(before.userId).toBe(userOf("ana"));
    expect(Object.values(before.marks)).toEqual(Array.from({ length: 9 }, () => null));

    const { stamp } = await createTasks(device, 2);
    await createTasks(new Device(signIn(deployment, "bo")), 1);

    const after = await ana.query(api.sync.head, {});
    expect(after.marks).toEqual({ ...before.marks, tasks: stamp });
  });
});
