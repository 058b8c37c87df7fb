import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import schema from "../../examples/fieldTasks/convex/schema";
import { startPlay, type Play, type PlayOptions } from "../../examples/fieldTasks/play/deployment";
import { modules } from "../../examples/fieldTasks/play/functions";
import { openDevice, type Device, type DeviceOptions } from "./device";
import { root } from "./exports";
import { openOffice, type Office } from "./office";
import { currentWeb } from "./runningExample";

/** What the devices of a failed test showed in the end. */
const failures = join(root, ".test-output/e2eFailures");

/** What a test has: a deployment of its own, the office, and devices that are closed after it. */
export interface Scene {
  readonly play: Play;
  readonly office: Office;
  /** A device that opened the app and is not signed in. */
  open(options?: DeviceOptions): Promise<Device>;
  /** A device of `crew7` that has synced. */
  openSignedIn(): Promise<Device>;
}

/**
 * Gives every test of the file a scene. After each, no page may have logged an error or thrown.
 *
 * @param options what differs from the example's own functions
 */
export function prepareScene(options: () => Partial<PlayOptions> = () => ({})): () => Scene {
  let browser: Browser;
  let play: Play;
  let devices: Device[];
  beforeAll(async () => {
    browser = await chromium.connect(inject("browser"));
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    play = await startPlay({ schema, modules, folder: currentWeb, ...options() });
    devices = [];
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      for (const [index, { page }] of devices.entries())
        await page.screenshot({ path: join(failures, `${task.name} ${index + 1}.png`) });
    const problems = devices.flatMap((device) => device.problems);
    for (const { context } of devices) await context.close();
    await play.close();
    expect(problems).toEqual([]);
  });
  return () => {
    const open = async (options?: DeviceOptions) => {
      const device = await openDevice(browser, play.url, options);
      devices.push(device);
      return device;
    };
    return {
      play,
      office: openOffice(play.url, "crew7"),
      open,
      openSignedIn: async () => {
        const device = await open();
        await device.signIn("crew7");
        await device.waitForStatus("Everything is saved");
        return device;
      },
    };
  };
}
