import { afterEach, describe, expect, it, vi } from "vitest";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { counter, text } from "./fields";
import { createPhones } from "./phones";

afterEach(() => {
  vi.useRealTimers();
});

describe("I2: an edit that landed without the phone hearing of it, and that the server then failed on", () => {
  async function startVisit() {
    const phones = createPhones({
      visits: { policy: mobileWins, fields: { name: text, count: counter } },
    });
    const phone = await phones.phone();
    const visits = phone.table("visits");
    const { clientId } = await visits.create({ name: "n" });
    await phones.time.pass(2_000);
    phone.network.lostAnswers = 1;
    phone.network.holdAnswers();
    await visits.update(clientId, { count: 1 });
    await phones.time.pass(100);
    phone.network.failsOnOps = true;
    phone.network.releaseAnswers();
    await phones.time.pass(600_000);
    const [failed] = await phone.device.sync.issues();
    expect(failed).toMatchObject({ state: "failed", code: "failed" });
    phone.network.failsOnOps = false;
    const stored = async () => (await phones.stored("visits"))[clientId];
    return { ...phones, phone, visits, clientId, opId: failed?.opId ?? "", stored };
  }

  it.each([false, true])("counts once when it is tried again, restarted: %s", async (restarts) => {
    const { time, phone, opId, stored } = await startVisit();
    if (restarts) await phone.restart();
    await phone.device.sync.retry(opId);
    await time.pass(60_000);

    expect(await stored()).toEqual({ name: "n", count: 1 });
    expect(await phone.ops()).toEqual([]);
  });

  it("counts once, and the next edit too, when both are tried", async () => {
    const { time, phone, visits, clientId, opId, stored } = await startVisit();
    const { count } = await phone.shown("visits", clientId);
    await visits.update(clientId, { count: Number(count) + 1 });
    await phone.device.sync.retry(opId);
    await time.pass(60_000);

    expect(await stored()).toEqual({ name: "n", count: 2 });
    expect(await phone.ops()).toEqual([]);
  });

  it("is for a person to look at when it is edited: nobody knows what of it is new", async () => {
    const { time, phone, opId, stored } = await startVisit();
    await phone.device.sync.edit(opId, { name: "other" });
    await time.pass(60_000);

    expect(await stored()).toEqual({ name: "n", count: 1 });
    expect(await phone.device.sync.issues()).toMatchObject([
      { state: "failed", code: "duplicate-op" },
    ]);
  });
});
