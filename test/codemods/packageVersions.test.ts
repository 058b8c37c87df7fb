import { describe, expect, it } from "vitest";
import {
  appRequirements,
  judgeRange,
  judgeVersion,
  knownBundledVersions,
} from "../../src/codemods/packageVersions";

const names = (bundled: Parameters<typeof appRequirements>[0]): readonly string[] =>
  appRequirements(bundled).map(({ name, range }) => `${name} ${range}`);

describe("what the app needs", () => {
  it("takes native versions from the installed Expo", () => {
    const bundled = {
      "expo-sqlite": "~58.0.1",
      "@react-native-community/netinfo": "13.0.0",
      other: 1,
    };
    expect(names(bundled)).toContain("expo-sqlite ~58.0.1");
    expect(names(bundled)).toContain("@react-native-community/netinfo 13.0.0");
  });

  it("leaves native packages to Expo for an SDK that is not known here", () => {
    expect(knownBundledVersions("~51.0.0")).toBeNull();
    expect(names(null).join()).not.toMatch(/expo-sqlite|netinfo/);
    expect(names(null).join()).toMatch(/drizzle-orm/);
  });

  it.each(["~57.0.26", "^57", "*", "57.0.0-preview.1"])("knows the SDK of %s", (range) => {
    expect(names(knownBundledVersions(range))).toContain("expo-sqlite ~57.0.3");
  });
});

describe("versions", () => {
  const drizzle = appRequirements(null).find((one) => one.name === "drizzle-orm");
  if (!drizzle) throw new Error("drizzle-orm is not required");

  it.each([
    ["^0.45.4", "works"],
    ["^0.45.0", "too-old"],
    [">=0.40.0", "too-old"],
    ["*", "works"],
    ["^0.44.0", "too-old"],
    ["0.30.1", "too-old"],
    ["1.0.0-rc.5", "too-new"],
    ["^1.0.0", "too-new"],
    ["workspace:*", "unknown"],
    ["github:drizzle-team/drizzle-orm", "unknown"],
  ])("the range %s %s", (range, wanted) => {
    expect(judgeRange(range, drizzle)).toBe(wanted);
  });

  it.each([
    ["0.45.4", "works"],
    ["0.45.3", "too-old"],
    ["1.0.0-rc.5", "too-new"],
    ["1.2.0", "too-new"],
  ])("the installed version %s %s", (version, wanted) => {
    expect(judgeVersion(version, drizzle)).toBe(wanted);
  });
});
