import { handleIssues, writeSomething } from "./actions";
import { checkEverything } from "./checks";
import { createChance, seedOf, type Chance } from "./chance";
import { checkNothingWaits } from "./quietChecks";
import { knownQueue } from "./readStore";
import type { World } from "./world";

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
      if (round + turn === 0 && world.shape.hasBackgroundTasks) await writeBeside(world);
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

/** What a background task wrote while the app synced, and was ended after, goes out with the app (F19). */
async function writeBeside(world: World): Promise<void> {
  const chance = createChance(seedOf(world.options.seed, "beside"));
  const phones = world.phones.filter((phone) => phone.startBackground());
  phones.forEach(() => world.count("F19 two runners"));
  // Each has found out that it is not alone.
  await world.scheduler.pass(20_000);
  for (const phone of phones) {
    const { app } = phone;
    const task = phone.processes.find(({ isBackground }) => isBackground);
    if (!app || !task) continue;
    writeSomething(world, phone, chance, app);
    await world.scheduler.pass(50 + chance.below(700));
    writeSomething(world, phone, chance, task);
    await world.scheduler.settle();
    const isSyncing = ["syncing", "initial-sync"].includes(app.sync.getStatus().phase);
    phone.endBackground();
    // Otherwise nothing tells the app, until somebody looks at it.
    if (!isSyncing) void app.sync.syncNow();
  }
  // Long enough for a dead task's lease, and not for the app's next look at the clock.
  await world.scheduler.pass(100_000);
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
