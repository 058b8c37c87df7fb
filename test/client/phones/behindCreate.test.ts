import { afterEach, describe, expect, it, vi } from "vitest";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { counter, set, stage, text } from "./fields";
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
