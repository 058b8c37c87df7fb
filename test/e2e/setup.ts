import { existsSync, rmSync } from "node:fs";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { exportForPhone, exportVariants, newCache, nextRelease, phones } from "./exports";
import { interrupt, isRunning, startExample, type RunningExample } from "./runningExample";

declare module "vitest" {
  interface ProvidedContext {
    /** The one browser: devices are contexts in it. */
    readonly browser: string;
    /** `npm run example`, as started by hand. */
    readonly example: RunningExample;
    /** Why a bundle for phones could not be made; `null` when it could. */
    readonly phoneErrors: Readonly<Record<Platform, string | null>>;
  }
}

export const platforms = ["android", "ios"] as const;
export type Platform = (typeof platforms)[number];

/** Exports everything before the first test, and starts the browser. `E2E_KEEP=1` uses the last exports again. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const isKept = process.env["E2E_KEEP"] === "1" && existsSync(nextRelease.web);
  const cache = newCache();
  const exportForWeb = async () => {
    const example = await startExample({ cache, isKept });
    process.once("exit", () => stop(example));
    if (!isKept) await exportVariants(cache);
    return example;
  };
  // Two at a time, for two cores: neither kind of export keeps both busy.
  const [example, phoneErrors] = await Promise.all([exportForWeb(), exportForPhones(isKept)]);
  rmSync(cache, { recursive: true, force: true });
  const browser = await launch();
  project.provide("browser", browser.wsEndpoint());
  project.provide("example", example);
  project.provide("phoneErrors", phoneErrors);
  return async () => {
    await browser.close();
    stop(example);
  };
}

/** Ends the example where it still runs: its own test ends it, when that is among those that run. */
function stop(example: RunningExample): void {
  if (isRunning(example)) interrupt(example);
}

/** A bundle that cannot be made fails its own test, not the browser's. */
async function exportForPhones(isKept: boolean): Promise<Record<Platform, string | null>> {
  const errors: Record<Platform, string | null> = { android: null, ios: null };
  if (isKept) return errors;
  rmSync(phones, { recursive: true, force: true });
  for (const platform of platforms)
    errors[platform] = await exportForPhone(platform).then(
      () => null,
      (error: unknown) => String(error),
    );
  return errors;
}

const launch = () =>
  chromium.launchServer({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
  });
