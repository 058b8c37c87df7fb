import { afterEach, describe, expect, it, vi } from "vitest";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { counter, note, set, stage, text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

describe("a habit that others had before my create of it is answered", () => {
  it.each([false, true])(
    "lets me take out what they put in, though an edit of mine waits already, restarted between: %s",
    async (restarts) => {
      const phones = createPhones({
        habits: {
          policy: mobileWins,
          uniqueBy: ["name"],
          fields: { name: text, tags: set, count: counter, stage },
        },
      });
      const [mine, theirs] = [await phones.phone(), await phones.phone()];
      mine.network.isServerDown = true;
      const habits = mine.table("habits");
      const { clientId } = await habits.create({ name: "run", tags: ["mine"], count: 1 });
      await phones.time.pass(100);
      mine.network.holdPages();
      await theirs.table("habits").create({ name: "run", tags: ["theirs", "both"], count: 2 });
      await phones.time.pass(100);
      await habits.update(clientId, { tags: ["mine", "more"] });
      mine.network.releasePages();
      await phones.time.pass(1_000);
      expect((await mine.ops()).map(({ kind }) => kind)).toEqual(["create", "update"]);
      const shown = await mine.shown("habits", clientId);
      expect(shown).toMatchObject({ tags: ["both", "mine", "more", "theirs"], count: 3 });
      if (restarts) await mine.restart();

      await mine.table("habits").update(clientId, { tags: ["both", "mine", "more"] });
      await mine.table("habits").update(clientId, { count: 5 });
      const wanted = { tags: ["both", "mine", "more"], count: 5 };
      expect(await mine.shown("habits", clientId)).toMatchObject(wanted);
      mine.network.isServerDown = false;
      await phones.time.pass(3_600_000);

      expect(await phones.stored("habits")).toEqual({
        [clientId]: { name: "run", stage: "new", ...wanted },
      });
      expect(await mine.shown("habits", clientId)).toMatchObject(wanted);
      expect(await mine.ops()).toEqual([]);
    },
  );
});

describe("an edit of a row as it was shown, behind its create that is on its way", () => {
  it("counts from what was shown, puts in and takes out of it, and moves forward", async () => {
    const phones = createPhones({
      items: { policy: mobileWins, fields: { name: text, tags: set, count: counter, stage } },
    });
    const phone = await phones.phone();
    const items = phone.table("items");
    phone.device.setOnline(false);
    const { clientId } = await items.create({ name: "n", tags: ["a"], stage: "sent" });
    const opened = await phone.shown("items", clientId);
    await items.update(clientId, { count: 1, tags: ["a", "b"], stage: "read" });
    phone.network.holdAnswers();
    phone.device.setOnline(true);
    await phones.time.pass(100);
    await items.update(opened, { count: 2, tags: ["c"], stage: "sent" });
    const wanted = { count: 3, tags: ["b", "c"], stage: "read" };
    expect(await phone.shown("items", clientId)).toMatchObject(wanted);
    phone.network.releaseAnswers();
    await phones.time.pass(5_000);

    expect(await phones.stored("items")).toEqual({ [clientId]: { name: "n", ...wanted } });
    expect(await phone.shown("items", clientId)).toMatchObject(wanted);
  });
});

describe("a habit that I make anew behind a delete and an edit that lost", () => {
  it("is without what I take out of it, though others had put that in, too", async () => {
    const phones = createPhones({
      habits: {
        policy: serverWins,
        uniqueBy: ["name"],
        fields: { name: text, note, tags: set, count: counter },
      },
    });
    const [mine, theirs] = [await phones.phone(), await phones.phone()];
    const habits = mine.table("habits");
    const { clientId } = await habits.create({ name: "run", note: "first" });
    await phones.time.pass(5_000);
    mine.device.setOnline(false);
    await habits.update(clientId, { note: "mine" });
    await theirs.table("habits").update(clientId, { note: "theirs", tags: ["both"], count: 2 });
    await phones.time.pass(100);
    mine.network.holdAnswers();
    mine.device.setOnline(true);
    await phones.time.pass(100);
    await habits.remove(clientId);
    await habits.create({ name: "run", tags: ["both", "mine"], count: 1 });
    // The edit is answered now, and the delete is on its way.
    mine.network.releaseAnswers();
    mine.network.holdAnswers();
    await phones.time.pass(100);

    await habits.update(clientId, { tags: ["mine"], count: 4 });
    const shown = { tags: ["mine"], count: 4 };
    expect(await mine.shown("habits", clientId)).toMatchObject(shown);
    mine.network.releaseAnswers();
    await phones.time.pass(60_000);

    const wanted = { note: "theirs", tags: ["mine"], count: 6 };
    expect((await phones.stored("habits"))[clientId]).toMatchObject(wanted);
    expect(await mine.shown("habits", clientId)).toMatchObject(wanted);
  });
});
