import { writeSomething } from "./actions";
import type { Chance } from "./chance";
import { restoredDatabase, type DatabaseCopy } from "./databases";
import { currentVersion, type AppVersion } from "./earlierApp";
import type { Fault } from "./faults";
import { copyLedger } from "./ledger";
import type { Phone } from "./phone";
import { knownQueue } from "./readStore";
import type { Backup as ServerBackup } from "./server";
import type { World } from "./world";

interface Backup {
  readonly content: DatabaseCopy;
  readonly version: AppVersion;
  readonly isMigrated: boolean;
  readonly ledger: ReturnType<typeof copyLedger>;
}

/** What a run keeps to go back to. */
export interface Storm {
  /** By user. */
  readonly backups: Map<string, Backup>;
  serverBackup: { readonly content: ServerBackup; restoreHistory(): void } | null;
}

/** Nothing was backed up yet. */
export function createStorm(): Storm {
  return { backups: new Map(), serverBackup: null };
}

type Rare = (world: World, phone: Phone, chance: Chance, storm: Storm) => void | Promise<void>;

/** What happens rarely; each one is a fault of the catalogue. */
export const rareSteps = {
  "F9 device clock moved": (world, phone, chance) => {
    world.count("F9 device clock moved");
    phone.skew = chance.pick([
      0, -3_600_000, 3_600_000, 240_000, -315_360_000_000, 315_360_000_000,
    ]);
    world.log(phone.name, `clock is off by ${String(phone.skew)} ms`);
  },
  "F8 server clock moved": (world, _phone, chance) => {
    world.count("F8 server clock moved");
    world.server.clockSkew = chance.pick([0, -2_000, 2_000, -120_000]);
    world.furthestBehind = Math.max(world.furthestBehind, -world.server.clockSkew);
    world.log("server", `clock is off by ${String(world.server.clockSkew)} ms`);
  },
  "F16 token expired": (world, phone, chance) => {
    world.count("F16 token expired");
    phone.token = "expired";
    world.log(phone.name, "token expired");
    world.scheduler.after(1000 + chance.below(world.shape.longestTrouble), () => {
      phone.token = "valid";
    });
  },
  "F17 user switched": (world, phone, chance) => {
    world.count("F17 user switched");
    // Mostly with something on its way.
    writeSomething(world, phone, chance);
    const next = chance.pick(world.shape.users);
    world.scheduler.after(chance.below(400), () => {
      if (world.stormy) void phone.signIn(next);
    });
  },
  "F13 database unreadable": (world, phone, chance) => {
    world.count("F13 database unreadable");
    world.log(phone.name, "database unreadable");
    phone.unreadable = true;
    world.scheduler.after(chance.below(world.shape.longestTrouble / 2), () => {
      // When the faults have stopped, it was restarted already.
      if (world.stormy) phone.kill("restarted");
    });
  },
  "F14 backup restored or cloned": restorePhone,
  "F15 server restored": restoreServer,
  "F20 app upgraded with queued ops": upgradeApp,
  "F21 tombstones collected": collectTombstones,
  // A process of its own, which takes the app for dead and its lease for left over.
  "F19 two runners": (world, phone) => {
    if (phone.startBackground()) world.count("F19 two runners");
  },
} as const satisfies Partial<Record<Fault, Rare>>;

/** A fault that is a step of its own. */
export type RareStep = keyof typeof rareSteps;

/** A backup is taken; later the same phone, or another one of the same user, goes on from it. */
function restorePhone(world: World, phone: Phone, chance: Chance, storm: Storm): void {
  const store = phone.storeOf(phone.user);
  const backup = storm.backups.get(store.user);
  const isShort = world.shape.length === "short";
  if (!backup || chance.happens(isShort ? 0.15 : 0.4)) {
    if (!isShort) return backUp(world, phone, storm);
    // Mostly with something that waits or is on its way.
    writeSomething(world, phone, chance);
    world.scheduler.after(1 + chance.below(150), () => backUp(world, phone, storm, store));
    return;
  }
  if (!goBack(world, phone, storm)) return;
  if (!isShort || chance.happens(0.4)) return;
  // A person goes on before the phone has reached anybody.
  phone.setOnline(false);
  world.scheduler.after(1 + chance.below(50), () => {
    writeSomething(world, phone, chance);
    writeSomething(world, phone, chance);
  });
  world.scheduler.after(100 + chance.below(2_000), () => phone.setOnline(true));
}

