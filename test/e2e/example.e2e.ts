import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startStage } from "../../examples/fieldTasks/play/main";
import { launch } from "./device";
import { currentWeb } from "./exports";

const pages = fileURLToPath(new URL("../../examples/fieldTasks/play/pages", import.meta.url));
const pump = "Inspect the pump in hall 2";

test("the stage: what one phone does offline is on the other and in the office once it is back", async () => {
  const stage = await startStage({ folder: currentWeb, pages, port: 4310 });
  const browser = await launch();
  const viewport = { width: 1340, height: 840 };
  const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${stage.url}/stage`);
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
  await browser.close();
  await stage.close();
});
