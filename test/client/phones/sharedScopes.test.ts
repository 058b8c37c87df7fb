import { afterEach, describe, expect, it, vi } from "vitest";
import { createCouple, createHousehold } from "./household";

afterEach(() => {
  vi.useRealTimers();
});

describe("two people in one scope", () => {
  it("see each other's rows and edits, and not each other's own", async () => {
    const { phones, ann, bob } = await createCouple();
    const list = await ann.table("lists").create({ scopeId: "home", name: "food" });
    const item = await ann
      .table("items")
      .create({ scopeId: "home", title: "milk", list: list.clientId });
    const diary = await ann.table("diaries").create({ title: "mine" });
    await phones.time.pass(2_000);

    const seen = await bob.shown("items", item.clientId);
    expect(seen).toMatchObject({ title: "milk", list: list.clientId, scopeId: "home" });
    await expect(bob.shown("diaries", diary.clientId)).rejects.toThrow("no such row");
    await bob.table("items").update(seen, { remark: "two of them" });
    await phones.time.pass(2_000);

    expect(await ann.shown("items", item.clientId)).toMatchObject({ remark: "two of them" });
    expect(await ann.ops()).toEqual([]);
    expect(await bob.ops()).toEqual([]);
  });

  it("keep what one of them wrote offline, once he is not in it any more, as issues with nothing of hers", async () => {
    const { phones, ann, bob } = await createCouple();
    const hers = await ann.table("items").create({ scopeId: "home", title: "milk" });
    const other = await ann.table("items").create({ scopeId: "home", title: "salt" });
    await phones.time.pass(2_000);
    bob.network.isServerDown = true;
    await bob.table("items").update(hers.clientId, { remark: "mine" });
    const own = await bob.table("items").create({ scopeId: "home", title: "bread" });
    await phones.setAccess("bob", "home", null);
    await phones.time.pass(2_000);
    bob.network.isServerDown = false;
    await phones.time.pass(60_000);

    await expect(bob.shown("items", hers.clientId)).rejects.toThrow("no such row");
    await expect(bob.shown("items", other.clientId)).rejects.toThrow("no such row");
    expect(await bob.shown("items", own.clientId)).toMatchObject({ title: "bread" });
    expect(
      (await bob.ops()).map(({ kind, state, fields, base }) => ({ kind, state, fields, base })),
    ).toEqual([
      { kind: "update", state: "failed", fields: { remark: "mine" }, base: null },
      {
        kind: "create",
        state: "failed",
        fields: { title: "bread", remark: null, list: null },
        base: null,
      },
    ]);
    const issues = await bob.device.sync.issues();
    expect(issues.map(({ code }) => code)).toEqual(["no-access", "no-access"]);

    await phones.setAccess("bob", "home", "write");
    await phones.time.pass(2_000);
    for (const { opId } of issues) await bob.device.sync.retry(opId);
    await phones.time.pass(60_000);

    expect(await bob.ops()).toEqual([]);
    expect(await ann.shown("items", hers.clientId)).toMatchObject({
      title: "milk",
      remark: "mine",
    });
    expect(await ann.shown("items", own.clientId)).toMatchObject({ title: "bread" });
  });

  it("is told on the device when he may only look", async () => {
    const { phones, ann, bob } = await createCouple();
    const { clientId } = await ann.table("lists").create({ scopeId: "home", name: "food" });
    await phones.setAccess("bob", "home", "read");
    await phones.time.pass(2_000);

    await expect(bob.table("lists").update(clientId, { name: "no" })).rejects.toMatchObject({
      code: "no-access",
    });
    await expect(bob.table("lists").create({ scopeId: "home", name: "no" })).rejects.toMatchObject({
      code: "no-access",
    });
    await ann.table("lists").update(clientId, { name: "all" });
    await phones.time.pass(2_000);
    expect(await bob.shown("lists", clientId)).toMatchObject({ name: "all" });
  });

  it("leave nothing of a row that landed in a scope whose news came too late", async () => {
    const phones = createHousehold();
    const bob = await phones.phone("bob");
    await phones.time.pass(1_000);
    bob.network.isServerDown = true;
    const { clientId } = await bob.table("lists").create({ scopeId: "home", name: "food" });
    await phones.time.pass(1_000);
    await phones.setAccess("bob", "home", "write");
    await phones.setAccess("bob", "home", null);
    bob.network.isServerDown = false;
    await phones.time.pass(600_000);

    const [issue] = await bob.device.sync.issues();
    expect(issue).toMatchObject({ code: "no-access", clientId });
    await bob.device.sync.discard(issue?.opId ?? "");
    await expect(bob.shown("lists", clientId)).rejects.toThrow("no such row");
    expect(await phones.stored("lists")).toEqual({});
  });

  it("have one row of a natural key in a scope, and another in each other one", async () => {
    const { phones, ann, bob } = await createCouple();
    await phones.setAccess("ann", "cabin", "write");
    await phones.time.pass(2_000);
    ann.network.isServerDown = true;
    bob.network.isServerDown = true;
    const hers = await ann.table("records").create({ scopeId: "home", game: "chess", points: 3 });
    const his = await bob.table("records").create({ scopeId: "home", game: "chess", points: 5 });
    const away = await ann.table("records").create({ scopeId: "cabin", game: "chess", points: 9 });
    expect(his.clientId).toBe(hers.clientId);
    expect(away.clientId).not.toBe(hers.clientId);
    ann.network.isServerDown = false;
    bob.network.isServerDown = false;
    await phones.time.pass(60_000);

    expect(await ann.shown("records", hers.clientId)).toMatchObject({ points: 5 });
    expect(await bob.shown("records", hers.clientId)).toMatchObject({ points: 5 });
    expect(await ann.shown("records", away.clientId)).toMatchObject({ points: 9 });
    await expect(bob.shown("records", away.clientId)).rejects.toThrow("no such row");
  });

  it("write nothing of a batch that is partly for a scope that one of them has left", async () => {
    const { phones, ann, bob } = await createCouple();
    await phones.setAccess("bob", "cabin", "write");
    const home = await ann.table("items").create({ scopeId: "home", title: "milk" });
    const cabin = await bob.table("items").create({ scopeId: "cabin", title: "wood" });
    await phones.time.pass(2_000);
    bob.network.lostRequests = 1;
    const both = [home, cabin].map(({ clientId }) => ({
      ...{ table: "items", row: clientId, values: { remark: "bring" } },
    }));
    await bob.batch(both);
    await phones.setAccess("bob", "home", null);
    await phones.time.pass(60_000);

    const issues = await bob.device.sync.issues();
    expect(issues.map(({ code }) => code).sort()).toEqual(["group", "no-access"]);
    expect(await bob.shown("items", cabin.clientId)).toMatchObject({ remark: "bring" });
    const stored = await phones.stored("items");
    expect(stored[cabin.clientId]).toMatchObject({ remark: null });
    // The rest goes without it.
    const refused = issues.find(({ code }) => code === "no-access");
    await bob.device.sync.discard(refused?.opId ?? "");
    await phones.time.pass(60_000);
    const [left, landed] = [home, cabin].map(({ clientId }) => clientId);
    expect(await phones.stored("items")).toMatchObject({
      [left ?? ""]: { remark: null },
      [landed ?? ""]: { remark: "bring" },
    });
    expect(await bob.ops()).toEqual([]);
  });

  it("refer to nothing in another scope", async () => {
    const { phones, ann } = await createCouple();
    await phones.setAccess("ann", "cabin", "write");
    const list = await ann.table("lists").create({ scopeId: "cabin", name: "tools" });
    const item = { scopeId: "home", title: "axe", list: list.clientId };
    const { clientId } = await ann.table("items").create(item);
    await phones.time.pass(60_000);

    const issues = await ann.device.sync.issues();
    expect(issues).toMatchObject([{ code: "missing-reference", clientId }]);
    expect(await phones.stored("items")).toEqual({});
  });

  it("keep what they wrote in time, when the answer is lost and the scope with it", async () => {
    const { phones, ann, bob } = await createCouple();
    bob.network.lostAnswers = 1;
    const { clientId } = await bob.table("items").create({ scopeId: "home", title: "bread" });
    await phones.time.pass(200);
    await phones.setAccess("bob", "home", null);
    await phones.time.pass(60_000);

    expect(await ann.shown("items", clientId)).toMatchObject({ title: "bread" });
    await expect(bob.shown("items", clientId)).rejects.toThrow("no such row");
    expect(await bob.ops()).toEqual([]);
    expect(await bob.device.sync.issues()).toEqual([]);
  });
});
