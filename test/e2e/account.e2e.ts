import { describe, expect, test } from "vitest";
import { openTab, type Device } from "./device";
import { prepareScene } from "./scene";

const scene = prepareScene();

async function signOut(device: Device, choice: string): Promise<void> {
  await device.openAccount();
  await device.button("Sign out").click();
  await device.button(choice).click();
}

const signInField = (device: Device) => device.page.getByRole("textbox", { name: "Your crew" });

describe("signing out in one of two tabs", () => {
  test("the other one can be signed in to, and has the browser's files once the first is closed", async () => {
    const { openSignedIn, play } = scene();
    const first = await openSignedIn();
    await first.addTask("Check the valve");
    await first.waitForStatus("Everything is saved");
    const second = await openTab(first, play.url);
    const waiting = second.page.getByText("The app is open in another tab");
    await waiting.waitFor();
    await signOut(first, "Sign out now");
    await second.page.reload();
    await second.signIn("crew8");
    await waiting.waitFor();
    await first.page.close();
    await second.waitForStatus("Everything is saved");
    expect(second.problems).toEqual([]);
  });
});

describe("signing out with edits that were not sent", () => {
  test("keep: they wait on the device, unseen by the next account, and are sent after the next sign-in", async () => {
    const { office, openSignedIn } = scene();
    const phone = await openSignedIn();
    await phone.setOffline(true);
    await phone.addTask("Check the valve");
    await signOut(phone, "Keep for next time");
    await signInField(phone).waitFor();
    await phone.setOffline(false);

    await phone.signIn("crew8");
    await phone.waitForStatus("Everything is saved");
    expect(await phone.task("Check the valve").count()).toBe(0);
    await signOut(phone, "Sign out now");

    await phone.signIn("crew7");
    await phone.task("Check the valve").waitFor();
    await phone.waitForStatus("Everything is saved");
    expect((await office.tasks()).map(({ fields }) => fields.text)).toEqual(["Check the valve"]);
  });

  test("send: not without a connection; with one, everything arrives first", async () => {
    const { office, openSignedIn } = scene();
    const phone = await openSignedIn();
    await phone.setOffline(true);
    await phone.addTask("Check the valve");
    await signOut(phone, "Send, then sign out");
    await phone.page.getByText("Sending did not work.").waitFor();
    await phone.page.getByText("One change is only on this device.").waitFor();
    await phone.picture("sign-out");
    expect(await signInField(phone).count()).toBe(0);
    await phone.page.getByRole("switch").setChecked(false);
    // With a connection they go by themselves; who is quicker decides what the button says.
    await phone.page.getByRole("button", { name: /^(Send, then sign out|Sign out now)$/ }).click();
    await signInField(phone).waitFor();
    expect((await office.tasks()).length).toBe(1);
  });

  test("discard: they are gone, with the account's database", async () => {
    const { office, openSignedIn } = scene();
    const phone = await openSignedIn();
    await phone.setOffline(true);
    await phone.addTask("Check the valve");
    await signOut(phone, "Discard and sign out");
    await signInField(phone).waitFor();
    await phone.setOffline(false);
    await phone.signIn("crew7");
    await phone.waitForStatus("Everything is saved");
    expect(await phone.task("Check the valve").count()).toBe(0);
    expect(await office.tasks()).toEqual([]);
  });
});
