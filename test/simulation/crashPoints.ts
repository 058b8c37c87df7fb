import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../standins/nodeSqlite.mjs";
import { kindsOf, setAccess } from "./access";
import { handleIssues, resetTags } from "./actions";
import { checkEverything } from "./checks";
import { createChance } from "./chance";
import { openDatabase, type DeviceDatabase } from "./databases";
import { faults } from "./faults";
import { Broken } from "./history";
import { createPhone, type Phone } from "./phone";
import { currentVersion } from "./earlierApp";
import { emptyDatabase, type TableName } from "./project";
import type { Scenario, Step } from "./scenarios";
import { becomeQuiet } from "./quiet";
import { checkQuiet } from "./quietChecks";
import { createWorld, type World } from "./world";
import { createRow, removeRow, updateRow, writeTogether } from "./writing";

/** What one telling came to. */
export interface Telling {
  /** How many points the phone passed at which it could have died. */
  readonly points: number;
  /** The first broken invariant; `null` when all held. */
  readonly broken: string | null;
}

/**
 * Plays the scenario on a database in a real file. At the point `killAt` the phone dies: what its files hold at that
 * moment, with a transaction half written, is all that the next start finds. `null`: it lives.
 *
 * Points are every statement that writes, both sides of every commit, and every request when it leaves, arrives and is
 * answered. Reads are none: a phone that dies at one leaves what it left at the point before.
 */
export async function tell(scenario: Scenario, killAt: number | null): Promise<Telling> {
  resetTags();
  const folder = mkdtempSync(join(tmpdir(), "sync-gen-crash-"));
  const world = createWorld(
    { seed: 1, tables: scenario.tables, calm: new Set(faults) },
    checkEverything,
  );
  const files = createFiles(folder);
  let points = 0;
  let isTelling = true;
  const phone = createPhone(world, 0, "ann", {
    onPoint: (place) => {
      if (place === "select" || !isTelling) return "go";
      points += 1;
      if (points - 1 !== killAt) return "go";
      files.freeze();
      return "kill";
    },
    openDatabase: files.open,
  });
  const other = createPhone(world, 1, "ann");
  world.phones.push(phone, other);
  let broken: string | null = null;
  try {
    phone.start();
    other.start();
    await world.scheduler.pass(2000);
    const rows = new Map<string, string>();
    for (const step of scenario.steps) {
      await take(world, { phone, other, rows }, step);
      await world.scheduler.pass(step.do === "wait" ? step.time : 300);
      if (files.thaw(phone)) phone.start();
      await checkEverything(world);
    }
    isTelling = false;
    await becomeQuiet(world);
    await checkQuiet(world);
  } catch (error) {
    broken = error instanceof Broken ? error.message : String((error as Error).stack);
  }
  for (const { stores, processes } of world.phones) {
    for (const process of processes) process.alive = false;
    for (const { database } of stores.values()) database.release();
  }
  rmSync(folder, { recursive: true, force: true });
  return { points, broken };
}

interface Cast {
  readonly phone: Phone;
  readonly other: Phone;
  /** Ids of rows by the names that the scenario gives them. */
  readonly rows: Map<string, string>;
}

async function take(world: World, { phone, other, rows }: Cast, step: Step): Promise<void> {
  switch (step.do) {
    case "offline":
    case "online":
      return phone.setOnline(step.do === "online");
    case "restart":
      phone.kill("restarted");
      return phone.start();
    case "sign in":
      // It goes on while time passes.
      void phone.signIn(step.user);
      return;
    case "access":
      for (const scope of kindsOf(world))
        await setAccess(world, { user: "ann", scope, scopeId: "one" }, step.access);
      return;
    case "decide":
      if (phone.app) void handleIssues(world, phone.app, createChance(1), true);
      return;
    case "collect":
      world.scheduler.leap(91 * 86_400_000);
      await world.server.collectGarbage();
      return world.history.collect();
    case "together":
      if (phone.app) writeTogether(world, phone.app, "together", null);
      return;
    case "wait":
      return;
    default:
      return write(world, (step.by === "other" ? other : phone).app, rows, step);
  }
}

function write(
  world: World,
  process: Phone["app"],
  rows: Map<string, string>,
  step: Extract<Step, { readonly row: string }>,
): void {
  // Safe: a row's name begins with its table's.
  const table = step.row.split(" ")[0] as TableName;
  const clientId = rows.get(step.row);
  const values =
    step.do === "remove"
      ? {}
      : Object.fromEntries(
          Object.entries(step.values).map(([field, value]) => [
            field,
            rows.get(String(value)) ?? value,
          ]),
        );
  if (!process) return;
  if (step.do === "create")
    void createRow(world, process, table, values).then((id) => {
      if (id !== null) rows.set(step.row, id);
    });
  // The phone died before the row was there, or has not heard of it.
  else if (clientId === undefined || !isShown(process.store.database, table, clientId)) return;
  else if (step.do === "update") updateRow(world, process, table, clientId, values);
  else removeRow(world, process, table, clientId);
}

const isShown = (database: DeviceDatabase, table: string, clientId: string) =>
  database.select(`SELECT 1 FROM "${table}" WHERE "clientId" = ?`, [clientId]).length > 0;

/** A phone's database files, and what was in them when it died. */
function createFiles(folder: string) {
  let count = 0;
  const paths = new Map<string, string>();
  let frozen: ReadonlyMap<string, string> | null = null;
  const openAt = (owner: string, path: string) => {
    const database = new Database(path);
    database.pragma("journal_mode = WAL");
    // The process dies, not the machine.
    database.pragma("synchronous = OFF");
    paths.set(owner, path);
    return openDatabase(database, false);
  };
  const nextPath = () => join(folder, `${String((count += 1))}.db`);
  return {
    open: (owner: string) => {
      const path = nextPath();
      writeFileSync(path, emptyDatabase(currentVersion));
      return openAt(owner, path);
    },
    freeze: () => {
      const copies = [...paths].map(([owner, path]) => {
        const copy = nextPath();
        for (const end of ["", "-wal"])
          if (existsSync(path + end)) copyFileSync(path + end, copy + end);
        return [owner, copy] as const;
      });
      frozen = new Map(copies);
    },
    /** Puts what was frozen in the place of the dead phone's databases. */
    thaw: ({ stores, kill }: Phone) => {
      if (frozen === null) return false;
      // A person who signs in meanwhile has opened the app again, on what is taken away now.
      kill("its files are put back");
      for (const [owner, path] of frozen) {
        const store = stores.get(owner);
        if (!store) continue;
        store.database.release();
        store.database = openAt(owner, path);
        store.touched = null;
      }
      frozen = null;
      return true;
    },
  };
}
