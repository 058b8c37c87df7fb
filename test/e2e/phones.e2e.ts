import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { startDevServer } from "./devServer";
import { newCache, phones } from "./exports";
import { platforms } from "./setup";

/** How Hermes bytecode starts. */
const magic = "c61fbc03c103191f";

test.each(platforms)("%s: the app bundles to Hermes bytecode from a clean cache", (platform) => {
  expect(inject("phoneErrors")[platform]).toBe(null);
  const folder = join(phones, platform, "_expo/static/js", platform);
  const [bundle] = readdirSync(folder).filter((name) => name.endsWith(".hbc"));
  const bytes = readFileSync(join(folder, bundle ?? "no bundle"));
  expect(bytes.subarray(0, 8).toString("hex")).toBe(magic);
  // The whole app, and not another one: the emitted functions are named in it.
  expect(bytes.includes("getAllTasksForUser")).toBe(true);
});

test("npx expo start hands the app to a phone", async () => {
  const cache = newCache();
  const server = await startDevServer(4399, cache);
  try {
    expect(await server.bundle("android")).toContain("getAllTasksForUser");
  } finally {
    await server.stop();
    rmSync(cache, { recursive: true, force: true });
  }
});