/** Time goes by until every tombstone may go. */
export async function collectTombstones(world: World): Promise<void> {
  world.count("F21 tombstones collected");
  world.log("server", "tombstones collected");
  world.scheduler.leap(91 * 86_400_000);
  await world.server.collectGarbage();
  world.history.collect();
}

/** The newer version of the app is installed while something waits, or is on its way. */
function upgradeApp(world: World, phone: Phone, chance: Chance): void {
  if (phone.version === currentVersion) return;
  if (chance.happens(0.5)) phone.setOnline(false);
  writeSomething(world, phone, chance);
  writeSomething(world, phone, chance);
  world.scheduler.after(1 + chance.below(600), () => {
    // The faults may have stopped meanwhile.
    if (!world.isOff("F20 app upgraded with queued ops")) updateApp(world, phone);
  });
  world.scheduler.after(700 + chance.below(3_000), () => phone.setOnline(true));
}

/** The current version of the app is installed, and opened. */
export function updateApp(world: World, phone: Phone): void {
  if (phone.version === currentVersion) return;
  phone.kill("the app is updated");
  phone.version = currentVersion;
  if (knownQueue(phone.storeOf(phone.user)).length > 0)
    world.count("F20 app upgraded with queued ops");
  phone.start();
}

/** Backs up the database of who is signed in. */
export function backUp(
  world: World,
  phone: Phone,
  { backups }: Storm,
  store = phone.storeOf(phone.user),
): void {
  world.log(phone.name, "backed up");
  backups.set(store.user, {
    content: store.database.copy(),
    version: store.version,
    isMigrated: store.isMigrated,
    ledger: copyLedger(store.ledger),
  });
}

/** The phone goes on from the backup of who is signed in; returns whether it can. */
export function goBack(world: World, phone: Phone, storm: Storm): boolean {
  const store = phone.storeOf(phone.user);
  const backup = storm.backups.get(store.user);
  // No app opens the database of a later one.
  if (!backup || backup.version > phone.version) return false;
  world.count("F14 backup restored or cloned");
  phone.kill("restored from a backup");
  store.database.release();
  store.database = restoredDatabase(backup.content);
  store.version = backup.version;
  store.isMigrated = backup.isMigrated;
  store.touched = null;
  store.ledger = copyLedger(backup.ledger);
  store.copied = new Map(knownQueue(store).map(({ opId, edited }) => [opId, edited]));
  phone.start();
  return true;
}

async function restoreServer(
  world: World,
  _phone: Phone,
  _chance: Chance,
  storm: Storm,
): Promise<void> {
  if (storm.serverBackup === null) await backUpServer(world, storm);
  else await goBackOnServer(world, storm);
}

/** Backs up the server. */
export async function backUpServer(
  { log, server, history, memberships }: World,
  storm: Storm,
): Promise<void> {
  log("server", "backed up");
  const [restoreRows, restoreMembers] = [history.snapshot(), memberships.snapshot()];
  storm.serverBackup = {
    content: await server.backUp(),
    restoreHistory: () => {
      restoreRows();
      restoreMembers();
    },
  };
}

/** The server goes on from its backup, if there is one. */
export async function goBackOnServer(world: World, storm: Storm): Promise<void> {
  const backup = storm.serverBackup;
  if (backup === null) return;
  world.count("F15 server restored");
  world.log("server", "restored");
  await world.server.restore(backup.content);
  backup.restoreHistory();
  for (const phone of world.phones) world.ring(phone.user);
  storm.serverBackup = null;
}
