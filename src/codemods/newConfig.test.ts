import { describe, expect, it } from "vitest";
import { load } from "../config/projectFixture";
import { firstPolicies, newConfig, newConfigValue } from "./newConfig";

describe("a new config", () => {
  it.each(
    firstPolicies.flatMap((policy) => [true, false].map((tests) => [policy, tests] as const)),
  )("means what was checked before it was written: %s, with tests: %s", async (policy, tests) => {
    const wanted = { clientOut: "app/src", serverOut: "convex", table: "visits", policy, tests };
    const text = newConfig({ ...wanted, command: "npx sync-gen" });
    const { config } = await load({ "sync.config.ts": text });
    expect(config).toEqual(newConfigValue(wanted));
  });
});
