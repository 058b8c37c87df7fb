import { describe, expect, test } from "vitest";
import type { Device } from "./device";
import { prepareScene } from "./scene";

const scene = prepareScene();

/** Two devices and a task of the project Harbour on both. */
async function twoDevices() {
  const { office, openSignedIn } = scene();
  const project = await office.addProject("Harbour");
  const task = await office.addTask("Inspect the pump", project);
  return { project, task, phone: await openSignedIn(), tablet: await openSignedIn() };
}

async function goOnline(device: Device): Promise<void> {
  await device.setOffline(false);
}

describe("both sides edit the same row", () => {
  test("mobile-wins: the device's words stand, on both devices and on the server", async () => {
    const { office } = scene();
    const { task, phone, tablet } = await twoDevices();
    await phone.setOffline(true);
    await phone.rewordTask("Inspect the pump", "Pump inspected, seal replaced");
    await office.rewordTask(task, "Inspect the pump before Friday");
    await tablet.task("Inspect the pump before Friday").waitFor();
    await goOnline(phone);
    await phone.waitForStatus("Everything is saved");
    await tablet.task("Pump inspected, seal replaced").waitFor();
    const [row] = await office.tasks();
    // The other field was the office's alone.
    expect(row?.fields).toMatchObject({ text: "Pump inspected, seal replaced", priority: "high" });
    expect(await phone.noticeButton("OK").count()).toBe(0);
  });

  test("server-wins: the office's name stands, and the device says once what was not taken", async () => {
    const { office } = scene();
    const { project, phone } = await twoDevices();
    await phone.setOffline(true);
    await phone.renameProject("Harbour", "Harbor");
    await office.renameProject(project, "Harbour North");
    await goOnline(phone);
    const notice = phone.page.getByText("Not changed, the office was quicker: project “Harbor”");
    await notice.waitFor();
    await phone.picture("superseded");
    await phone.page.getByRole("radio", { name: "Harbour North" }).waitFor();
    await phone.noticeButton("OK").click();
    await notice.waitFor({ state: "detached" });
    await phone.waitForStatus("Everything is saved");
  });

  test("a counter adds up what both devices counted", async () => {
    const { office } = scene();
    const { phone, tablet } = await twoDevices();
    for (const [device, minutes] of [
      [phone, 15],
      [tablet, 5],
    ] as const) {
      await device.setOffline(true);
      await device.openTask("Inspect the pump");
      await device.button(`Add ${minutes} minutes`).click();
      await device.button("Save").click();
    }
    await goOnline(phone);
    await goOnline(tablet);
    await phone.page.getByText("20 min").waitFor();
    await tablet.page.getByText("20 min").waitFor();
    expect((await office.tasks())[0]?.fields.minutesSpent).toBe(20);
  });

  test("manual: a person compares, chooses, can undo, and the choice goes everywhere", async () => {
    const { office } = scene();
    const { phone, tablet } = await twoDevices();
    await phone.openTask("Inspect the pump");
    await phone.page.getByRole("textbox", { name: "New note" }).fill("Seal worn");
    await phone.button("Add note").click();
    await phone.button("Cancel").click();
    await expect.poll(async () => (await office.notes()).length).toBe(1);
    const [note] = await office.notes();
    await tablet.openTask("Inspect the pump");
    await tablet.page.getByRole("textbox", { name: "Note", exact: true }).waitFor();
    await tablet.button("Cancel").click();

    await phone.setOffline(true);
    await phone.openTask("Inspect the pump");
    await phone.page
      .getByRole("textbox", { name: "Note", exact: true })
      .fill("Seal worn on the left side");
    await phone.button("Save note").click();
    await phone.button("Cancel").click();
    await office.rewordNote(note?.clientId ?? "", "Seal and bearing worn");
    await goOnline(phone);

    await phone.waitForStatus("1 change needs your attention");
    await phone.noticeButton("Compare").click();
    const field = phone.page.getByRole("radiogroup", { name: "Text" });
    await field.getByRole("radio", { name: /Theirs: Seal and bearing worn/ }).click();
    await phone.button("Undo").click();
    await field.getByRole("radio", { name: /Both/ }).click();
    await phone.picture("conflict");
    await phone.button("Apply").click();
    await phone.button("Close").last().click();
    await phone.waitForStatus("Everything is saved");
    const both = "Seal and bearing worn\nSeal worn on the left side";
    expect((await office.notes())[0]?.fields.body).toBe(both);
    await tablet.openTask("Inspect the pump");
    const shown = tablet.page.getByRole("textbox", { name: "Note", exact: true });
    await expect.poll(() => shown.inputValue()).toBe(both);
  });
});

describe("an edit that the server refuses", () => {
  test("is kept, says why, and can be taken back", async () => {
    const { office } = scene();
    const { project, phone } = await twoDevices();
    await phone.setOffline(true);
    await office.removeProject(project);
    await phone.addTask("Order a filter", { project: "Harbour" });
    await goOnline(phone);
    await phone.page.getByText("What it belongs to was deleted in the meantime.").waitFor();
    await phone.waitForStatus("1 change needs your attention");
    await phone.picture("refused");
    await phone.task("Order a filter").waitFor();
    await phone.page.getByRole("button", { name: /^Discard: / }).click();
    await phone.page.getByRole("button", { name: /^Discard for good: / }).click();
    await phone.task("Order a filter").waitFor({ state: "detached" });
    await phone.waitForStatus("Everything is saved");
    expect((await office.tasks()).length).toBe(1);
  });
});
