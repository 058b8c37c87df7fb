import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** A browser profile with the app in it: a device of its own. */
export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page logged as an error, and what it threw. */
  readonly problems: string[];
  signIn(name: string): Promise<void>;
  addTask(text: string, options?: { readonly project?: string }): Promise<void>;
  openTask(text: string): Promise<void>;
  /** Turns the app's own switch. */
  setOffline(isOffline: boolean): Promise<void>;
  /** The status icon's words. */
  status(): Promise<string>;
  waitForStatus(text: string | RegExp): Promise<void>;
  picture(name: string): Promise<void>;
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
  });

/** Opens the app on a new device. */
export async function openDevice(browser: Browser, url: string): Promise<Device> {
  const context = await browser.newContext({
    viewport: { width: 400, height: 800 },
    deviceScaleFactor: 2,
  });
  context.setDefaultTimeout(15_000);
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
    setOffline: async (isOffline) => {
      await icon.getByRole("button").click();
      await page.getByRole("switch", { name: "Pretend to be offline" }).setChecked(isOffline);
      await page.getByRole("button", { name: "Close" }).click({ position: { x: 20, y: 20 } });
    },
    status: async () => (await icon.getByRole("button").getAttribute("aria-label")) ?? "",
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
