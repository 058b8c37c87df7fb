import { handleIssues, resetTags, writeGroup, writeOnServer, writeSomething } from "./actions";
import { checkNothingWaits, checkQuiet, checkStore } from "./checks";
import { createChance, seedOf, type Chance } from "./chance";
import type { FaultCounts } from "./faults";
import { Broken } from "./history";
import { restoredDatabase } from "./databases";
import { copyLedger } from "./ledger";
import { readQueue } from "./readStore";
import { createPhone, type Phone } from "./phone";
import { createWorld, type RunOptions, type World } from "./world";

export interface RunResult {
  readonly seed: number;
  /** The first broken invariant; `null` when all held. */
  readonly broken: { readonly invariant: string; readonly message: string } | null;
  readonly counts: FaultCounts;
  readonly trace: readonly string[];
  readonly traceHash: number;
  /** Steps that were taken. */
  readonly steps: number;
}

const users = ["ann", "bob", "cleo"];

/** Whose each phone is, by the number of users: most are of one, so that edits meet. */
const ownersOfPhones: Readonly<Record<number, readonly string[]>> = {
  2: ["ann", "bob", "ann", "ann", "bob"],
  3: ["ann", "bob", "ann", "cleo", "ann"],
};

/** One run: a while of life and faults, then quiet, then everything must be as it should. */
export async function simulate(options: RunOptions): Promise<RunResult> {
  resetTags();
  const world = createWorld(options, checkEverything);
  const steps = options.steps ?? 40;
  let broken: RunResult["broken"] = null;
  try {
    await live(world, steps);
    await becomeQuiet(world);
    await checkQuiet(world);
  } catch (error) {
    const { message } = error as Error;
    broken = {
      invariant: error instanceof Broken ? error.invariant : "crash",
      message: error instanceof Broken ? message : ((error as Error).stack ?? message),
    };
  }
  for (const phone of world.phones) {
    for (const process of phone.processes.splice(0)) process.alive = false;
    for (const { database } of phone.stores.values()) database.release();
  }
  return {
    seed: options.seed,
    broken,
    counts: world.counts,
    trace: world.trace,
    traceHash: world.traceHash,
    steps,
  };
}

/** Checks every database that was written to since. */
export async function checkEverything(world: World): Promise<void> {
  if (world.broken !== null) throw world.broken;
  for (const phone of world.phones)
    for (const store of phone.stores.values()) {
      const { touched } = store;
      if (touched?.size === 0) continue;
      store.touched = new Set();
      checkStore(world, store, touched);
    }
}

async function live(world: World, steps: number): Promise<void> {
  const { seed, without } = world.options;
  const setUp = createChance(seedOf(seed, "set up"));
  const phoneCount = 3 + setUp.below(3);
  const userCount = phoneCount === 3 ? 2 : 2 + setUp.below(2);
  // A backup older than the tombstones that are left is beyond what the protocol promises.
  const storm = createStorm(setUp);
  for (let index = 0; index < phoneCount; index += 1) {
    const phone = createPhone(world, index, ownersOfPhones[userCount]?.[index] ?? "ann");
    world.phones.push(phone);
    phone.start();
  }
  for (let step = 0; step < steps; step += 1) {
    const chance = createChance(seedOf(seed, "step", step));
    const gap = chance.happens(0.3) ? chance.below(60_000) : chance.below(2_000);
    await world.scheduler.pass(gap);
    if (without?.has(step) !== true) await takeStep(world, chance, storm, userCount);
    await world.scheduler.settle();
    await checkEverything(world);
  }
}

interface Storm {
  readonly backups: Map<string, { bytes: Buffer; ledger: ReturnType<typeof copyLedger> }>;
  readonly mayCollect: boolean;
  serverBackup: (() => Promise<void>) | null;
}

function createStorm(chance: Chance): Storm {
  return { backups: new Map(), mayCollect: chance.happens(0.5), serverBackup: null };
}

async function takeStep(
  world: World,
  chance: Chance,
  storm: Storm,
  userCount: number,
): Promise<void> {
  const phone = chance.pick(world.phones);
  const roll = chance.next();
  if (!phone.app) {
    phone.start();
    return;
  }
  if (roll < 0.55) return writeSomething(world, phone, chance);
  if (roll < 0.6) return writeGroup(world, phone, chance);
  if (roll < 0.66) return phone.setOnline(!phone.online);
  if (roll < 0.69 && !world.isOff("F10 killed")) {
    world.count("F10 killed");
    return phone.kill("by the user");
  }
  if (roll < 0.74) return writeOnServer(world, chance.pick(users.slice(0, userCount)), chance);
  if (roll < 0.77) {
    void handleIssues(world, phone.app, chance, false);
    return;
  }
  if (roll < 0.79) return void phone.app.sync.syncNow();
  return takeRareStep(world, phone, chance, storm, userCount, (roll - 0.79) / 0.21);
}

