import { createChance, seedOf, type Chance } from "./chance";
import type { DeploymentKind } from "./deployments";
import { noFaults, type Fault, type FaultCounts } from "./faults";
import { createHistory, timeOf, type History } from "./history";
import { laterTables } from "./knownTables";
import type { TableName } from "./project";
import { createMemberships, type Memberships } from "./memberships";
import { createScheduler, type Scheduler } from "./scheduler";
import { createServer, type SimulatedServer } from "./server";
import type { Phone } from "./phone";
import { createShape, lengthOf, type Length, type Shape } from "./shape";

/** What one run is made of; the same options give the same run. */
export interface RunOptions {
  readonly seed: number;
  /** The tables that the app uses. */
  readonly tables: readonly TableName[];
  /** Steps to leave out, for shrinking. */
  readonly without?: ReadonlySet<number>;
  /** Faults that never happen, for shrinking. */
  readonly calm?: ReadonlySet<Fault>;
  /** Told by the seed unless said. */
  readonly length?: Length;
  /** The stand-in for Convex; the light one unless said. */
  readonly deployment?: DeploymentKind;
  /** Keep the words of the trace, not its hash alone. */
  readonly trace?: boolean;
}

/** Everything that one run shares. */
export interface World {
  readonly options: RunOptions;
  readonly shape: Shape;
  readonly scheduler: Scheduler;
  readonly server: SimulatedServer;
  readonly memberships: Memberships;
  readonly history: History;
  readonly counts: FaultCounts;
  readonly phones: Phone[];
  readonly networkChance: Chance;
  readonly storageChance: Chance;
  /** False once the faults have stopped. */
  stormy: boolean;
  /** Whether the fault happens now, at its rate; counted when it does. */
  strikes(fault: Fault, rate: number, chance: Chance): boolean;
  isOff(fault: Fault): boolean;
  count(fault: Fault): void;
  log(who: string, what: string): void;
  readonly trace: string[];
  readonly traceHash: number;
  /** Ops that were on their way to the server at least once. */
  readonly sentRows: Set<string>;
  /** The ops of each batch that was sent, by `device number`. */
  readonly batches: Map<string, string>;
  /** Batches whose device was told that they are done, by `device number`. */
  readonly answered: Set<string>;
  /** Devices that sent other ops under a number that they had used: a search for an op that the server throws at. */
  readonly searching: Set<string>;
  /** What reached the server and was answered: `table clientId field value`. */
  readonly landed: Set<string>;
  /** How many batches were answered. */
  pushes: number;
  /** What all visits that were counted add up to, by `clientId`; `null` while one is being written, nothing once nobody can tell. */
  readonly visits: Map<string, number | null>;
  /** True time at which each reading of a device's clock was first seen in its queue. */
  readonly readAt: Map<string, number>;
  /** The furthest that the server's clock was ever behind true time, ms. */
  furthestBehind: number;
  /** A clock that read this much was far enough ahead of some server's answer to be taken back. */
  isTakenBack(reading: string): boolean;
  /** A check failed inside an event; thrown after it. */
  broken: unknown;
  /** Tells devices that something changed. */
  ring(user: string): void;
}

/** A clock that is further ahead than this may be taken back: nearly what the protocol believes, ms. */
const farAhead = 4 * 60_000;

/** A world without phones. `onEvent` runs after every event. */
export function createWorld(options: RunOptions, onEvent: (world: World) => Promise<void>): World {
  const { seed, calm } = options;
  const serverChance = createChance(seedOf(seed, "server"));
  const length = options.length ?? lengthOf(seed);
  const shape = {
    ...createShape[length](createChance(seedOf(seed, "set up"))),
    // Apart from the rates of other faults, which it must not move.
    moves: createChance(seedOf(seed, "moves")).pick([0, 0, 0, 0, 0, 0, 0.04, 0.1, 0.3]),
    access: createChance(seedOf(seed, "access")).pick([0, 0.05, 0.1, 0.2, 0.4]),
    laterTables: laterTables(seed, options.tables),
    // In the newest mix alone, as above.
    deletions: options.tables.includes("patients")
      ? createChance(seedOf(seed, "deletions")).pick([0, 0, 0.03, 0.1])
      : 0,
    hasBackgroundTasks:
      calm?.has("F19 two runners") !== true &&
      createChance(seedOf(seed, "background tasks")).happens(0.1),
    hasEarlierApps:
      calm?.has("F20 app upgraded with queued ops") !== true &&
      createChance(seedOf(seed, "apps")).happens(0.25),
  };
  let hash = 0;
  const memberships = createMemberships();
  const scheduler: Scheduler = createScheduler(1_700_000_000_000, () => onEvent(world));
  const world: World = {
    options,
    shape,
    scheduler,
    server: createServer(
      () => scheduler.now,
      () => serverChance.next(),
      options.deployment ?? "light",
    ),
    memberships,
    history: createHistory(memberships),
    counts: noFaults(),
    phones: [],
    networkChance: createChance(seedOf(seed, "network")),
    storageChance: createChance(seedOf(seed, "storage")),
    stormy: true,
    isOff: (fault) => !world.stormy || calm?.has(fault) === true,
    strikes: (fault, rate, chance) => {
      // Drawn in any case, so that a fault left out moves no other one.
      const drawn = chance.happens(rate * shape.rates[fault]);
      if (!drawn || world.isOff(fault)) return false;
      world.counts[fault] += 1;
      return true;
    },
    count: (fault) => {
      world.counts[fault] += 1;
    },
    log: (who, what) => {
      const line = `${String((scheduler.now - 1_700_000_000_000) / 1000).padStart(10)} ${who} ${what}`;
      hash = seedOf(hash, line);
      if (options.trace) world.trace.push(line);
    },
    trace: [],
    get traceHash() {
      return hash;
    },
    sentRows: new Set(),
    batches: new Map(),
    answered: new Set(),
    searching: new Set(),
    landed: new Set(),
    pushes: 0,
    visits: new Map(),
    readAt: new Map(),
    furthestBehind: 0,
    isTakenBack: (reading) =>
      timeOf(reading) - (world.readAt.get(reading) ?? 0) + world.furthestBehind > farAhead,
    broken: null,
    ring: (user) => {
      for (const phone of world.phones) for (const process of phone.processes) process.ring(user);
    },
  };
  return world;
}

/** No database was ever copied or shared, and the server has forgotten nothing. */
export function isUndisturbed({ counts }: World): boolean {
  return (
    counts["F14 backup restored or cloned"] +
      counts["F15 server restored"] +
      // A batch in flight is another one afterwards.
      counts["F20 app upgraded with queued ops"] +
      counts["F19 two runners"] ===
    0
  );
}
