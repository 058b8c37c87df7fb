import { describe, expect, it } from "vitest";
import { deploymentOf, epochWith, isNamed, isOtherDeployment } from "./epoch";

describe("an epoch", () => {
  it("names its deployment once that has an identity", () => {
    expect(deploymentOf("1")).toBeNull();
    expect(deploymentOf(epochWith("p", "1"))).toBe("p");
  });

  it.each([
    ["1", "p.1", true],
    ["1", "p.2", false],
    ["1", "1", false],
    ["p.1", "p.1", false],
  ])("is named: %s, then %s: %s", (known, told, named) => {
    expect(isNamed(known, told)).toBe(named);
  });

  it.each([
    ["p.1", "q.1", true],
    ["p.1", "1", true],
    ["p.1", "p.2", false],
    ["1", "p.1", false],
    ["1", "2", false],
  ])("is another deployment's: %s, then %s: %s", (known, told, other) => {
    expect(isOtherDeployment(known, told)).toBe(other);
  });
});
