import { afterEach, describe, expect, it, vi } from "vitest";
import { hlcWins } from "../../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { settle } from "../world";
import { text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

describe("a habit that I delete and make again within one millisecond", () => {
  // Op ids of one millisecond are in any order: one seed or another has the later op with the smaller id.
  it.each(
    [lastWriteWins, hlcWins].flatMap((policy) =>
      [1, 2, 3, 4, 5, 6].map((seed) => ({ name: policy.name, policy, seed })),
    ),
  )("$name, seed $seed · is the new one", async ({ policy, seed }) => {
    const phones = createPhones(
      { habits: { policy, uniqueBy: ["name"], fields: { name: text, note: text } } },
      seed,
    );
    const phone = await phones.phone();
    const habits = phone.table("habits");
    const { clientId } = await habits.create({ name: "run", note: "old" });
    await phones.time.pass(2_000);
    phone.network.holdAnswers();
    await habits.remove(clientId);
    await settle();
    await habits.create({ name: "run", note: "new" });
    phone.network.releaseAnswers();
    await phones.time.pass(5_000);

    expect(await phones.stored("habits")).toEqual({ [clientId]: { name: "run", note: "new" } });
    expect(await phone.shown("habits", clientId)).toMatchObject({ note: "new" });
    expect(await phone.device.sync.issues()).toEqual([]);
  });
});
