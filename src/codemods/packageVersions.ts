import { compare, intersects, minVersion, satisfies, validRange } from "semver";

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

/** What Expo pins for an SDK whose packages are not installed here; `null` for an SDK that this sync-gen was not tried with. */
export function knownBundledVersions(expoRange: string): BundledVersions | null {
  return validRange(expoRange) !== null && intersects(expoRange, "57", { includePrerelease: true })
    ? {
        "@react-native-community/netinfo": "12.0.1",
        "expo-background-task": "~57.0.21",
        "expo-sqlite": "~57.0.3",
        "expo-task-manager": "~57.0.21",
      }
    : null;
}

/** What the Expo app needs. A range that only Expo can tell is left out when `bundled` is `null`: `npx expo install` knows it. */
export function appRequirements(bundled: BundledVersions | null): readonly Requirement[] {
  return [
    convexRequirement,
    ...pinned(expoRequirements, bundled),
    {
      name: "drizzle-orm",
      section: "dependencies",
      range: "^0.45.4",
      supported: ">=0.45.4 <1.0.0-0",
      why: "declares and reads the local tables",
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

/** A package with native code: Expo says which version goes with its SDK. */
export type NativeRequirement = Omit<Requirement, "range">;

/** Those of which the version is known. */
export function pinned(
  requirements: readonly NativeRequirement[],
  bundled: BundledVersions | null,
): readonly Requirement[] {
  return requirements.flatMap((one) => {
    const range = bundled?.[one.name];
    return typeof range === "string" ? [{ ...one, range }] : [];
  });
}

/** What every app needs of them. */
export const expoRequirements: readonly NativeRequirement[] = [
  {
    name: "@react-native-community/netinfo",
    section: "dependencies",
    supported: ">=11.0.0",
    why: "tells the sync engine when the device is online",
  },
  {
    name: "expo-sqlite",
    section: "dependencies",
    supported: ">=16.0.0",
    why: "is the database on the device",
  },
];

/** What `client.background` needs, in the Expo app. */
export const backgroundPackages: readonly NativeRequirement[] = [
  {
    name: "expo-background-task",
    section: "dependencies",
    supported: ">=1.0.8",
    why: "lets the platform sync in the background",
  },
  {
    name: "expo-task-manager",
    section: "dependencies",
    supported: ">=14.0.0",
    why: "runs the task that the platform starts",
  },
];

const convexRequirement: Requirement = {
  name: "convex",
  section: "dependencies",
  range: "^1.48.0",
  supported: ">=1.47.0 <2.0.0-0",
  why: "gives changes their order by commit timestamps",
};

/** What `server.rateLimit` needs, in the package with the Convex functions. */
export const rateLimitRequirements: readonly Requirement[] = [
  {
    name: "@convex-dev/rate-limiter",
    section: "dependencies",
    range: "^0.4.0",
    supported: ">=0.4.0 <1.0.0-0",
    why: "counts the changes of each user",
  },
];

/** What the package with the Convex functions needs. */
export const backendRequirements: readonly Requirement[] = [convexRequirement];

/** What the emitted tests need, in the package with the Convex functions. */
export const testRequirements: readonly Requirement[] = [
  {
    name: "@edge-runtime/vm",
    section: "devDependencies",
    range: "^5.0.0",
    supported: ">=4.0.0",
    why: "is the runtime that the emitted tests run in",
  },
  {
    name: "convex-test",
    section: "devDependencies",
    range: "^0.0.60",
    supported: ">=0.0.60 <1.0.0-0",
    why: "runs your Convex functions in the emitted tests",
  },
  {
    name: "vitest",
    section: "devDependencies",
    range: "^4.1.12",
    supported: ">=3.2.0",
    why: "runs the emitted tests",
  },
];

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

/** Whether the versions that a range allows are ones that the emitted code works with. */
export type RangeVerdict = "works" | "too-old" | "too-new" | "unknown";

/**
 * Whether all that a range in a package.json lets in works. A range that begins below what works is too old, though it may reach high enough:
 * a lockfile keeps what was installed once. Ranges such as `workspace:*` or a git address say nothing.
 */
export function judgeRange(range: string, { supported }: Requirement): RangeVerdict {
  if (validRange(range) === null) return "unknown";
  const lowest = minVersion(supported);
  const first = minVersion(range);
  if (validRange(range) === "*" || !lowest || !first) return "works";
  if (compare(first, lowest) < 0) return "too-old";
  return intersects(range, supported, { includePrerelease: true }) ? "works" : "too-new";
}

/** The same for an exact, installed version. */
export function judgeVersion(version: string, requirement: Requirement): RangeVerdict {
  return satisfies(version, requirement.supported, { includePrerelease: true })
    ? "works"
    : judgeRange(version, requirement);
}
