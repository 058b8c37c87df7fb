import { afterEach, describe, expect, it, vi } from "vitest";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

const day = 86_400_000;

describe("I13: a row that is deleted while a phone is away for longer than the server remembers", () => {
  it.each([false, true])("is gone there, too, restarted: %s", async (restarts) => {
    const phones = createPhones({ visits: { policy: lastWriteWins, fields: { name: text } } });
    const [one, other] = [await phones.phone(), await phones.phone()];
    const { clientId: deleted } = await one.table("visits").create({ name: "deleted" });
    await phones.time.pass(2_000);
    // The newest change before, and again once nothing is left of the other row.
    const { clientId: kept } = await one.table("visits").create({ name: "kept" });
    await phones.time.pass(2_000);
    expect(await other.device.row("visits", deleted)).not.toBeNull();

    other.device.setOnline(false);
    await one.table("visits").remove(deleted);
    await phones.time.pass(2_000);
    await phones.time.pass(100 * day);
    await phones.collectGarbage();
    if (restarts) await other.restart();
    other.device.setOnline(true);
    await phones.time.pass(2_000);

    expect(await other.device.row("visits", deleted)).toBeNull();
    expect(await other.device.row("visits", kept)).not.toBeNull();
  });
});

describe("I9: a row that is deleted after it landed unheard, and forgotten before its phone asks again", () => {
  it.each([false, true])("is gone there, too, restarted: %s", async (restarts) => {
    const phones = createPhones({ visits: { policy: lastWriteWins, fields: { name: text } } });
    const [one, other] = [await phones.phone(), await phones.phone()];
    one.network.lostAnswers = 1;
    one.network.holdAnswers();
    const { clientId } = await one.table("visits").create({ name: "n" });
    await phones.time.pass(2_000);
    one.network.isServerDown = true;
    one.network.releaseAnswers();
    await other.table("visits").remove(clientId);
    // It fetches what is left of the row, and still waits for its own answer.
    await phones.time.pass(60_000);
    expect(await phones.stored("visits")).toEqual({});
    expect(await one.ops()).toHaveLength(1);

    one.device.setOnline(false);
    await phones.time.pass(100 * day);
    await phones.collectGarbage();
    if (restarts) await one.restart();
    one.network.isServerDown = false;
    one.device.setOnline(true);
    await phones.time.pass(60_000);

    expect(await one.ops()).toEqual([]);
    expect(await one.device.row("visits", clientId)).toBeNull();
  });
});
