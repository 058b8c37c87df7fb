import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Browser } from "playwright-core";
import schema from "../../examples/fieldTasks/convex/schema";
import { startPlay, type Play, type PlayOptions } from "../../examples/fieldTasks/play/deployment";
import { modules } from "../../examples/fieldTasks/play/functions";
import { launch, openDevice, type Device } from "./device";
import { currentWeb } from "./exports";
import { openOffice, type Office } from "./office";

/** What a test has: a deployment of its own, the office, and devices that are closed after it. */
export interface Scene {
  readonly play: Play;
  readonly office: Office;
  /** A device that opened the app and is not signed in. */
  open(): Promise<Device>;
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
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    play = await startPlay({ schema, modules, folder: currentWeb, ...options() });
    devices = [];
  });
  afterEach(async () => {
    const problems = devices.flatMap((device) => device.problems);
    for (const { context } of devices) await context.close();
    await play.close();
    expect(problems).toEqual([]);
  });
  return () => {
    const open = async () => {
      const device = await openDevice(browser, play.url);
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
