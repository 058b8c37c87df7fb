import { afterEach, describe, expect, it, vi } from "vitest";
import type { Policy } from "../../../templates/shared/policy";
import { fieldMerge } from "../../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { manual } from "../../../templates/shared/policies/manual";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { settle } from "../world";
import { counter, set, text } from "./fields";
import { createPhones, type Phone } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

/** The id of a row that does not exist: who refers to it is refused. */
const nowhere = "018bcfe5-0000-7000-8000-000000000000";

/** Where the edit before is when the next one is made. */
const whereabouts = ["waiting", "in flight", "waiting since before a restart"] as const;
type Whereabouts = (typeof whereabouts)[number];

/** Makes an edit and leaves it there; what is given back sends it on. */
async function leave(phone: Phone, where: Whereabouts, edit: () => Promise<unknown>) {
  if (where === "in flight") phone.network.holdAnswers();
  else phone.device.setOnline(false);
  await edit();
  await settle();
  if (where === "waiting since before a restart") await phone.restart();
  return () => {
    phone.network.releaseAnswers();
    phone.device.setOnline(true);
  };
}

describe("an item of a set that only I touch", () => {
  async function startItem(tags: readonly string[]) {
    const phones = createPhones({
      items: { policy: mobileWins, fields: { name: text, tags: set } },
    });
    const phone = await phones.phone();
    const { clientId } = await phone.table("items").create({ name: "n", tags });
    await phones.time.pass(2_000);
    const write = (next: readonly string[]) =>
      phone.table("items").update(clientId, { tags: next });
    const shown = async () => (await phone.shown("items", clientId))["tags"];
    const stored = async () => (await phones.stored("items"))[clientId]?.["tags"];
    return { ...phones, phone, write, shown, stored };
  }

  it.each(whereabouts)("is out when I take out what I put in, the first edit %s", async (where) => {
    const { time, phone, write, shown, stored } = await startItem([]);
    const sendOn = await leave(phone, where, () => write(["urgent"]));
    await write([]);
    expect(await shown()).toEqual([]);
    sendOn();
    await time.pass(5_000);

    expect([await shown(), await stored()]).toEqual([[], []]);
    expect(await phone.ops()).toEqual([]);
  });

  it.each(whereabouts)(
    "is in when I put back what I took out, the first edit %s",
    async (where) => {
      const { time, phone, write, shown, stored } = await startItem(["urgent"]);
      const sendOn = await leave(phone, where, () => write([]));
      await write(["urgent"]);
      expect(await shown()).toEqual(["urgent"]);
      sendOn();
      await time.pass(5_000);

      expect([await shown(), await stored()]).toEqual([["urgent"], ["urgent"]]);
      expect(await phone.ops()).toEqual([]);
    },
  );

  it.each(whereabouts)("follows me in and out and in again, each edit %s", async (where) => {
    const { time, phone, write, shown, stored } = await startItem([]);
    const sendFirst = await leave(phone, where, () => write(["urgent"]));
    await leave(phone, where, () => write([]));
    await leave(phone, where, () => write(["urgent", "late"]));
    const inOrder = (tags: unknown) => [...(tags as readonly string[])].sort();
    expect(inOrder(await shown())).toEqual(["late", "urgent"]);
    sendFirst();
    await time.pass(5_000);

    for (const tags of [await shown(), await stored()])
      expect(inOrder(tags)).toEqual(["late", "urgent"]);
    expect(await phone.ops()).toEqual([]);
  });
});

describe("an item of a set that both of us put in", () => {
  it("is out when I take it out, though mine is held back by a row that was refused", async () => {
    const parent = { kind: "reference", optional: true, references: "items" } as const;
    const phones = createPhones({
      items: { policy: mobileWins, fields: { name: text, parent, tags: set } },
    });
    const [mine, theirs] = [await phones.phone(), await phones.phone()];
    const items = mine.table("items");
    const { clientId } = await items.create({ name: "n" });
    const refused = await items.create({ name: "refused", parent: nowhere });
    await phones.time.pass(2_000);
    await items.update(clientId, { parent: refused.clientId, tags: ["urgent"] });
    await theirs.table("items").update(clientId, { tags: ["urgent"] });
    await phones.time.pass(2_000);
    expect(await mine.shown("items", clientId)).toMatchObject({ tags: ["urgent"] });

    await items.update(clientId, { tags: [] });
    expect(await mine.shown("items", clientId)).toMatchObject({ tags: [] });
    await items.update(clientId, { parent: null });
    await phones.time.pass(2_000);

    expect(await phones.stored("items")).toMatchObject({ [clientId]: { tags: [] } });
    expect(await theirs.shown("items", clientId)).toMatchObject({ tags: [] });
  });
});

describe("a counter that others move while an edit of mine waits", () => {
  const rank = { kind: "integer", optional: false, default: 1 } as const;
  const policies: readonly Policy[] = [
    mobileWins,
    serverWins,
    lastWriteWins,
    hlcWins,
    fieldMerge,
    maxWins,
    manual,
  ];

  it.each(policies.map((policy) => ({ name: policy.name, policy })))(
    "$name · shows one more when I count one, though an edit of mine was refused before",
    async ({ policy }) => {
      const phones = createPhones({
        items: {
          policy,
          options: { by: "rank" },
          fields: {
            title: text,
            rank,
            parent: { kind: "reference", optional: true, references: "items" },
            count: counter,
          },
        },
      });
      const [mine, theirs] = [await phones.phone(), await phones.phone()];
      const { clientId } = await mine.table("items").create({ title: "n", count: 10 });
      await phones.time.pass(2_000);
      await mine.table("items").update(clientId, { parent: nowhere });
      await phones.time.pass(2_000);
      await theirs.table("items").update(clientId, { count: 15 });
      await phones.time.pass(2_000);
      expect(await mine.shown("items", clientId)).toMatchObject({ count: 15 });

      await mine.table("items").update(clientId, { count: 16 });
      expect(await mine.shown("items", clientId)).toMatchObject({ count: 16 });

      const [refused] = await mine.device.sync.issues();
      await mine.device.sync.discard(refused?.opId ?? "");
      await phones.time.pass(5_000);
      expect(await mine.shown("items", clientId)).toMatchObject({ count: 16 });
      expect((await phones.stored("items"))[clientId]).toMatchObject({ count: 16 });
    },
  );

  it("max-wins · shows what they counted while my greater value waits", async () => {
    const phones = createPhones({
      items: { policy: maxWins, options: { by: "rank" }, fields: { rank, count: counter } },
    });
    const [mine, theirs] = [await phones.phone(), await phones.phone()];
    const { clientId } = await mine.table("items").create({ count: 10 });
    await phones.time.pass(2_000);
    mine.network.isServerDown = true;
    await mine.table("items").update(clientId, { rank: 5 });
    await theirs.table("items").update(clientId, { count: 15 });
    await phones.time.pass(4_000);

    expect(await mine.shown("items", clientId)).toMatchObject({ rank: 5, count: 15 });
  });
});
