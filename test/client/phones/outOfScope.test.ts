import { afterEach, describe, expect, it, vi } from "vitest";
import { fieldMerge } from "../../../templates/shared/policies/fieldMerge";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import type { Policy } from "../../../templates/shared/policy";
import { counter, note, set, text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const policies = [fieldMerge, lastWriteWins, mobileWins, serverWins].map(
  (policy) => [policy.name, policy] as const,
);

/** Bob has counted, and changed a set, when he hears that he is not in the household any more; Ann goes on. */
async function shutOut(policy: Policy, also: object = {}) {
  const fields = { title: text, remark: note, count: counter, tags: set };
  const phones = createPhones({ items: { scope: "household", policy, fields } });
  await phones.setAccess("ann", "home", "write");
  await phones.setAccess("bob", "home", "write");
  const ann = await phones.phone("ann");
  const bob = await phones.phone("bob");
  await phones.time.pass(1_000);
  const items = ann.table("items");
  const values = { title: "milk", remark: "cold", count: 3, tags: ["a", "b"] };
  const { clientId } = await items.create({ scopeId: "home", ...values });
  await phones.time.pass(2_000);
  bob.device.setOnline(false);
  await bob.table("items").update(clientId, { count: 5, tags: ["b", "c"], ...also });
  await phones.setAccess("bob", "home", null);
  bob.device.setOnline(true);
  await phones.time.pass(2_000);
  await items.update(clientId, { count: 4, tags: ["a", "b", "d"] });
  await phones.time.pass(2_000);
  const letIn = async () => {
    await phones.setAccess("bob", "home", "write");
    await phones.time.pass(2_000);
  };
  const [issue] = await bob.device.sync.issues();
  const retry = () => bob.device.sync.retry(issue?.opId ?? "");
  const stored = async () => (await phones.stored("items"))[clientId];
  return { phones, ann, bob, items, clientId, issue, letIn, retry, stored };
}

describe("counters and sets of somebody who was taken out of a scope", () => {
  it.each(policies)(
    "%s: count what they were to, tried again once he is back",
    async (_, policy) => {
      const { phones, bob, clientId, letIn, retry, stored } = await shutOut(policy);
      await expect(bob.shown("items", clientId)).rejects.toThrow("no such row");
      await letIn();
      const both = { title: "milk", remark: "cold", count: 6, tags: ["b", "c", "d"] };
      expect(await bob.shown("items", clientId)).toMatchObject(both);
      await retry();
      expect(await bob.shown("items", clientId)).toMatchObject(both);
      await phones.time.pass(60_000);
      expect(await bob.ops()).toEqual([]);
      expect(await stored()).toEqual(both);
      expect(await bob.shown("items", clientId)).toMatchObject(both);
    },
  );

  it.each(policies)("%s: also of an edit of other fields", async (name, policy) => {
    const { phones, letIn, bob, retry, stored } = await shutOut(policy, { remark: "warm" });
    await letIn();
    await retry();
    await phones.time.pass(60_000);
    // Nobody knows whether he had seen what he overwrites.
    const remark = name === "server-wins" ? "cold" : "warm";
    expect(await stored()).toEqual({ title: "milk", remark, count: 6, tags: ["b", "c", "d"] });
    const left = name === "server-wins" ? ["superseded"] : [];
    expect((await bob.ops()).map(({ state }) => state)).toEqual(left);
  });

  it("stay failed, and in nobody's way, as long as he is out", async () => {
    const { bob, retry, issue } = await shutOut(mobileWins);
    expect(issue).toMatchObject({ code: "no-access", base: null, theirs: null });
    await expect(retry()).rejects.toMatchObject({ code: "no-access" });
    await bob.device.sync.retryAll();
    expect(await bob.ops()).toMatchObject([{ state: "failed", code: "no-access" }]);
    await bob.device.sync.discard(issue?.opId ?? "");
    expect(await bob.ops()).toEqual([]);
  });

  it("are refused where the row was deleted meanwhile", async () => {
    const { phones, bob, items, clientId, letIn, retry, stored } = await shutOut(mobileWins);
    await items.remove(clientId);
    await letIn();
    await retry();
    await phones.time.pass(60_000);
    expect(await stored()).toBeUndefined();
    expect(await bob.ops()).toMatchObject([{ state: "failed" }]);
    await expect(bob.shown("items", clientId)).rejects.toThrow("no such row");
  });

  it("count once behind an edit that was in flight", async () => {
    const { phones, bob, clientId, letIn, stored } = await inFlight();
    await letIn();
    for (const { opId } of await bob.device.sync.issues()) await bob.device.sync.retry(opId);
    await phones.time.pass(60_000);
    expect(await bob.ops()).toEqual([]);
    expect(await stored()).toMatchObject({ count: 7, remark: "warm" });
    expect(await bob.shown("items", clientId)).toMatchObject({ count: 7, remark: "warm" });
  });
});

describe("a counter in a scope of which its phone has heard nothing", () => {
  /** Bob's row landed and was shown; an edit of it is refused, and another one waits behind that. */
  async function refusedInFlight() {
    const fields = { title: text, remark: note, count: counter };
    const phones = createPhones({ items: { scope: "household", policy: mobileWins, fields } });
    const bob = await phones.phone("bob");
    await phones.time.pass(1_000);
    bob.network.isDeaf = true;
    await phones.setAccess("bob", "home", "write");
    const items = bob.table("items");
    bob.network.holdAnswers();
    const { clientId } = await items.create({ scopeId: "home", title: "milk", count: 3 });
    await phones.time.pass(100);
    await items.update(clientId, { count: 5 });
    await phones.setAccess("bob", "home", null);
    bob.network.releaseAnswers();
    bob.network.holdAnswers();
    await phones.time.pass(100);
    const second = await items.update(clientId, { count: 9, remark: "warm" });
    return { phones, bob, clientId, second };
  }

  it("fails with the edit before it, which was refused: what it counts from cannot be sent alone", async () => {
    const { phones, bob, second } = await refusedInFlight();
    bob.network.releaseAnswers();
    await phones.time.pass(5_000);
    expect(await bob.ops()).toMatchObject([
      { state: "failed", code: "no-access", fields: { count: 5 } },
      { state: "failed", code: "no-access", fields: { count: 9, remark: "warm" } },
    ]);
    expect(await second.settled).toMatchObject({ outcome: "rejected", code: "no-access" });
    for (const { opId } of await bob.device.sync.issues()) await bob.device.sync.discard(opId);
    await phones.time.pass(60_000);
    expect(await bob.ops()).toEqual([]);
  });

  it("counts once he is in it, behind the edit that was refused", async () => {
    const { phones, bob, clientId } = await refusedInFlight();
    bob.network.releaseAnswers();
    await phones.time.pass(5_000);
    bob.network.isDeaf = false;
    await phones.setAccess("bob", "home", "write");
    await phones.time.pass(2_000);
    await bob.device.sync.retryAll();
    await phones.time.pass(60_000);
    expect(await bob.ops()).toEqual([]);
    expect((await phones.stored("items"))[clientId]).toMatchObject({ count: 9, remark: "warm" });
  });
});

/** One edit of Bob's counts, unheard, and another waits behind it when he is taken out. */
async function inFlight() {
  const fields = { title: text, remark: note, count: counter };
  const phones = createPhones({ items: { scope: "household", policy: mobileWins, fields } });
  await phones.setAccess("bob", "home", "write");
  const bob = await phones.phone("bob");
  await phones.time.pass(1_000);
  const items = bob.table("items");
  const { clientId } = await items.create({ scopeId: "home", title: "milk", count: 3 });
  await phones.time.pass(2_000);
  bob.network.lostAnswers = 1;
  await items.update(clientId, { count: 5 });
  await phones.time.pass(100);
  await items.update(clientId, { count: 7, remark: "warm" });
  await phones.setAccess("bob", "home", null);
  const letIn = async () => {
    await phones.time.pass(60_000);
    await phones.setAccess("bob", "home", "write");
    await phones.time.pass(2_000);
  };
  const stored = async () => (await phones.stored("items"))[clientId];
  return { phones, bob, clientId, letIn, stored };
}
