import { intersects, satisfies, validRange } from "semver";

/** A package that emitted code needs, and the versions it was shown to work with. */
export interface Requirement {
  readonly name: string;
  readonly section: "dependencies" | "devDependencies";
  /** What is written into a package.json that does not have the package. */
  readonly range: string;
  /** Versions that work; an older one is raised, a newer one is left and reported by `doctor`. */
  readonly supported: string;
  /** What the emitted code does with it. */
  readonly why: string;
}

/** Versions that Expo pins for the installed SDK (`expo/bundledNativeModules.json`); `npx expo install` writes the same. */
export type BundledVersions = Readonly<Record<string, unknown>>;

/** What the Expo app needs. */
export function appRequirements(bundled: BundledVersions): readonly Requirement[] {
  const pinned = (name: string, otherwise: string): string => {
    const version = bundled[name];
    return typeof version === "string" ? version : otherwise;
  };
  return [
    convexRequirement,
    {
      name: "@react-native-community/netinfo",
      section: "dependencies",
      range: pinned("@react-native-community/netinfo", "12.0.1"),
      supported: ">=11.0.0",
      why: "tells the sync engine when the device is online",
    },
    {
      name: "drizzle-orm",
      section: "dependencies",
      range: "^0.45.4",
      supported: ">=0.45.4 <1.0.0-0",
      why: "reads and writes the local tables",
    },
    {
      name: "expo-sqlite",
      section: "dependencies",
      range: pinned("expo-sqlite", "~57.0.3"),
      supported: ">=16.0.0",
      why: "is the database on the device",
    },
    {
      name: "drizzle-kit",
      section: "devDependencies",
      range: "^0.31.11",
      supported: ">=0.31.0 <1.0.0-0",
      why: "works on the emitted migrations",
    },
  ];
}

const convexRequirement: Requirement = {
  name: "convex",
  section: "dependencies",
  range: "^1.48.0",
  supported: ">=1.47.0 <2.0.0-0",
  why: "gives changes their order by commit timestamps",
};

/** What the package with the Convex functions needs. */
export const backendRequirements: readonly Requirement[] = [convexRequirement];

/** What the root needs, where sync.config.ts stands: the types of its builders. `version` is this tool's own. */
export function configRequirements(version: string): readonly Requirement[] {
  return [
    {
      name: "sync-gen",
      section: "devDependencies",
      range: `^${version}`,
      supported: ">=0.0.0-0",
      why: "types sync.config.ts",
    },
  ];
}

export type RangeVerdict = "works" | "too-old" | "too-new" | "unknown";

/** Whether a range in a package.json lets a version in that works. Ranges such as `workspace:*` or a git address say nothing: `unknown`. */
export function judgeRange(range: string, { supported }: Requirement): RangeVerdict {
  if (validRange(range) === null) return "unknown";
  if (intersects(range, supported, { includePrerelease: true })) return "works";
  const lowest = /^>=(\S+)/.exec(supported)?.[1] ?? "0.0.0";
  return intersects(range, `>=${lowest}`, { includePrerelease: true }) ? "too-new" : "too-old";
}

/** The same for an exact, installed version. */
export function judgeVersion(version: string, requirement: Requirement): RangeVerdict {
  return satisfies(version, requirement.supported, { includePrerelease: true })
    ? "works"
    : judgeRange(version, requirement);
}
