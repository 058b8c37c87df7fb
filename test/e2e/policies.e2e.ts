import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LoopbackOptions } from "../loopback/deployment";
import type { Device } from "./device";
import { policiesApp, root, run } from "./exports";
import { prepareScene } from "./scene";

const at = (path: string) => import(/* @vite-ignore */ join(policiesApp.project, path));
const { default: schema } = (await at("convex/schema.ts")) as {
  default: LoopbackOptions["schema"];
};
const modules = {
  "../convex/_generated/api.js": () => at("convex/_generated/api.js"),
  "../convex/sync.ts": () => at("convex/sync.ts"),
};
const scene = prepareScene(() => ({ schema, modules, folder: policiesApp.web }));

const saved = "Everything is saved";
const field = (device: Device, name: string) =>
  device.page.getByRole("textbox", { name, exact: true });

/** Writes a value and saves it; without a connection it stays on the device. */
async function edit(device: Device, name: string, value: string): Promise<void> {
  await field(device, name).fill(value);
  await device.button(`Save ${name}`).click();
  await device.page.getByRole("button", { name: `Save ${name}`, disabled: true }).waitFor();
}

/** The same on one device after the other, seen by nobody else before all of them are back. */
async function editApart(name: string, edits: readonly (readonly [Device, string])[]) {
  for (const [device] of edits) await device.setOffline(true);
  for (const [device, value] of edits) await edit(device, name, value);
  for (const [device] of edits) {
    await device.setOffline(false);
    await device.waitForStatus(saved);
  }
}

async function expectEverywhere(name: string, value: string, devices: readonly Device[]) {
  for (const device of devices)
    await expect.poll(() => field(device, name).inputValue()).toBe(value);
}

/** Reads what was replaced, and takes note of it. */
async function dismiss(device: Device, table: string): Promise<void> {
  const notice = device.page.getByText(`A change in ${table} was replaced by a newer one.`);
  await notice.waitFor();
  await device.noticeButton("OK").click();
  await notice.waitFor({ state: "detached" });
}

const expectNoNotice = async (device: Device) =>
  expect(await device.noticeButton("OK").count()).toBe(0);

/** Two devices with the same rows, one in each table. */
async function twoDevices() {
  const phone = await scene().openSignedIn();
  await phone.button("Fill").click();
  await field(phone, "Remark").waitFor();
  await phone.waitForStatus(saved);
  return { phone, tablet: await scene().openSignedIn() };
}

test("the app and everything emitted for it have strict types", async () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const project = join(policiesApp.project, "tsconfig.types.json");
  await run([tsc, "--noEmit", "--project", project], root);
});

describe("two devices edit the same row, and neither saw the other's edit", () => {
  test("last-write-wins: the later edit stands, whichever arrives first", async () => {
    const { phone, tablet } = await twoDevices();
    await editApart("Setting", [
      [tablet, "miles"],
      [phone, "leagues"],
    ]);
    await expectEverywhere("Setting", "leagues", [phone, tablet]);
    await expectNoNotice(phone);

    await phone.setOffline(true);
    await edit(phone, "Setting", "yards");
    await edit(tablet, "Setting", "fathoms");
    await tablet.waitForStatus(saved);
    await phone.setOffline(false);
    await dismiss(phone, "settings");
    await expectEverywhere("Setting", "fathoms", [phone, tablet]);
  });

  test("hlc: an edit beats what it has seen beaten, even when its device's clock is behind", async () => {
    const { phone, tablet } = await twoDevices();
    const late = await scene().open({ clockOffset: -10 * 60_000 });
    await late.signIn("crew7");
    await late.waitForStatus(saved);
    await tablet.setOffline(true);
    await edit(tablet, "Clause", "first");
    await edit(phone, "Clause", "second");
    await expectEverywhere("Clause", "second", [late]);
    await edit(late, "Clause", "third");
    await late.waitForStatus(saved);
    await tablet.setOffline(false);
    await dismiss(tablet, "clauses");
    await expectEverywhere("Clause", "third", [phone, tablet, late]);
    await expectNoNotice(late);
  });

  test("field-merge: edits of different fields both stay, of one field the later", async () => {
    const { phone, tablet } = await twoDevices();
    await phone.setOffline(true);
    await tablet.setOffline(true);
    await edit(phone, "Name", "Ada L.");
    await edit(phone, "Phone", "200");
    await edit(tablet, "Phone", "300");
    await phone.setOffline(false);
    await phone.waitForStatus(saved);
    await tablet.setOffline(false);
    await expectEverywhere("Phone", "300", [phone, tablet]);
    await expectEverywhere("Name", "Ada L.", [phone, tablet]);
    await expectNoNotice(phone);
    await expectNoNotice(tablet);
  });

  test("append-only: what both wrote down is on both, and nothing else can be done with it", async () => {
    const { phone, tablet } = await twoDevices();
    await editApart("Reading", [
      [phone, "17"],
      [tablet, "18"],
    ]);
    for (const { page } of [phone, tablet])
      await expect
        .poll(async () => (await page.getByRole("listitem").allInnerTexts()).sort())
        .toEqual(["17", "18"]);
  });

  test("max-wins: the greater value stands, and the smaller is told so", async () => {
    const { phone, tablet } = await twoDevices();
    await editApart("Points", [
      [tablet, "9"],
      [phone, "7"],
    ]);
    await dismiss(phone, "scores");
    await expectEverywhere("Points", "9", [phone, tablet]);
    await editApart("Points", [
      [tablet, "10"],
      [phone, "12"],
    ]);
    await expectEverywhere("Points", "12", [phone, tablet]);
    await expectNoNotice(phone);
    await expectNoNotice(tablet);
  });

  test("custom: the app's own function joins both texts", async () => {
    const { phone, tablet } = await twoDevices();
    await editApart("Remark", [
      [tablet, "Left side worn"],
      [phone, "Right side fine"],
    ]);
    await expectEverywhere("Remark", "Left side worn\nRight side fine", [phone, tablet]);
    await expectNoNotice(phone);
  });
});
