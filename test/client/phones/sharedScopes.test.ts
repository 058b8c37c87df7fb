import { afterEach, describe, expect, it, vi } from "vitest";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { note, text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const reference = (references: string) =>
  ({ kind: "reference", optional: true, references }) as const;

/** A household's lists with their items, and diaries that are everybody's own. */
const createHousehold = () =>
  createPhones({
    lists: { scope: "household", policy: serverWins, fields: { name: text } },
    items: {
      scope: "household",
      policy: lastWriteWins,
      fields: { title: text, remark: note, list: reference("lists") },
    },
    diaries: { policy: lastWriteWins, fields: { title: text } },
  });

/** Ann and Bob, who share a household. */
async function createCouple() {
  const phones = createHousehold();
  await phones.setAccess("ann", "home", "write");
  await phones.setAccess("bob", "home", "write");
  const ann = await phones.phone("ann");
  const bob = await phones.phone("bob");
  await phones.time.pass(1_000);
  return { phones, ann, bob };
}

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
});
