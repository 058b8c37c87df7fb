import { join } from "node:path";
import { expect, test } from "vitest";
import type { LoopbackOptions } from "../loopback/deployment";
import type { Device } from "./device";
import { sharedApp } from "./exports";
import { prepareScene } from "./scene";

const at = (path: string) => import(/* @vite-ignore */ join(sharedApp.project, path));
const { default: schema } = (await at("convex/schema.ts")) as {
  default: LoopbackOptions["schema"];
};
const modules = {
  "../convex/_generated/api.js": () => at("convex/_generated/api.js"),
  "../convex/households.ts": () => at("convex/households.ts"),
  "../convex/sync.ts": () => at("convex/sync.ts"),
};
const scene = prepareScene(() => ({ schema, modules, folder: sharedApp.web }));

const input = ({ page }: Device, name: string) => page.getByRole("textbox", { name, exact: true });
const item = ({ page }: Device, name: string) => page.getByRole("checkbox", { name, exact: true });

/** Signs in by a name, which is what the households' people call them, too. */
async function open(name: string): Promise<Device> {
  const device = await scene().open();
  await device.signIn(name);
  await input(device, "Your name").fill(name);
  return device;
}

/** Types a text into the field of that name, and presses its button. */
async function add(device: Device, action: string, label: string, text: string): Promise<void> {
  await input(device, label).fill(text);
  await device.button(`${action}: ${label}`).click();
}

/** Without a connection, or with one again. */
async function setOffline({ page }: Device, isOffline: boolean): Promise<void> {
  const offline = page.getByRole("switch", { name: "Pretend to be offline" });
  await offline.click();
  await expect.poll(() => offline.isChecked()).toBe(isOffline);
}

/** Ann's household with a list, and Ben in it by her invitation. */
async function twoPeople() {
  const ann = await open("ann");
  await add(ann, "Create", "Name of a new household", "Mill Lane 3");
  await ann.page.getByRole("heading", { name: "Mill Lane 3" }).waitFor();
  await add(ann, "Add", "Name of a new list", "Market");
  await add(ann, "Add", "New on Market", "Milk");
  await item(ann, "Milk").waitFor();
  await ann.button("Invite").click();
  const code = await ann.page.getByRole("status").filter({ hasText: "-" }).innerText();
  const ben = await open("ben");
  await add(ben, "Join", "Code of an invitation", code);
  await item(ben, "Milk").waitFor();
  return { ann, ben };
}

test("one ticks off, the other says how much, both offline: both stand on both phones", async () => {
  const { ann, ben } = await twoPeople();
  for (const device of [ann, ben]) await setOffline(device, true);
  await item(ben, "Milk").click();
  await input(ann, "Amount of Milk").fill("2 l");
  await input(ann, "Amount of Milk").press("Enter");
  for (const device of [ann, ben]) await add(device, "Add", "New on Market", "Bread");
  await ben.picture("shared-offline");
  for (const device of [ann, ben]) await setOffline(device, false);
  for (const device of [ann, ben]) {
    await expect.poll(() => item(device, "Milk").isChecked()).toBe(true);
    await expect.poll(() => input(device, "Amount of Milk").inputValue()).toBe("2 l");
    await expect.poll(() => item(device, "Bread").count()).toBe(1);
  }
  await ann.picture("shared-both");
});

test("somebody who is taken out loses the rows, and keeps what had not arrived", async () => {
  const { ann, ben } = await twoPeople();
  await setOffline(ben, true);
  await add(ben, "Add", "New on Market", "Cheese");
  await item(ben, "Cheese").waitFor();
  await ann.button("Take ben out").click();
  await ann.button("Take ben out").waitFor({ state: "detached" });
  await setOffline(ben, false);
  await ben.page.getByRole("heading", { name: "Households" }).waitFor();
  await ben.page.getByText("You cannot make changes there, or not any more.").waitFor();
  await ben.picture("shared-out");
  expect(await ben.button("Mill Lane 3").count()).toBe(0);
  expect(await item(ann, "Cheese").count()).toBe(0);
  await ann.picture("shared-left");
});
