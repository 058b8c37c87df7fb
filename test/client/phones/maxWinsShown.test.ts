import { afterEach, describe, expect, it, vi } from "vitest";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { settle } from "../world";
import { counter, note } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const hour = 3_600_000;

/** Two phones with a book in which both are at page 5. */
async function shareBook() {
  const phones = createPhones({
    books: {
      policy: maxWins,
      options: { by: "position" },
      fields: { position: { kind: "integer", optional: false }, note, likes: counter },
    },
  });
  const [mine, theirs] = [await phones.phone(), await phones.phone()];
  const { clientId } = await mine.table("books").create({ position: 5 });
  await phones.time.pass(2_000);
  const shown = () => mine.shown("books", clientId);
  const book = async () => (await phones.stored("books"))[clientId];
  return { ...phones, mine, theirs, clientId, shown, book };
}

describe("I8: what I type into a book that others are further in than I", () => {
  const moments = ["waits", "is in flight", "has been in flight since before a restart"] as const;

  it.each(moments)("is shown, and stays, when my own page %s", async (moment) => {
    const { time, mine, theirs, clientId, shown, book } = await shareBook();
    mine.device.setOnline(false);
    await theirs.table("books").update(clientId, { position: 9 });
    await time.pass(2_000);
    const isWaiting = moment === "waits";
    mine.network.holdPages();
    mine.network.isServerDown = !isWaiting;
    mine.device.setOnline(true);
    await settle();
    await mine.table("books").update(clientId, { position: 7 });
    if (isWaiting) mine.device.setOnline(false);
    mine.network.releasePages();
    await time.pass(2_000);
    if (moment.endsWith("restart")) await mine.restart();
    expect(await shown()).toMatchObject({ position: 9, note: null });
    expect(await mine.ops()).toMatchObject([{ sealedBy: isWaiting ? null : {} }]);

    const books = mine.table("books");
    await books.update(clientId, { note: "half way" });
    expect(await shown()).toMatchObject({ position: 9, note: "half way" });
    mine.network.isServerDown = false;
    mine.device.setOnline(true);
    await time.pass(hour);

    expect(await book()).toEqual({ position: 9, note: "half way", likes: 0 });
    expect(await shown()).toMatchObject({ position: 9, note: "half way" });
    const issues = await mine.device.sync.issues();
    expect(issues.map(({ state, mine }) => [state, mine])).toEqual([
      ["superseded", { position: 7 }],
    ]);
  });
});

describe("I8: what I type into a book that I am furthest in", () => {
  it.each(["waits", "is in flight"] as const)(
    "is shown, and stays, though somebody else has written another note before · my page %s",
    async (moment) => {
      const { time, mine, theirs, clientId, shown, book } = await shareBook();
      const books = mine.table("books");
      mine.device.setOnline(false);
      await theirs.table("books").update(clientId, { position: 6, note: "theirs" });
      await time.pass(2_000);
      mine.network.holdPages();
      mine.network.isServerDown = moment !== "waits";
      mine.device.setOnline(true);
      await settle();
      await books.update(clientId, { position: 7 });
      if (moment === "waits") mine.device.setOnline(false);
      mine.network.releasePages();
      await time.pass(2_000);
      expect(await shown()).toMatchObject({ position: 7, note: null });

      await books.update(clientId, { note: "half way" });
      expect(await shown()).toMatchObject({ position: 7, note: "half way" });
      mine.network.isServerDown = false;
      mine.device.setOnline(true);
      await time.pass(hour);

      expect(await book()).toEqual({ position: 7, note: "half way", likes: 0 });
      expect(await mine.ops()).toEqual([]);
    },
  );

  it("stays when I go back a page before anything is sent", async () => {
    const { time, mine, clientId, shown, book } = await shareBook();
    const books = mine.table("books");
    mine.device.setOnline(false);
    await books.update(clientId, { note: "half way" });
    await books.update(clientId, { position: 3 });
    await books.update(clientId, { position: 4 });
    expect(await shown()).toMatchObject({ position: 5, note: "half way" });
    expect(await mine.ops()).toHaveLength(2);
    await books.remove(clientId);
    await books.update(clientId, { note: "gone" }).catch(() => undefined);
    mine.device.setOnline(true);
    await time.pass(hour);

    expect(await book()).toBeUndefined();
  });

  it("stays when somebody else has liked the book meanwhile", async () => {
    const { time, mine, theirs, clientId, shown, book } = await shareBook();
    mine.device.setOnline(false);
    await mine.table("books").update(clientId, { note: "half way" });
    await theirs.table("books").update(clientId, { likes: 1 });
    await time.pass(2_000);
    mine.device.setOnline(true);
    await time.pass(hour);

    expect(await book()).toEqual({ position: 5, note: "half way", likes: 1 });
    expect(await shown()).toMatchObject({ position: 5, note: "half way", likes: 1 });
    expect(await mine.ops()).toEqual([]);
  });
});
