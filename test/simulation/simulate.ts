import { handleIssues, resetTags, writeGroup, writeOnServer, writeSomething } from "./actions";
import { checkNothingWaits, checkQuiet, checkStore } from "./checks";
import { createChance, seedOf, type Chance } from "./chance";
import { currentVersion } from "./earlierApp";
import type { FaultCounts } from "./faults";
import { Broken } from "./history";
import { knownQueue } from "./readStore";
import { createPhone, type Phone } from "./phone";
import type { Shape } from "./shape";
import { phonesOf, storiesOf } from "./stories";
import { createStorm, rareSteps, type RareStep, type Storm } from "./storm";
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

/** One run: a while of life and faults, then quiet, then everything must be as it should. */
export async function simulate(options: RunOptions): Promise<RunResult> {
  resetTags();
  const world = createWorld(options, checkEverything);
  let broken: RunResult["broken"] = null;
  try {
    await live(world);
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
    steps: world.shape.steps,
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

async function live(world: World): Promise<void> {
  const { shape, options } = world;
  const { seed, without } = options;
  const storm = createStorm();
  const versions = createChance(seedOf(seed, "versions of phones"));
  for (const [index, owner] of shape.owners.entries()) {
    const phone = createPhone(world, index, owner);
    if (shape.hasEarlierApps && versions.happens(0.6)) phone.version = 1;
    world.phones.push(phone);
    phone.start();
  }
  const plot = createChance(seedOf(seed, "stories"));
  const isTold = plot.happens(storyRate[shape.hasEarlierApps ? "withEarlierApps" : "usual"]);
  const told = isTold ? plot.pick(storiesOf(options.tables, shape.hasEarlierApps)) : null;
  const start = 2 + plot.below(shape.steps / 2);
  for (let step = 0; step < shape.steps; step += 1) {
    const chance = createChance(seedOf(seed, "step", step));
    await world.scheduler.pass(gapOf(shape, chance));
    if (without?.has(step) !== true) await takeStep(world, chance, storm);
    if (told && step === start) {
      world.log("world", "a story");
      const phones = phonesOf(told, world.phones);
      if (phones.length > 0) told.tell({ world, phone: plot.pick(phones), chance: plot, storm });
    }
    await world.scheduler.settle();
    await checkEverything(world);
  }
}

/** How likely a run has a story; of an update, only one with earlier apps can tell. */
const storyRate = { usual: 0.15, withEarlierApps: 0.4 };

/** The time until the next step, ms. */
function gapOf({ length }: Shape, chance: Chance): number {
  if (length === "long") return chance.happens(0.3) ? chance.below(60_000) : chance.below(2_000);
  const roll = chance.next();
  return chance.below(roll < 0.55 ? 400 : roll < 0.9 ? 3_000 : 40_000);
}

async function takeStep(world: World, chance: Chance, storm: Storm): Promise<void> {
  const { users, rare } = world.shape;
  const phone = chance.pick(world.phones);
  const roll = chance.next();
  if (!phone.app) {
    phone.start();
    return;
  }
  // Drawn on phones of the earlier version alone, so that it moves nothing in other runs.
  if (phone.version !== currentVersion && chance.happens(updateRate[world.shape.length]))
    return rareSteps["F20 app upgraded with queued ops"](world, phone, chance);
  if (roll < 0.55) return writeSomething(world, phone, chance);
  if (roll < 0.6) return writeGroup(world, phone, chance);
  if (roll < 0.66) return phone.setOnline(!phone.online);
  if (roll < 0.69 && !world.isOff("F10 killed")) {
    world.count("F10 killed");
    return phone.kill("by the user");
  }
  if (roll < 0.74) return writeOnServer(world, chance.pick(users), chance);
  if (roll < 0.77) {
    void handleIssues(world, phone.app, chance, false);
    return;
  }
  if (roll < 0.79) return void phone.app.sync.syncNow();
  if (rare === null) return takeRareStep(world, phone, chance, storm, (roll - 0.79) / 0.21);
  const step = chance.pick(rare);
  if (!world.isOff(step)) return rareSteps[step](world, phone, chance, storm);
}

/** How likely each step of a phone with the earlier app is its update. */
const updateRate = { long: 0.08, short: 0.2 } as const;

/** As rare as in life: by the thresholds that `roll` falls between. */
function takeRareStep(
  world: World,
  phone: Phone,
  chance: Chance,
  storm: Storm,
  roll: number,
): void | Promise<void> {
  const { isForgetful } = world.shape;
  const take = (step: RareStep) => rareSteps[step](world, phone, chance, storm);
  if (chance.happens(0.12) && !world.isOff("F19 two runners") && phone.processes.length === 1)
    return take("F19 two runners");
  const [step] = rareRates.find(
    ([name, end]) =>
      roll < end &&
      !world.isOff(name) &&
      (name !== "F14 backup restored or cloned" || !isForgetful) &&
      (name !== "F21 tombstones collected" || isForgetful),
  ) ?? [null];
  if (step === null) return phone.app?.setActive(chance.happens(0.5));
  return take(step);
}

const rareRates = [
  ["F9 device clock moved", 0.12],
  ["F8 server clock moved", 0.2],
  ["F16 token expired", 0.3],
  ["F17 user switched", 0.4],
  ["F13 database unreadable", 0.58],
  ["F14 backup restored or cloned", 0.76],
  ["F15 server restored", 0.84],
  ["F21 tombstones collected", 0.94],
] as const satisfies readonly (readonly [RareStep, number])[];

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
  for (let round = 0; round < 8 && (world.pushes !== pushes || isAnyQueued(world)); round += 1) {
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
      await world.scheduler.pass(round + turn === 0 ? world.shape.quietTime : 100_000);
      if (round + turn === 0 && isPoisonQueued(world))
        await world.scheduler.pass(searchTime - world.shape.quietTime);
      else if (round + turn === 0 && isAnyRetrying(world)) await world.scheduler.pass(longestWait);
      if (round + turn === 0 && world.shape.hasLastWrites) await writeInARow(world, chance);
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

/** Until the ops at which the server throws are found, each throw being waited for longer than the one before, ms. */
const searchTime = 700_000;

function isPoisonQueued({ phones }: World): boolean {
  return phones.some((phone) =>
    [...phone.stores.values()].some((store) =>
      knownQueue(store).some(({ text }) => text.includes("poison")),
    ),
  );
}

/** Between two tries of a device that has failed often, ms. */
const longestWait = 300_000;

/** Another round is for what people have just decided; one without a push is for those who have yet to hear. */
function isAnyQueued({ phones }: World): boolean {
  return phones.some((phone) =>
    [...phone.stores.values()].some((store) => knownQueue(store).length > 0),
  );
}

function isAnyRetrying({ phones }: World): boolean {
  return phones.some(({ app }) => app?.sync.getStatus().phase === "retrying");
}
