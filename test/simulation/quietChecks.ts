import { isKnownTo } from "./earlierApp";
import { Broken, equalRows, keyOf } from "./history";
import type { QueuedOp } from "./ledger";
import { tablesOf } from "./knownTables";
import { mayRead } from "./memberships";
import { oracleTables } from "./oracleTables";
import type { Store } from "./phone";
import { knownQueue, readStore } from "./readStore";
import { userIdOf } from "./server";
import type { World } from "./world";

/** What must hold when all is quiet and every op was answered (I9, I17). */
export async function checkQuiet(world: World): Promise<void> {
  for (const table of world.options.tables) {
    for (const document of await world.server.rows(table)) {
      const key = keyOf(document.scopeId ?? document.userId, table, document.clientId);
      const row = world.history.rows.get(key);
      const fields = document.deletedAt === null ? document : null;
      const picked =
        fields &&
        Object.fromEntries(
          Object.keys(oracleTables[table]?.fields ?? {}).map((field) => [
            field,
            fields[field] ?? null,
          ]),
        );
      if (!row) throw new Broken("I10", `the server holds ${key}, which nobody wrote`);
      if (!equalRows(picked, row.fields))
        throw new Broken(
          "I10",
          `${key} is ${JSON.stringify(picked)}, expected ${JSON.stringify(row.fields)}`,
        );
    }
  }
  // Whoever goes back to a backup forgets visits.
  const isWhole =
    world.counts["F14 backup restored or cloned"] + world.counts["F15 server restored"] === 0;
  for (const row of isWhole ? world.history.rows.values() : []) {
    const visits = world.visits.get(row.clientId);
    if (row.fields && typeof visits === "number" && row.fields["visits"] !== visits)
      throw new Broken(
        "I2",
        `${row.clientId} counts ${String(row.fields["visits"])} visits, ${String(visits)} were made`,
      );
  }
  for (const phone of world.phones)
    for (const store of phone.stores.values()) checkSame(world, store);
}

/** Online and undisturbed, only what has failed, and what builds on that, is left in the queue (I16). */
export function checkNothingWaits(store: Store): void {
  const queue = knownQueue(store);
  const stuck = new Set(
    queue.filter(({ state }) => state === "failed" || state === "conflict").map(({ opId }) => opId),
  );
  const isStuck = ({ opId }: QueuedOp) => stuck.has(opId);
  const open = () => queue.filter((op) => ["waiting", "sealed"].includes(op.state) && !isStuck(op));
  for (let before = -1; before !== stuck.size;) {
    before = stuck.size;
    for (const op of open()) {
      const values = new Set(Object.values(op.fields));
      const builds = queue.some(
        (other) =>
          isStuck(other) &&
          ((other.table === op.table && other.clientId === op.clientId) ||
            values.has(other.clientId) ||
            (op.group !== null && other.group === op.group)),
      );
      if (builds) stuck.add(op.opId);
    }
  }
  const [waiting] = open();
  if (waiting)
    throw new Broken(
      "I16",
      `${store.name}: ${waiting.state} ${waiting.kind} of ${waiting.table} ${waiting.clientId} waits for nothing`,
    );
}

function checkSame(world: World, store: Store): void {
  const { queue, rows } = readStore(store, world.options.tables, null);
  if (queue.length > 0)
    throw new Broken(
      "I17",
      `${store.name} still holds ${queue.map(({ kind, table, state }) => `${state} ${kind} ${table}`).join(", ")}`,
    );
  const expected = [...world.history.rows.values()].filter(
    (row) =>
      mayRead(world.memberships, userIdOf(store.user), row) &&
      row.fields !== null &&
      (tablesOf(world, store.version) as readonly string[]).includes(row.table),
  );
  for (const row of expected) {
    const key = `${row.table} ${row.clientId}`;
    const shown = rows.get(key);
    if (!shown) throw new Broken("I9", `${store.name} lacks ${key}`);
    // An app of the earlier version has no more than it knows.
    const fields = Object.fromEntries(
      Object.entries(row.fields ?? {}).filter(([field]) =>
        isKnownTo(store.version, row.table, field),
      ),
    );
    if (shown.userId !== row.creator)
      throw new Broken(
        "I15",
        `${store.name}: ${key} of ${row.creator} is shown as ${shown.userId}'s`,
      );
    if (!equalRows(shown.values, fields))
      throw new Broken(
        "I9",
        `${store.name}: ${key} is ${JSON.stringify(shown.values)}, the server's is ${JSON.stringify(fields)}`,
      );
  }
  if (rows.size !== expected.length) {
    const known = new Set(expected.map((row) => `${row.table} ${row.clientId}`));
    const extra = [...rows.keys()].filter((key) => !known.has(key));
    throw new Broken(
      "I9",
      `${store.name} shows ${extra.join(", ")}, which the server does not have`,
    );
  }
}
