import { describe, expect, it, vi } from "vitest";
import { api } from "./fixture/convex/_generated/api";
import type { Fields, OpKind } from "../../templates/shared/protocol";
import { deploy, Device, keyOf, newUuid, signIn } from "./harness";

/** Two devices of one user that saw the same row; `first` reaches the server before `second`. */
async function meet(table: string, clientId: string, fields: Fields) {
  const ana = signIn(deploy(), "ana");
  const [first, second] = [new Device(ana), new Device(ana)];
  const created = await first.pushOne({ table, kind: "create", clientId, fields });
  const base = created.row?.fields ?? null;
  const edit = async (device: Device, kind: OpKind, changed: Fields, edited?: string) => {
    const result = await device.pushOne({
      table,
      kind,
      clientId,
      fields: changed,
      base,
      baseStamp: created.stamp,
      ...(edited === undefined ? {} : { edited }),
    });
    return {
      outcome: result.outcome,
      code: result.code,
      fields: result.row?.fields,
      deleted: result.row?.deletedAt !== null,
    };
  };
  return { ana, first, second, edit };
}

describe("policies on the server (I10)", () => {
  it("mobile-wins: the device's changed fields win, the others stay", async () => {
    const { first, second, edit } = await meet("tasks", newUuid(), { text: "a", estimate: 1 });
    await edit(first, "update", { text: "first", estimate: 2 });

    expect(await edit(second, "update", { text: "second" })).toMatchObject({
      outcome: "merged",
      fields: { text: "second", estimate: 2 },
    });
  });

  it("mobile-wins: an edit brings back a row that was deleted meanwhile (C10)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const clientId = await ana.mutation(api.web.addTask, { text: "a" });
    const seen = await ana.query(api.sync.getAllTasksForUser, { cursor: null });
    const row = seen.status === "ok" ? seen.rows[0] : undefined;
    await ana.mutation(api.web.deleteTask, { clientId });

    const result = await device.pushOne({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { isCompleted: true },
      base: row?.fields ?? null,
      baseStamp: row?.stamp ?? null,
    });

    expect(result.row).toMatchObject({ deletedAt: null, fields: { text: "a", isCompleted: true } });
  });

  it("server-wins: the second edit is superseded, a delete stays (C17, I13)", async () => {
    const { first, second, edit } = await meet("projects", newUuid(), { name: "a" });
    await edit(first, "update", { name: "first" });
    expect(await edit(second, "update", { name: "second" })).toMatchObject({
      outcome: "superseded",
      fields: { name: "first" },
    });
    await edit(first, "delete", {});

    const other = await meet("projects", newUuid(), { name: "a" });
    await other.edit(other.first, "delete", {});
    expect(await other.edit(other.second, "update", { name: "second" })).toMatchObject({
      outcome: "superseded",
      deleted: true,
    });
  });

  it("last-write-wins: the later edit wins whichever arrives first", async () => {
    for (const [firstAt, secondAt, winner] of [
      [5, 6, "second"],
      [6, 5, "first"],
    ] as const) {
      const { first, second, edit } = await meet("notes", newUuid(), { title: "a" });
      const now = Date.now() + 60_000;
      const time = (offset: number) => `${String(now + offset).padStart(15, "0")}-0000-a`;
      await edit(first, "update", { title: "first" }, time(firstAt));
      expect(
        (await edit(second, "update", { title: "second" }, time(secondAt))).fields?.["title"],
      ).toBe(winner);
    }
  });

  it("hlc: the higher clock wins, and one far ahead wins for five minutes at most (C2, C3)", async () => {
    const row = { label: "a", latitude: 1, longitude: 2 };
    const { first, second, edit } = await meet("places", newUuid(), row);
    const time = (minute: number) =>
      `${String(Date.now() + minute * 60_000).padStart(15, "0")}-0000-a`;
    await edit(first, "update", { label: "year 33658" }, "999999999999999-zzzz-zzzzzzzz");

    expect(await edit(second, "update", { label: "just now" }, time(0))).toMatchObject({
      outcome: "superseded",
      fields: { label: "year 33658" },
    });
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000, toFake: ["Date"] });
    expect(await edit(second, "update", { label: "six minutes later" }, time(0))).toMatchObject({
      outcome: "applied",
      fields: { label: "six minutes later" },
    });
    vi.useRealTimers();
  });

  it("field-merge: each field has its own winner; counters, sets and one-way fields combine (C8)", async () => {
    const { first, second, edit } = await meet("contacts", newUuid(), {
      name: "Bo",
      phone: null,
      visits: 1,
      tags: ["a"],
      stage: "lead",
    });
    await edit(first, "update", { name: "Bob", visits: 2, tags: ["a", "b"], stage: "former" });
    const merged = await edit(second, "update", {
      phone: "1",
      visits: 4,
      tags: ["c"],
      stage: "customer",
    });

    expect(merged).toMatchObject({
      outcome: "merged",
      fields: { name: "Bob", phone: "1", visits: 5, tags: ["b", "c"], stage: "former" },
    });
  });

  it("append-only: rows never change, and the same create again is no second row (C14, I11)", async () => {
    const clientId = newUuid();
    const fields = { meter: "m1", value: 1.5, takenAt: 5 };
    const { first, second, edit } = await meet("readings", clientId, fields);

    expect(await edit(second, "create", { ...fields, value: 99 })).toMatchObject({ fields });
    expect(await edit(first, "update", { value: 2 })).toMatchObject({
      code: "operation-not-allowed",
      fields,
    });
    expect(await edit(first, "delete", {})).toMatchObject({
      code: "operation-not-allowed",
      fields,
    });
  });

  it("max-wins: the value never decreases, in either order (I12)", async () => {
    const clientId = keyOf("ana", "scores", "moon");
    const { first, second, edit } = await meet("scores", clientId, { level: "moon", points: 10 });

    expect((await edit(first, "update", { points: 30 })).fields?.["points"]).toBe(30);
    expect(await edit(second, "update", { points: 20 })).toMatchObject({
      outcome: "superseded",
      fields: { points: 30 },
    });
    expect((await edit(second, "update", { points: 40 })).fields?.["points"]).toBe(40);
  });

  it("manual: nothing is overwritten, and both versions are there to choose from", async () => {
    const { first, second, edit } = await meet("drafts", newUuid(), { text: "a" });
    await edit(first, "update", { text: "first" });

    expect(await edit(second, "update", { text: "second" })).toMatchObject({
      outcome: "conflict",
      fields: { text: "first" },
    });
    expect(await edit(second, "delete", {})).toMatchObject({ outcome: "conflict", deleted: false });
  });

  it("custom: the app's own function decides", async () => {
    const clientId = keyOf("ana", "settings", "theme");
    const { first, second, edit } = await meet("settings", clientId, {
      name: "theme",
      value: "dark",
    });
    await edit(first, "update", { value: "darkest" });

    expect(await edit(second, "update", { value: "light" })).toMatchObject({
      outcome: "superseded",
      fields: { value: "darkest" },
    });
  });

  it("a device's own next edit after a lost answer is not taken for somebody else's (B3)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const clientId = newUuid();
    const create = device.batch([
      device.op({ table: "projects", kind: "create", clientId, fields: { name: "a" } }),
    ]);
    await device.send(create);
    const again = await device.send(create);
    const row = again.status === "ok" ? again.results[0]?.row : null;

    const next = await device.pushOne({
      table: "projects",
      kind: "update",
      clientId,
      fields: { name: "b" },
      base: row?.fields ?? null,
      baseStamp: row?.stamp ?? null,
    });

    expect(next).toMatchObject({ outcome: "applied", row: { fields: { name: "b" } } });
  });

  it("ops of one row in one batch do not conflict with each other (I4)", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const clientId = newUuid();
    const row = { table: "projects", clientId } as const;

    const created = await device.push(
      device.op({ ...row, kind: "create", fields: { name: "w" } }),
      device.op({ ...row, kind: "update", fields: { name: "x" } }),
    );
    const seen = { base: { name: "x" }, baseStamp: created.stamp };
    const updated = await device.push(
      device.op({ ...row, ...seen, kind: "update", fields: { name: "y" } }),
      device.op({ ...row, ...seen, kind: "update", fields: { name: "z" } }),
    );

    const outcomes = [...created.results, ...updated.results].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["applied", "applied", "applied", "applied"]);
    expect(updated.results[1]?.row?.fields).toEqual({ name: "z" });
  });
});
