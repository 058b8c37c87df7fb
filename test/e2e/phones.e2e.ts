import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportApp, phonesFolder } from "./exports";

/** How Hermes bytecode starts. */
const magic = "c61fbc03c103191f";

test.each(["android", "ios"])(
  "%s: the app bundles to Hermes bytecode from a clean cache",
  (platform) => {
    const out = join(phonesFolder, platform);
    exportApp(platform, out, ["--clear"]);
    const folder = join(out, "_expo/static/js", platform);
    const [bundle] = readdirSync(folder).filter((name) => name.endsWith(".hbc"));
    const bytes = readFileSync(join(folder, bundle ?? "no bundle"));
    expect(bytes.subarray(0, 8).toString("hex")).toBe(magic);
    // The whole app, and not another one: the emitted functions are named in it.
    expect(bytes.includes("sync:getAllTasksForUser") || bytes.includes("getAllTasksForUser")).toBe(
      true,
    );
  },
  240_000,
);
