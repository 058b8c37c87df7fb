import { changeAccess, kindsOf, letIn, moveToOtherScope } from "./access";
import { deleteAccount } from "./accounts";
import { handleIssues, resetTags, writeGroup, writeSomething } from "./actions";
import { checkEverything } from "./checks";
import { createChance, seedOf, type Chance } from "./chance";
import { currentVersion } from "./earlierApp";
import type { FaultCounts } from "./faults";
import { Broken } from "./history";
import { moveSomeRow } from "./moves";
import { createPhone, type Phone } from "./phone";
import { becomeQuiet } from "./quiet";
import { checkQuiet } from "./quietChecks";
import { writeOnServer } from "./serverCode";
import type { Shape } from "./shape";
import { plotOf } from "./stories";
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
  await letIn(world, createChance(seedOf(seed, "members")));
  const plot = plotOf(world);
  let plotEnds = 0;
  for (let step = 0; step < shape.steps; step += 1) {
    const chance = createChance(seedOf(seed, "step", step));
    await world.scheduler.pass(gapOf(shape, chance));
    if (without?.has(step) !== true) {
      await takeStep(world, chance, storm);
      await moveRows(world, step);
      await changeMembers(world, step);
      await deleteAccounts(world, step, storm);
    }
    if (step === plot?.start) {
      plot.tell(storm);
      plotEnds = world.scheduler.now + plot.lasts;
    }
    await world.scheduler.settle();
    await checkEverything(world);
  }
  const left = plotEnds - world.scheduler.now;
  if (left > 0) await world.scheduler.pass(left);
}

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

/** Drawn apart from the step, so that it moves nothing in runs in which no row moves. */
async function moveRows(world: World, step: number): Promise<void> {
  const { shape, options } = world;
  const chance = createChance(seedOf(options.seed, "move", step));
  if (!chance.happens(shape.moves) || world.isOff("F18 row moved to another user")) return;
  // Also while what was just written is on its way.
  if (chance.happens(0.5)) await world.scheduler.pass(chance.below(500));
  await moveSomeRow(world, chance);
}

/** As `moveRows`, in runs in which no row is shared. */
async function changeMembers(world: World, step: number): Promise<void> {
  const { shape, options } = world;
  const chance = createChance(seedOf(options.seed, "access", step));
  if (kindsOf(world).length === 0 || world.isOff("F25 access changed")) return;
  if (chance.happens(0.04)) await moveToOtherScope(world, chance);
  if (!chance.happens(shape.access)) return;
  // Also while what was just written is on its way.
  if (chance.happens(0.6)) await world.scheduler.pass(chance.below(600));
  await changeAccess(world, chance);
}

/** As `moveRows`. */
async function deleteAccounts(world: World, step: number, storm: Storm): Promise<void> {
  const { shape, options } = world;
  const chance = createChance(seedOf(options.seed, "account", step));
  if (!chance.happens(shape.deletions) || world.isOff("F27 account deleted")) return;
  // Also while what was just written is on its way.
  if (chance.happens(0.6)) await world.scheduler.pass(chance.below(600));
  await deleteAccount(world, chance.pick(shape.users), chance, storm);
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
