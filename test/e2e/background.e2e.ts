import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backgroundPhone, policiesApp } from "./exports";

/** The bundles that an export wrote for a platform, as bytes. */
function bundlesIn(folder: string, platform: string): Buffer {
  const place = join(folder, "_expo/static/js", platform);
  return Buffer.concat(readdirSync(place).map((name) => readFileSync(join(place, name))));
}

/** The task's name, and the native modules that it needs. */
const parts = ["sync-gen.sync", "ExpoBackgroundTask", "ExpoTaskManager"];

test("a phone's bundle has the task for the background", () => {
  const bundle = bundlesIn(backgroundPhone, "android");
  expect(parts.filter((part) => bundle.includes(part))).toEqual(parts);
});

test("a browser's bundle has neither the task nor its packages", () => {
  const bundle = bundlesIn(policiesApp.web, "web");
  expect(parts.filter((part) => bundle.includes(part))).toEqual([]);
  // The app itself is there.
  expect(bundle.includes("sync_queue")).toBe(true);
});
