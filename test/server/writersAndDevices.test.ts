import type { GenericMutationCtx } from "convex/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hlcAt, tickHlc } from "../../templates/shared/clock";
import type { Fields, OpKind } from "../../templates/shared/protocol";
import type { DataModel } from "./fixture/convex/_generated/dataModel";
import { synced } from "./fixture/convex/syncWriters";
import { deploy, Device, keyOf, newUuid, signIn } from "./harness";

type Context = GenericMutationCtx<DataModel>;
type Writers = ReturnType<typeof synced<"contacts">>;

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
/** An edit that was made so many minutes after the start. */
const at = (minutes: number) => tickHlc(hlcAt(0, "phone"), start + minutes * minute, "phone");

/**
 * A phone creates a row; ten minutes later the project's own code changes it; an edit that the phone made without
 * having seen that arrives after twenty.
 */
async function meet(table: string, fields: Fields, clientId: string = newUuid()) {
  const ana = signIn(deploy(), "ana");
  const device = new Device(ana);
  const created = await device.pushOne({
    table,
    kind: "create",
    clientId,
    fields,
    edited: at(0),
  });
  return {
    clientId,
    /** The writers of the table, as if it were `contacts`: types of the values aside, all are alike. */
    web: async (work: (writers: Writers) => Promise<unknown>) => {
      vi.setSystemTime(start + 10 * minute);
      await ana.mutation((ctx: Context) => work(synced(ctx, table as "contacts")));
    },
    push: async (minutes: number, changed: Fields, kind: OpKind = "update") => {
      vi.setSystemTime(start + 20 * minute);
      const { outcome, row } = await device.pushOne({
        table,
        kind,
        clientId,
        fields: changed,
        base: created.row?.fields ?? null,
        baseStamp: created.stamp,
        edited: at(minutes),
      });
      return { outcome, fields: row?.fields, deleted: row?.deletedAt !== null };
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a write by server code, and an edit that a device made without having seen it", () => {
  it("mobile-wins: the device has the fields that it changed", async () => {
    const { clientId, web, push } = await meet("tasks", { text: "a", estimate: 1 });
    await web((tasks) => tasks.patch(clientId, { text: "web", estimate: 2 } as never));
    expect(await push(5, { text: "phone" })).toMatchObject({
      outcome: "merged",
      fields: { text: "phone", estimate: 2 },
    });
  });

  it("server-wins: the server has the row", async () => {
    const { clientId, web, push } = await meet("projects", { name: "a" });
    await web((projects) => projects.patch(clientId, { name: "web" }));
    expect(await push(15, { name: "phone" })).toMatchObject({
      outcome: "superseded",
      fields: { name: "web" },
    });
  });

  it.each([
    ["notes", { title: "a", body: "b" }, { title: "web" }, { body: "phone" }],
    [
      "places",
      { label: "a", latitude: 1, longitude: 2 },
      { label: "web" },
      { latitude: 9, longitude: 9 },
    ],
  ])("%s (by time): the later one has the row, whichever arrives first", async (...row) => {
    const [table, before, onWeb, onPhone] = row;
    for (const [minutes, wins] of [
      [5, "web"],
      [15, "phone"],
    ] as const) {
      const { clientId, web, push } = await meet(table, before);
      await web((writers) => writers.patch(clientId, onWeb as never));
      expect(await push(minutes, onPhone)).toMatchObject(
        wins === "web"
          ? { outcome: "superseded", fields: { ...before, ...onWeb } }
          : { outcome: "applied", fields: { ...before, ...onPhone } },
      );
    }
  });

  it("field-merge: each field has its later edit, those that server code wrote too", async () => {
    const contact = { name: "Bo", phone: "1", visits: 1, tags: ["a"], stage: "lead" };
    for (const [minutes, name] of [
      [5, "web"],
      [15, "phone"],
    ] as const) {
      const { clientId, web, push } = await meet("contacts", contact);
      await web((contacts) => contacts.patch(clientId, { name: "web", visits: 3 }));
      expect(await push(minutes, { name: "phone", phone: "2", visits: 2 })).toMatchObject({
        outcome: "merged",
        fields: { name, phone: "2", visits: 4 },
      });
    }
  });

  it("field-merge: a row that server code made has a time for every field", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const write = (work: (contacts: Writers) => Promise<unknown>) =>
      ana.mutation((ctx: Context) => work(synced(ctx, "contacts")));
    let clientId = "";
    await write(async (contacts) => {
      clientId = await contacts.insert({ name: "Bo", phone: "1" });
    });
    // Older than the row, by an app that claims no base: without times of its own it could not tell what moved.
    const early = await device.pushOne({
      table: "contacts",
      kind: "update",
      clientId,
      fields: { name: "early", phone: null },
      edited: at(-5),
      baseStamp: "0".repeat(19),
    });
    expect(early).toMatchObject({ outcome: "superseded", row: { fields: { name: "Bo" } } });
    const clocks = await ana.run(async (ctx) => {
      const [row] = await ctx.db.query("contacts").collect();
      return Object.keys(row?.clocks ?? {});
    });
    expect(clocks.sort()).toEqual(["name", "phone", "stage", "tags", "visits"]);
  });

  it("field-merge: what server code removed comes back by a later edit only", async () => {
    for (const [minutes, deleted] of [
      [5, true],
      [15, false],
    ] as const) {
      const { clientId, web, push } = await meet("contacts", { name: "Bo", phone: "1" });
      await web((contacts) => contacts.remove(clientId));
      expect(await push(minutes, { name: "phone" })).toMatchObject({ deleted });
    }
  });

  it("append-only: what is there stays, and what was erased stays erased", async () => {
    const fields = { meter: "m", value: 1, takenAt: 5 };
    const { clientId, web, push } = await meet("readings", fields);
    await web((readings) => readings.remove(clientId));
    expect(await push(15, fields, "create")).toMatchObject({
      outcome: "superseded",
      deleted: true,
    });
  });

  it("max-wins: the greater value stays, whoever wrote it", async () => {
    for (const [points, outcome, stays] of [
      [20, "superseded", 30],
      [40, "applied", 40],
    ] as const) {
      const { clientId, web, push } = await meet(
        "scores",
        { level: "moon", points: 10 },
        keyOf("ana", "scores", "moon"),
      );
      await web((scores) => scores.patch(clientId, { points: 30 } as never));
      expect(await push(15, { points })).toMatchObject({ outcome, fields: { points: stays } });
    }
  });

  it("manual: a person decides", async () => {
    const { clientId, web, push } = await meet("drafts", { text: "a" });
    await web((drafts) => drafts.patch(clientId, { text: "web" } as never));
    expect(await push(15, { text: "phone" })).toMatchObject({
      outcome: "conflict",
      fields: { text: "web" },
    });
  });

  it("custom: the app's own function decides, about either", async () => {
    const { clientId, web, push } = await meet(
      "settings",
      { name: "theme", value: "a" },
      keyOf("ana", "settings", "theme"),
    );
    await web((settings) => settings.patch(clientId, { value: "longer" } as never));
    expect(await push(15, { value: "short" })).toMatchObject({
      outcome: "superseded",
      fields: { value: "longer" },
    });
  });
});
