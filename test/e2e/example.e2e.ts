import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openDevice, openTab } from "./device";
import { interrupt, isRunning } from "./runningExample";

const pump = "Inspect the pump in hall 2";
const lamp = "Replace the lamp on pier 4";
const example = inject("example");
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.connect(inject("browser"));
});
afterAll(() => browser.close());

test("npm run example serves a stage: what one phone does offline is on the other and in the office once it is back", async () => {
  const viewport = { width: 1340, height: 840 };
  const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(example.stage);
  const [anna, ben] = [page.frameLocator("#anna"), page.frameLocator("#ben")];
  await ben.getByRole("checkbox", { name: pump }).waitFor();

  const turnSwitch = async () => {
    await anna.getByTestId("status").getByRole("button").click();
    await anna.getByRole("switch", { name: "Pretend to be offline" }).click();
    await anna.getByRole("button", { name: "Close" }).click({ position: { x: 20, y: 20 } });
  };
  await anna.getByRole("checkbox", { name: pump }).waitFor();
  await turnSwitch();
  await anna.getByRole("checkbox", { name: pump }).click();
  await anna.getByRole("button", { name: "New task" }).click();
  await anna.getByRole("textbox", { name: "What is to be done" }).fill("Order a new filter");
  await anna.getByRole("radio", { name: "High" }).click();
  await anna.getByRole("button", { name: "Save" }).click();
  await anna.getByRole("radio", { name: "All", exact: true }).click();
  await anna.getByText("Not sent yet").nth(1).waitFor();
  if (process.env["E2E_PICTURES"] !== undefined)
    await page.screenshot({ path: `${process.env["E2E_PICTURES"]}/stage.png` });
  expect(await ben.getByRole("checkbox", { name: "Order a new filter" }).count()).toBe(0);

  await turnSwitch();
  await ben.getByRole("checkbox", { name: "Order a new filter" }).waitFor();
  const inOffice = page.locator("#tasks input");
  await expect.poll(() => inOffice.count()).toBe(5);
  await expect.poll(() => page.locator("#tasks input.done").count()).toBe(1);
  expect(problems).toEqual([]);
  await page.close();
});

test("two windows at the printed addresses are two devices", async () => {
  const phone = await openDevice(browser, example.phone);
  const otherPhone = await openTab(phone, example.otherPhone);
  for (const device of [phone, otherPhone]) {
    await device.signIn("crew7");
    await device.task(lamp).waitFor();
  }
  await phone.addTask("Lock the gate");
  await otherPhone.task("Lock the gate").waitFor();
  await otherPhone.task("Lock the gate").click();
  await phone.task("Lock the gate").waitFor({ state: "detached" });
  expect([...phone.problems, ...otherPhone.problems]).toEqual([]);
  await phone.context.close();
});

test("Ctrl-C ends it, and leaves nothing running", async () => {
  interrupt(example);
  await expect.poll(() => isRunning(example)).toBe(false);
  for (const address of [example.phone, example.otherPhone])
    await expect(fetch(address)).rejects.toThrow();
});
