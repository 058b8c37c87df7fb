import { expect } from "vitest";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

/** A browser profile with the app in it: a device of its own. */
export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page logged as an error, and what it threw. */
  readonly problems: string[];
  signIn(name: string): Promise<void>;
  addTask(text: string, options?: { readonly project?: string }): Promise<void>;
  openTask(text: string): Promise<void>;
  renameProject(name: string, next: string): Promise<void>;
  openAccount(): Promise<void>;
  /** Turns the app's own switch, in the account's sheet or before the sign-in. */
  setOffline(isOffline: boolean): Promise<void>;
  /** Opens the task, gives it other words and saves. */
  rewordTask(text: string, next: string): Promise<void>;
  /** The checkbox of a task in the list. */
  task(text: string): Locator;
  button(name: string): Locator;
  /** A button of the banner's: what it does, and to whom. */
  noticeButton(action: string): Locator;
  waitForStatus(text: string | RegExp): Promise<void>;
  picture(name: string): Promise<void>;
}

export interface DeviceOptions {
  /** How far the device's clock is ahead of the right time, in milliseconds; default 0. */
  readonly clockOffset?: number;
}

/** Opens the app on a new device. */
export async function openDevice(
  browser: Browser,
  url: string,
  { clockOffset = 0 }: DeviceOptions = {},
): Promise<Device> {
  const context = await browser.newContext({
    viewport: { width: 400, height: 800 },
    deviceScaleFactor: 2,
  });
  // For slow machines: waiting ends with what is waited for.
  context.setDefaultTimeout(30_000);
  await context.addInitScript((offset) => {
    const { now } = Date;
    Date.now = () => now() + offset;
  }, clockOffset);
  return deviceOf(await context.newPage(), url);
}

/** Another tab of the same device. */
export async function openTab({ context }: Device, url: string): Promise<Device> {
  return deviceOf(await context.newPage(), url);
}

async function deviceOf(page: Page, url: string): Promise<Device> {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
  page.on("console", (message) => {
    const isNetwork = /Failed to load resource|WebSocket/.test(message.text());
    if (message.type() === "error" && !isNetwork) problems.push(message.text());
  });
  await page.goto(url);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const icon = page.getByTestId("status");
  return {
    page,
    context: page.context(),
    problems,
    signIn: async (name) => {
      await page.getByRole("textbox", { name: "Your crew" }).fill(name);
      await button("Sign in").click();
    },
    addTask: async (text, { project } = {}) => {
      await button("New task").click();
      await page.getByRole("textbox", { name: "What is to be done" }).fill(text);
      const choices = page.getByRole("radiogroup", { name: "Project", exact: true });
      if (project !== undefined) await choices.getByRole("radio", { name: project }).click();
      await button("Save").click();
      await page.getByRole("checkbox", { name: text }).waitFor();
    },
    openTask: (text) => button(`Edit ${text}`).click(),
    renameProject: async (name, next) => {
      await button("Edit projects").click();
      await page.getByRole("textbox", { name: `Name of ${name}` }).fill(next);
      await button("Rename").click();
      await page.getByRole("textbox", { name: `Name of ${next}` }).waitFor();
      await button("Done").click();
    },
    noticeButton: (action) => page.getByRole("button", { name: new RegExp(`^${action}: `) }),
    openAccount: () => icon.getByRole("button").click(),
    setOffline: async (isOffline) => {
      const offline = page.getByRole("switch", { name: "Pretend to be offline" });
      const isSignedIn = !(await offline.isVisible());
      if (isSignedIn) await icon.getByRole("button").click();
      expect(await offline.isChecked()).toBe(!isOffline);
      // Before the sign-in it goes with the click.
      await offline.click();
      if (isSignedIn) await button("Close").click({ position: { x: 20, y: 20 } });
    },
    rewordTask: async (text, next) => {
      await button(`Edit ${text}`).click();
      await page.getByRole("textbox", { name: "What is to be done" }).fill(next);
      await button("Save").click();
      await page.getByRole("checkbox", { name: next, exact: true }).waitFor();
    },
    task: (text) => page.getByRole("checkbox", { name: text, exact: true }),
    button,
    waitForStatus: async (text) => {
      await icon.getByRole("button", { name: text }).waitFor();
    },
    picture: async (name) => {
      if (process.env["E2E_PICTURES"] === undefined) return;
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${process.env["E2E_PICTURES"]}/${name}.png` });
    },
  };
}
