import { describe, expect, test } from "vitest";
import { openTab } from "./device";
import { prepareScene } from "./scene";

const scene = prepareScene();

describe("the first sync", () => {
  test("says how far it is, what went wrong, and goes on by a button", async () => {
    const harbour = await scene().office.addProject("Harbour");
    for (let count = 0; count < 5; count += 1)
      await scene().office.addTask(`Pump ${count}`, harbour);
    scene().play.failFunction("sync:getAllTasksForUser");
    const phone = await scene().open();
    await phone.signIn("crew7");
    await phone.page.getByRole("alert").waitFor();
    await phone.picture("first-sync-failed");
    expect(await phone.page.getByRole("progressbar").getAttribute("aria-valuetext")).toMatch(
      /^[012] of 3 parts/,
    );
    expect(await phone.page.getByRole("alert").innerText()).toMatch("did not work");
    scene().play.failFunction(null);
    await phone.page.getByRole("button", { name: "Try again" }).click();
    await phone.waitForStatus("Everything is saved");
    expect(await phone.page.getByRole("checkbox").count()).toBe(5);
  });
});

describe("offline", () => {
  test("edits survive a reload without a connection, are sent with it, and reach another device", async () => {
    const harbour = await scene().office.addProject("Harbour");
    await scene().office.addTask("Inspect the pump", harbour);
    const phone = await scene().openSignedIn();
    const tablet = await scene().openSignedIn();

    await phone.setOffline(true);
    scene().play.setUnreachable(true);
    await phone.addTask("Order a filter", { project: "Harbour" });
    await phone.openTask("Inspect the pump");
    await phone.page.getByRole("textbox", { name: "What is to be done" }).fill("Pump inspected");
    await phone.page.getByRole("button", { name: "Save" }).click();
    await phone.waitForStatus("Offline, 2 changes waiting to be sent");
    await phone.page.reload();
    await phone.waitForStatus("Offline, 2 changes waiting to be sent");
    await phone.task("Order a filter").waitFor();
    await phone.task("Pump inspected").waitFor();

    scene().play.setUnreachable(false);
    await phone.setOffline(false);
    await phone.waitForStatus("Everything is saved");
    await tablet.task("Order a filter").waitFor();
    await tablet.task("Pump inspected").waitFor();
    const texts = (await scene().office.tasks()).map(({ fields }) => fields.text).sort();
    expect(texts).toEqual(["Order a filter", "Pump inspected"]);
  });

  test("a server that cannot be reached loses nothing, also through a reload", async () => {
    const phone = await scene().openSignedIn();
    scene().play.setUnreachable(true);
    await phone.addTask("Check the valve");
    await phone.page.reload();
    await phone.task("Check the valve").waitFor();
    scene().play.setUnreachable(false);
    await phone.waitForStatus("Everything is saved");
    expect((await scene().office.tasks()).map(({ fields }) => fields.text)).toEqual([
      "Check the valve",
    ]);
  });
});

describe("the web side", () => {
  test("an edit there arrives live", async () => {
    const harbour = await scene().office.addProject("Harbour");
    const task = await scene().office.addTask("Inspect the pump", harbour);
    const phone = await scene().openSignedIn();
    await scene().office.rewordTask(task, "Inspect the pump before Friday");
    await phone.task("Inspect the pump before Friday").waitFor();
  });
});

describe("a second tab", () => {
  test("says why it waits and goes on when the first closes", async () => {
    const first = await scene().openSignedIn();
    await first.addTask("Check the valve");
    const second = await openTab(first, scene().play.url);
    await second.page.getByText("The app is open in another tab").waitFor();
    await second.picture("second-tab");
    await first.page.close();
    await second.task("Check the valve").waitFor();
    await second.waitForStatus("Everything is saved");
    expect(second.problems).toEqual([]);
  });
});
