import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startPlay, type Play } from "../../examples/fieldTasks/play/deployment";
import { modules } from "../../examples/fieldTasks/play/functions";
import schema from "../../examples/fieldTasks/convex/schema";
import { launch, openDevice, openTab, type Device } from "./device";
import { currentWeb } from "./exports";
import { openOffice } from "./office";

let browser: Browser;
let play: Play;
let office: ReturnType<typeof openOffice>;
let devices: Device[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  play = await startPlay({ schema, modules, folder: currentWeb });
  office = openOffice(play.url, "crew7");
  devices = [];
});
afterEach(async () => {
  const problems = devices.flatMap((device) => device.problems);
  for (const { context } of devices) await context.close();
  await play.close();
  expect(problems).toEqual([]);
});

async function open(): Promise<Device> {
  const device = await openDevice(browser, play.url);
  devices.push(device);
  return device;
}

async function openSignedIn(): Promise<Device> {
  const device = await open();
  await device.signIn("crew7");
  await device.waitForStatus("Everything is saved");
  return device;
}

const checkbox = (device: Device, name: string) => device.page.getByRole("checkbox", { name });

describe("the first sync", () => {
  test("says how far it is, what went wrong, and goes on by a button", async () => {
    const harbour = await office.addProject("Harbour");
    for (let count = 0; count < 5; count += 1) await office.addTask(`Pump ${count}`, harbour);
    play.failFunction("sync:getAllTasksForUser");
    const phone = await open();
    await phone.signIn("crew7");
    await phone.page.getByRole("alert").waitFor();
    await phone.picture("first-sync-failed");
    expect(await phone.page.getByRole("progressbar").getAttribute("aria-valuetext")).toMatch(
      /^[012] of 3 parts/,
    );
    expect(await phone.page.getByRole("alert").innerText()).toMatch("did not work");
    play.failFunction(null);
    await phone.page.getByRole("button", { name: "Try again" }).click();
    await phone.waitForStatus("Everything is saved");
    expect(await phone.page.getByRole("checkbox").count()).toBe(5);
  });
});

describe("offline", () => {
  test("edits survive a reload without a connection, are sent with it, and reach another device", async () => {
    const harbour = await office.addProject("Harbour");
    await office.addTask("Inspect the pump", harbour);
    const phone = await openSignedIn();
    const tablet = await openSignedIn();

    await phone.setOffline(true);
    play.setUnreachable(true);
    await phone.addTask("Order a filter", { project: "Harbour" });
    await phone.openTask("Inspect the pump");
    await phone.page.getByRole("textbox", { name: "What is to be done" }).fill("Pump inspected");
    await phone.page.getByRole("button", { name: "Save" }).click();
    await phone.waitForStatus("Offline, 2 changes waiting to be sent");
    await phone.page.reload();
    await phone.waitForStatus("Offline, 2 changes waiting to be sent");
    await checkbox(phone, "Order a filter").waitFor();
    await checkbox(phone, "Pump inspected").waitFor();

    play.setUnreachable(false);
    await phone.setOffline(false);
    await phone.waitForStatus("Everything is saved");
    await checkbox(tablet, "Order a filter").waitFor();
    await checkbox(tablet, "Pump inspected").waitFor();
    const texts = (await office.tasks()).map(({ fields }) => fields.text).sort();
    expect(texts).toEqual(["Order a filter", "Pump inspected"]);
  });

  test("a server that cannot be reached loses nothing, also through a reload", async () => {
    const phone = await openSignedIn();
    play.setUnreachable(true);
    await phone.addTask("Check the valve");
    await phone.page.reload();
    await checkbox(phone, "Check the valve").waitFor();
    play.setUnreachable(false);
    await phone.waitForStatus("Everything is saved");
    expect((await office.tasks()).map(({ fields }) => fields.text)).toEqual(["Check the valve"]);
  });
});

describe("the web side", () => {
  test("an edit there arrives live", async () => {
    const harbour = await office.addProject("Harbour");
    const task = await office.addTask("Inspect the pump", harbour);
    const phone = await openSignedIn();
    await office.rewordTask(task, "Inspect the pump before Friday");
    await checkbox(phone, "Inspect the pump before Friday").waitFor();
  });
});

describe("a second tab", () => {
  test("says why it waits and goes on when the first closes", async () => {
    const first = await openSignedIn();
    await first.addTask("Check the valve");
    const second = await openTab(first, play.url);
    await second.page.getByText("The app is open in another tab").waitFor();
    await second.picture("second-tab");
    await first.page.close();
    await checkbox(second, "Check the valve").waitFor();
    await second.waitForStatus("Everything is saved");
    expect(second.problems).toEqual([]);
  });
});
