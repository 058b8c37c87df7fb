import { afterEach, describe, expect, it, vi } from "vitest";
import { fieldMerge } from "../../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { manual } from "../../../templates/shared/policies/manual";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { settle } from "../world";
import { counter, note, set, stage, text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const policies = [mobileWins, serverWins, lastWriteWins, hlcWins, fieldMerge, maxWins, manual];

describe("a habit that I delete and make again is a new one", () => {
  const moments = ["landed", "is in flight", "waits", "waits since before a restart"] as const;

  it.each(
    policies.flatMap((policy) => moments.map((moment) => ({ name: policy.name, policy, moment }))),
  )("$name, when the delete $moment", async ({ policy, moment }) => {
    const phones = createPhones({
      habits: {
        policy,
        uniqueBy: ["name"],
        options: { by: "rank" },
        fields: {
          name: text,
          note,
          rank: { kind: "integer", optional: true },
          count: counter,
          tags: set,
          stage,
        },
      },
    });
    const phone = await phones.phone();
    const { clientId } = await phone
      .table("habits")
      .create({ name: "run", count: 5, tags: ["old"], stage: "read" });
    await phones.time.pass(2_000);
    if (moment === "is in flight") phone.network.holdAnswers();
    if (moment.startsWith("waits")) phone.device.setOnline(false);
    await phone.table("habits").remove(clientId);
    await settle();
    await phones.time.pass(2_000);
    if (moment === "waits since before a restart") await phone.restart();

    const created = { name: "run", count: 1, tags: ["new"], stage: "sent" };
    await phone.table("habits").create(created);
    expect(await phone.shown("habits", clientId)).toMatchObject(created);
    phone.network.releaseAnswers();
    phone.device.setOnline(true);
    await phones.time.pass(5_000);

    expect(await phone.shown("habits", clientId)).toMatchObject(created);
    expect(await phones.stored("habits")).toEqual({
      [clientId]: { ...created, note: null, rank: null },
    });
    expect(await phone.ops()).toEqual([]);
  });
});

describe("what they counted of a habit that I had deleted", () => {
  it.each([false, true])(
    "is not in the one that I made instead, restarted between: %s",
    async (restarts) => {
      const phones = createPhones({
        habits: {
          policy: mobileWins,
          uniqueBy: ["name"],
          fields: { name: text, count: counter, tags: set },
        },
      });
      const [mine, theirs] = [await phones.phone(), await phones.phone()];
      const { clientId } = await mine.table("habits").create({ name: "run", count: 5 });
      await phones.time.pass(2_000);
      mine.device.setOnline(false);
      await mine.table("habits").remove(clientId);
      if (restarts) await mine.restart();
      await mine.table("habits").create({ name: "run", count: 1 });
      await theirs.table("habits").update(clientId, { count: 8, tags: ["theirs"] });
      await phones.time.pass(2_000);
      mine.device.setOnline(true);
      await phones.time.pass(5_000);

      const made = { name: "run", count: 1, tags: [] };
      expect(await phones.stored("habits")).toEqual({ [clientId]: made });
      expect(await mine.shown("habits", clientId)).toMatchObject(made);
    },
  );
});

describe("a habit that I delete, make again and delete again", () => {
  it.each(["is in flight", "waits"])(
    "is gone, and nothing of it waits, when the first delete %s",
    async (moment) => {
      const phones = createPhones({
        habits: { policy: mobileWins, uniqueBy: ["name"], fields: { name: text, count: counter } },
      });
      const phone = await phones.phone();
      const habits = phone.table("habits");
      const { clientId } = await habits.create({ name: "run", count: 5 });
      await phones.time.pass(2_000);
      if (moment === "waits") phone.device.setOnline(false);
      else phone.network.holdAnswers();
      await habits.remove(clientId);
      await settle();
      for (let time = 0; time < 3; time += 1) {
        await habits.create({ name: "run", count: 1 });
        await habits.remove(clientId);
      }
      expect(await phone.device.row("habits", clientId)).toBeNull();
      expect(await phone.ops()).toHaveLength(2);
      phone.network.releaseAnswers();
      phone.device.setOnline(true);
      await phones.time.pass(5_000);

      expect(await phones.stored("habits")).toEqual({});
      expect(await phone.device.row("habits", clientId)).toBeNull();
      expect(await phone.ops()).toEqual([]);
    },
  );
});

describe("a day that both of my phones begin", () => {
  it.each([true, false])(
    "has the steps and tags of both, whether the second had heard of it: %s",
    async (isKnown) => {
      const phones = createPhones({
        days: {
          policy: mobileWins,
          uniqueBy: ["day"],
          fields: { day: text, note, steps: counter, tags: set },
        },
      });
      const [first, second] = [await phones.phone(), await phones.phone()];
      if (!isKnown) second.device.setOnline(false);
      const { clientId } = await first
        .table("days")
        .create({ day: "mon", steps: 20, tags: ["x"], note: "sunny" });
      await phones.time.pass(2_000);

      await second.table("days").create({ day: "mon", steps: 5, tags: ["y"], note: "windy" });
      if (isKnown)
        expect(await second.shown("days", clientId)).toMatchObject({ steps: 25, tags: ["x", "y"] });
      second.device.setOnline(true);
      await phones.time.pass(5_000);

      const both = { day: "mon", steps: 25, tags: ["x", "y"], note: "windy" };
      expect(await phones.stored("days")).toEqual({ [clientId]: both });
      for (const phone of [first, second])
        expect(await phone.shown("days", clientId)).toMatchObject(both);
    },
  );
});