async function takeRareStep(
  world: World,
  phone: Phone,
  chance: Chance,
  storm: Storm,
  userCount: number,
  roll: number,
): Promise<void> {
  const { server, scheduler } = world;
  if (chance.happens(0.12) && !world.isOff("F19 two runners") && phone.startBackground()) {
    // A process of its own, which takes the app for dead and its lease for left over.
    world.count("F19 two runners");
  } else if (roll < 0.12 && !world.isOff("F9 device clock moved")) {
    world.count("F9 device clock moved");
    phone.skew = chance.pick([
      0, -3_600_000, 3_600_000, 240_000, -315_360_000_000, 315_360_000_000,
    ]);
    world.log(phone.name, `clock is off by ${String(phone.skew)} ms`);
  } else if (roll < 0.2 && !world.isOff("F8 server clock moved")) {
    world.count("F8 server clock moved");
    server.clockSkew = chance.pick([0, -2_000, 2_000, -120_000]);
    world.log("server", `clock is off by ${String(server.clockSkew)} ms`);
  } else if (roll < 0.3 && !world.isOff("F16 token expired")) {
    world.count("F16 token expired");
    phone.token = "expired";
    world.log(phone.name, "token expired");
    scheduler.after(1000 + chance.below(100_000), () => {
      phone.token = "valid";
    });
  } else if (roll < 0.4 && userCount > 1 && !world.isOff("F17 user switched")) {
    world.count("F17 user switched");
    // Mostly with something on its way.
    writeSomething(world, phone, chance);
    const next = chance.pick(users.slice(0, userCount));
    scheduler.after(chance.below(400), () => void phone.signIn(next));
  } else if (roll < 0.58 && !world.isOff("F13 database unreadable")) {
    world.count("F13 database unreadable");
    world.log(phone.name, "database unreadable");
    phone.unreadable = true;
    scheduler.after(chance.below(50_000), () => phone.kill("restarted"));
  } else if (roll < 0.76 && !storm.mayCollect && !world.isOff("F14 backup restored or cloned"))
    restorePhone(world, phone, chance, storm);
  else if (roll < 0.84 && !world.isOff("F15 server restored")) await restoreServer(world, storm);
  else if (roll < 0.94 && storm.mayCollect && !world.isOff("F21 tombstones collected")) {
    world.count("F21 tombstones collected");
    world.log("server", "tombstones collected");
    scheduler.leap(91 * 86_400_000);
    await server.collectTombstones();
    world.history.collect();
  } else {
    phone.app?.setActive(chance.happens(0.5));
  }
}

/** A backup is taken; later the same phone, or another one of the same user, goes on from it. */
function restorePhone(world: World, phone: Phone, chance: Chance, storm: Storm): void {
  const store = phone.storeOf(phone.user);
  const backup = storm.backups.get(store.user);
  if (!backup || chance.happens(0.4)) {
    world.log(phone.name, "backed up");
    storm.backups.set(store.user, {
      bytes: store.database.serialize(),
      ledger: copyLedger(store.ledger),
    });
    return;
  }
  world.count("F14 backup restored or cloned");
  phone.kill("restored from a backup");
  store.database.release();
  store.database = restoredDatabase(backup.bytes);
  store.touched = null;
  store.ledger = copyLedger(backup.ledger);
  phone.start();
}

async function restoreServer(world: World, storm: Storm): Promise<void> {
  const { server, history } = world;
  if (storm.serverBackup) {
    world.count("F15 server restored");
    world.log("server", "restored");
    await storm.serverBackup();
    storm.serverBackup = null;
    return;
  }
  world.log("server", "backed up");
  const backup = await server.backUp();
  const restoreHistory = history.snapshot();
  storm.serverBackup = async () => {
    await server.restore(backup);
    restoreHistory();
    world.epoch = await server.readEpoch();
    for (const phone of world.phones) world.ring(phone.user);
  };
}

/** The faults stop, everybody is online, every user's database gets its turn, and people decide what is left. */
export async function becomeQuiet(world: World): Promise<void> {
  world.stormy = false;
  world.server.clockSkew = 0;
  world.log("world", "faults stop");
  const chance = createChance(seedOf(world.options.seed, "quiet"));
  for (const phone of world.phones) {
    phone.token = "valid";
    if (phone.unreadable) phone.kill("restarted");
    phone.setOnline(true);
    phone.app?.setActive(true);
    phone.start();
  }
  let pushes = -1;
  for (let round = 0; round < 4 && (world.pushes !== pushes || isAnyQueued(world)); round += 1) {
    pushes = world.pushes;
    const most = Math.max(...world.phones.map(({ stores }) => stores.size));
    for (let turn = 0; turn < most; turn += 1) {
      for (const phone of world.phones) {
        const user = [...phone.stores.keys()][turn];
        if (user !== undefined && user !== phone.user) {
          const signedIn = phone.signIn(user);
          await world.scheduler.pass(2000);
          await signedIn;
        }
        phone.start();
      }
      // Long enough for the latest duplicate and the longest wait after a failure, and then for a dead process's lease.
      await world.scheduler.pass(round + turn === 0 ? 700_000 : 100_000);
      if (round + turn === 0) await writeInARow(world, chance);
      for (const phone of world.phones) if (phone.app) checkNothingWaits(phone.app.store);
      for (const phone of world.phones)
        if (phone.app) await handleIssues(world, phone.app, chance, round > 0);
      await world.scheduler.pass(20_000);
      await checkEverything(world);
    }
  }
}

/** What is written while a cycle runs goes out soon after, and not with the next look at the clock (B17). */
async function writeInARow(world: World, chance: Chance): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    for (const phone of world.phones) writeSomething(world, phone, chance);
    await world.scheduler.pass(60 + chance.below(200));
  }
  await world.scheduler.pass(30_000);
}

/** Another round is for what people have just decided; one without a push is for those who have yet to hear. */
function isAnyQueued({ phones }: World): boolean {
  return phones.some((phone) =>
    [...phone.stores.values()].some((store) => readQueue(store).length > 0),
  );
}
