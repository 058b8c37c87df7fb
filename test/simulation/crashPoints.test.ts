import { describe, expect, it } from "vitest";
import { tell } from "./crashPoints";
import { scenarios } from "./scenarios";
import { scopeScenarios } from "./scopeScenarios";

describe("I1, I6, I22: a phone that dies at any point", () => {
  it.each([...scenarios, ...scopeScenarios])(
    "goes on where its files say: $name",
    async (scenario) => {
      const whole = await tell(scenario, null);
      expect(whole.broken).toBeNull();
      const broken: string[] = [];
      for (let point = 0; point < whole.points; point += 1) {
        const telling = await tell(scenario, point);
        if (telling.broken !== null) broken.push(`${String(point)}: ${telling.broken}`);
      }
      expect(broken).toEqual([]);
      // A scenario in which nothing happens proves nothing.
      expect(whole.points).toBeGreaterThan(50);
    },
    600_000,
  );
});
