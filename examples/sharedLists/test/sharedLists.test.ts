import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resetDatabases } from "../../../test/standins/expoSqlite";
import { api } from "../convex/_generated/api";
import { households, items, lists, people } from "../src/db/schema";
import { openPhone, type Phone } from "./phone";
import { openServer, type Person } from "./server";

// Two people on three devices: the code that sync-gen emitted for this example, on SQLite and on convex-test.

let server: ReturnType<typeof openServer>;
let ann: Person;
let ben: Person;
/** Ann's phone, Ben's phone and Ben's tablet. */
let phone: Phone;
let other: Phone;
let tablet: Phone;

beforeEach(async () => {
  resetDatabases();
  server = openServer();
  ann = server.signIn("ann");
  ben = server.signIn("ben");
  phone = await openPhone("ann", ann);
  other = await openPhone("ben", ben);
  tablet = await openPhone("tablet", ben);
});

afterEach(async () => {
  for (const { sync } of [phone, other, tablet]) await sync.dispose();
});

/** Ann's household, with milk on a list of hers. */
async function makeHousehold() {
  const scopeId = await ann.call(api.households.create, {
    name: "Mill Lane 4",
    myName: "Ann",
  });
  const list = await phone.sync
    .table("lists")
    .create({ scopeId, name: "Groceries" });
  const milk = await phone.sync
    .table("items")
    .create({ scopeId, list: list.clientId, name: "Milk" });
  await phone.quiet();
  return { scopeId, list: list.clientId, milk: milk.clientId };
}

/** Takes Ben into it. */
async function takeInBen(scopeId: string, access: "read" | "write" = "write") {
  const code = await ann.call(api.households.invite, { scopeId, access });
  await ben.call(api.households.join, { code, myName: "Ben" });
  await other.quiet();
  await tablet.quiet();
}

/** The items of a device, as its screens show them. */
async function shown({ drizzle }: Phone) {
  return drizzle
    .select({
      name: items.name,
      amount: items.amount,
      isBought: items.isBought,
    })
    .from(items)
    .orderBy(asc(items.name));
}

/** What a device has of a household. */
async function everything({ drizzle }: Phone, scopeId: string) {
  return [
    ...(await drizzle
      .select()
      .from(households)
      .where(eq(households.scopeId, scopeId))),
    ...(await drizzle.select().from(people).where(eq(people.scopeId, scopeId))),
    ...(await drizzle.select().from(lists).where(eq(lists.scopeId, scopeId))),
    ...(await drizzle.select().from(items).where(eq(items.scopeId, scopeId))),
  ];
}

describe("a household", () => {
  it("gives somebody who is invited the rows of before, on all of their devices", async () => {
    const { scopeId } = await makeHousehold();
    await other.quiet();
    expect(other.sync.scopes.get()).toEqual([]);
    expect(await shown(other)).toEqual([]);

    await takeInBen(scopeId);

    const milk = { name: "Milk", amount: "", isBought: false };
    for (const device of [other, tablet]) {
      expect(device.sync.scopes.get()).toEqual([
        { scope: "household", scopeId, access: "write" },
      ]);
      expect(await shown(device)).toEqual([milk]);
    }
    await phone.quiet();
    const names = await phone.drizzle
      .select({ name: people.name })
      .from(people);
    expect(names.map(({ name }) => name).sort()).toEqual(["Ann", "Ben"]);
  });

  it("takes one field from each of two people who were offline, and shows all devices the same", async () => {
    const { scopeId, milk } = await makeHousehold();
    await takeInBen(scopeId);
    for (const device of [phone, other]) device.setOnline(false);

    await phone.sync.table("items").update(milk, { isBought: true });
    await other.sync.table("items").update(milk, { amount: "2 l" });
    for (const device of [phone, other]) device.setOnline(true);
    for (const device of [phone, other, phone, tablet]) await device.quiet();

    const both = [{ name: "Milk", amount: "2 l", isBought: true }];
    for (const device of [phone, other, tablet])
      expect(await shown(device)).toEqual(both);
  });

  it("has one item where two people added the same one offline", async () => {
    const { scopeId, list } = await makeHousehold();
    await takeInBen(scopeId);
    for (const device of [phone, other]) device.setOnline(false);

    const bread = { scopeId, list, name: "Bread" };
    await phone.sync.table("items").create(bread);
    await other.sync.table("items").create({ ...bread, amount: "2" });
    for (const device of [phone, other]) device.setOnline(true);
    for (const device of [phone, other, phone, tablet]) await device.quiet();

    for (const device of [phone, other, tablet])
      expect((await shown(device)).map(({ name }) => name)).toEqual([
        "Bread",
        "Milk",
      ]);
  });

  it("is gone, for somebody who was taken out while offline, but for the edit that they had not sent", async () => {
    const { scopeId, milk } = await makeHousehold();
    await takeInBen(scopeId);
    other.setOnline(false);
    await other.sync.table("items").update(milk, { amount: "3 l" });

    await ann.call(api.households.takeOut, { scopeId, userId: ben.account });
    await tablet.quiet();
    expect(await everything(tablet, scopeId)).toEqual([]);
    expect(await tablet.sync.issues()).toEqual([]);

    other.setOnline(true);
    await other.quiet();
    const [kept] = await other.sync.issues();
    expect(kept).toMatchObject({
      state: "failed",
      code: "no-access",
      table: "items",
      mine: { amount: "3 l" },
      theirs: null,
    });
    // Nothing of what others wrote: not the name that Ann gave it.
    expect(JSON.stringify(await everything(other, scopeId))).not.toContain(
      "Milk",
    );
    await other.sync.discard(kept?.opId ?? "");
    expect(await everything(other, scopeId)).toEqual([]);
    await phone.quiet();
    expect(await shown(phone)).toMatchObject([{ name: "Milk", amount: "" }]);
  });

  it("lets nobody write who may only read", async () => {
    const { scopeId, milk } = await makeHousehold();
    await takeInBen(scopeId, "read");
    expect(await shown(other)).toMatchObject([{ name: "Milk" }]);

    await expect(
      other.sync.table("items").update(milk, { isBought: true }),
    ).rejects.toMatchObject({ code: "no-access" });
    expect(other.sync.getStatus().pendingCount).toBe(0);
    const forced = await ben.call(api.sync.upsertItem, {
      scopeId,
      clientId: milk,
      fields: { isBought: true },
    });
    expect(forced).toMatchObject({ outcome: "rejected", code: "no-access" });
    await expect(
      ben.call(api.households.takeOut, { scopeId, userId: ann.account }),
    ).rejects.toThrow("You may not do that");
  });

  it("ends with the last person who leaves", async () => {
    const { scopeId } = await makeHousehold();

    await ann.call(api.households.leave, { scopeId });
    await server.settle();
    await phone.quiet();

    expect(phone.sync.scopes.get()).toEqual([]);
    expect(await everything(phone, scopeId)).toEqual([]);
  });
});
