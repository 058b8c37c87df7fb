import type { Chance } from "./chance";
import type { TableName } from "./functionNames";
import { faults, type Fault } from "./faults";
import type { RareStep } from "./storm";

/**
 * `long`: a day in the life of up to five phones, every fault at its usual rate. `short`: a handful of steps close
 * together, with a few faults that strike often: most mistakes are found there in a fraction of the time.
 */
export type Length = "long" | "short";

/** What life is like in one run. */
export interface Shape {
  readonly length: Length;
  readonly steps: number;
  /** Whose each phone is. */
  readonly owners: readonly string[];
  /** Who exists. */
  readonly users: readonly string[];
  /** How many times as often as usual each fault strikes. */
  readonly rates: Readonly<Record<Fault, number>>;
  /** The rare steps of the run; `null`: all, each at its rate. */
  readonly rare: readonly RareStep[] | null;
  /** How likely server code gives a row to somebody else at each step. */
  readonly moves: number;
  /** How likely somebody comes into a scope, or goes, at each step. */
  readonly access: number;
  /** Background tasks write once more, when the faults have stopped. */
  readonly hasBackgroundTasks: boolean;
  /** Some phones have the earlier version of the app at first. */
  readonly hasEarlierApps: boolean;
  /** Tables that the earlier version does not have. */
  readonly laterTables: readonly TableName[];
  /** How likely somebody's account is deleted at each step. */
  readonly deletions: number;
  /** Tombstones go; otherwise phones go back to backups. A backup older than the tombstones is beyond what the protocol promises. */
  readonly isForgetful: boolean;
  /** The longest that the network keeps a request, ms. */
  readonly longestDelay: number;
  /** The longest that a token is expired or a database unreadable, ms. */
  readonly longestTrouble: number;
  /** Until everything that is on its way has come to its end, ms. */
  readonly quietTime: number;
  /** Everybody writes once more, one right after the other, when the faults have stopped. */
  readonly hasLastWrites: boolean;
}

/** One run of so many is a long one. */
const seedsBetweenLong = 20;

/** The length of a seed of which nothing else is said. */
export const lengthOf = (seed: number): Length =>
  seed % seedsBetweenLong === 0 ? "long" : "short";

const allUsers = ["ann", "bob", "cleo"];

/** Whose each phone is, by the number of users: most are of one, so that edits meet. */
const ownersOfPhones: Readonly<Record<number, readonly string[]>> = {
  2: ["ann", "bob", "ann", "ann", "bob"],
  3: ["ann", "bob", "ann", "cleo", "ann"],
};

const always: readonly RareStep[] = [
  "F9 device clock moved",
  "F8 server clock moved",
  "F16 token expired",
  "F17 user switched",
  "F13 database unreadable",
  "F15 server restored",
  "F19 two runners",
];

/** What is drawn by chances of its own. */
type ToldApart =
  "hasEarlierApps" | "hasBackgroundTasks" | "moves" | "access" | "laterTables" | "deletions";

/** The shape of a run; `setUp` is the chance that what comes first draws from. */
export const createShape: Readonly<Record<Length, (setUp: Chance) => Omit<Shape, ToldApart>>> = {
  long: (setUp) => {
    const phoneCount = 3 + setUp.below(3);
    const userCount = phoneCount === 3 ? 2 : 2 + setUp.below(2);
    return {
      length: "long",
      steps: 40,
      owners: (ownersOfPhones[userCount] ?? []).slice(0, phoneCount),
      users: allUsers.slice(0, userCount),
      rates: ratesOf(() => 1),
      rare: null,
      isForgetful: setUp.happens(0.5),
      longestDelay: 400_000,
      longestTrouble: 100_000,
      quietTime: 700_000,
      hasLastWrites: true,
    };
  },
  short: (setUp) => {
    const isForgetful = setUp.happens(0.5);
    const rare = [
      ...always,
      ...(isForgetful
        ? (["F21 tombstones collected"] as const)
        : (["F14 backup restored or cloned"] as const)),
    ];
    return {
      length: "short",
      steps: 8 + setUp.below(10),
      owners: setUp.happens(0.8) ? ["ann", "ann", "bob"] : ["ann", "ann", "ann", "bob"],
      users: allUsers.slice(0, 2),
      // Rows of hundreds of kilobytes take their time.
      rates: {
        ...ratesOf(() => setUp.pick([0, 0, 1, 1, 4, 8])),
        "F23 oversize": setUp.pick([0, 0, 0, 0, 1]),
      },
      rare: [setUp.pick(rare), setUp.pick(rare)],
      isForgetful,
      longestDelay: 40_000,
      longestTrouble: 10_000,
      quietTime: 150_000,
      hasLastWrites: setUp.happens(0.2),
    };
  },
};

function ratesOf(rate: () => number): Shape["rates"] {
  // Safe: one entry for each fault.
  return Object.fromEntries(
    faults.map((fault) => [fault, toldApart.has(fault) ? 1 : rate()]),
  ) as Shape["rates"];
}

/** By `hasEarlierApps`, `moves`, `access` and `deletions`. */
const toldApart = new Set<Fault>([
  "F18 row moved to another user",
  "F20 app upgraded with queued ops",
  "F25 access changed",
  "F26 scope deleted",
  "F27 account deleted",
]);
