import { deleteScope, setAccess, type Membership } from "./access";
import { handleIssues, knownTo, nextTag, rowIds, updateSomeRow, writeSomething } from "./actions";
import { oracleTables } from "./oracleTables";
import type { Phone } from "./phone";
import type { TableName } from "./project";
import { scopeIds, scopeOf } from "./scopedTables";
import { backUp, collectTombstones, goBack } from "./storm";
import { writeAsServer } from "./sharedServerCode";
import { later, type Story, type Told } from "./telling";
import { valuesFor } from "./values";
import { createRow, removeRow } from "./writing";

/** A scope of the table, and the phone's user in it. */
function membershipOf({ phone, chance }: Told, table: TableName): Membership | null {
  const scope = scopeOf(table);
  return scope && { user: phone.user, scope, scopeId: chance.pick(scopeIds[scope]) };
}

/** A phone of somebody else. */
const phoneOfAnother = ({ world, phone }: Told) =>
  world.phones.find((other) => other.user !== phone.user && other.app) ?? null;

/** Adds a row to the scope on the phone. */
function addRow(
  { world, chance }: Told,
  on: Phone,
  table: TableName,
  scopeId: string,
): Promise<string | null> {
  if (!on.app) return Promise.resolve(null);
  const all = valuesFor(world, table, "create", chance, nextTag(on.name), () => []);
  const values = knownTo(on.app, table, chance, all);
  world.log(on.app.name, `create ${table} in ${scopeId}`);
  return createRow(world, on.app, table, values, scopeId);
}

/** Edits, or sometimes deletes, a row of the scope on the phone; adds one when it shows none. */
function writeThere(told: Told, on: Phone, table: TableName, scopeId: string): void {
  const { world, chance } = told;
  const ids = on.app ? rowIds(on.app, table, scopeId) : [];
  if (!on.app || ids.length === 0) return void addRow(told, on, table, scopeId);
  const id = chance.pick(ids);
  if (chance.happens(0.15) && oracleTables[table]?.operations.includes("delete") === true) {
    world.log(on.app.name, `remove ${table} ${id}`);
    return removeRow(world, on.app, table, id);
  }
  updateSomeRow(world, on, table, id, chance);
}

/** Somebody is taken out of a scope while what they wrote there is on its way, and mostly comes back. */
const leaveMeanwhile = (table: TableName): Story => ({
  needs: [table],
  lasts: 9_000,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    if (!membership || world.isOff("F25 access changed")) return;
    const { scopeId } = membership;
    const write = () => writeThere(told, phone, table, scopeId);
    later(told, 1, () => setAccess(world, membership, "write"));
    phone.setOnline(true);
    later(told, 1_500, write);
    // A second one behind that in flight.
    if (chance.happens(0.5)) later(told, 1_540 + chance.below(250), write);
    // The first one arrives, its answer does not.
    if (chance.happens(0.5)) later(told, 1_700 + chance.below(400), () => phone.setOnline(false));
    const leaves = 1_500 + chance.below(900);
    const rest = chance.pick([null, null, "read"] as const);
    later(told, leaves, () => setAccess(world, membership, rest));
    const other = phoneOfAnother(told);
    if (other)
      later(told, leaves + chance.below(1_500), () => writeThere(told, other, table, scopeId));
    later(told, leaves + 1_000 + chance.below(1_500), () => phone.setOnline(true));
    // Before or after the phone has heard of it.
    if (chance.happens(0.75))
      later(told, leaves + chance.below(4_500), () => setAccess(world, membership, "write"));
    later(told, leaves + 5_000, () => {
      // It goes on while time passes.
      if (phone.app) void handleIssues(world, phone.app, chance, false);
    });
  },
});

/** Somebody comes into a scope, and is taken out of it while its rows are fetched for the first time. */
const leaveAtOnce = (table: TableName): Story => ({
  needs: [table],
  lasts: 7_500,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    const other = phoneOfAnother(told);
    if (!membership || !other || world.isOff("F25 access changed")) return;
    const { scopeId } = membership;
    later(told, 1, () => setAccess(world, membership, null));
    later(told, 2, () => setAccess(world, { ...membership, user: other.user }, "write"));
    other.setOnline(true);
    later(told, 1_500, () => {
      for (let count = 0; count < 5; count += 1) void addRow(told, other, table, scopeId);
    });
    phone.isSlow = true;
    const hasTask = chance.happens(0.5) && !world.isOff("F19 two runners");
    const comes = 4_000;
    later(told, comes, () => phone.setOnline(true));
    later(told, comes + 10, () => setAccess(world, membership, "write"));
    const leaves = comes + 50 + chance.below(1_800);
    later(told, leaves, () => setAccess(world, membership, null));
    // Which hears of it while the app has a page on its way.
    if (hasTask)
      later(told, leaves + 1, () => {
        if (phone.startBackground()) world.count("F19 two runners");
      });
    if (chance.happens(0.6))
      later(told, leaves + chance.below(1_500), () => setAccess(world, membership, "write"));
  },
});

/** Somebody writes in a scope of which their phone has not heard, and may never hear. */
const writeUnheard = (table: TableName): Story => ({
  needs: [table],
  lasts: 6_500,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    if (!membership || world.isOff("F25 access changed")) return;
    const { scopeId } = membership;
    later(told, 1, () => setAccess(world, membership, null));
    phone.setOnline(true);
    later(told, 2_500, () => phone.setOnline(false));
    later(told, 2_600, () => setAccess(world, membership, "write"));
    later(told, 2_700, () => void addRow(told, phone, table, scopeId));
    if (chance.happens(0.5)) later(told, 2_800, () => writeThere(told, phone, table, scopeId));
    later(told, 3_000, () => phone.setOnline(true));
    // Once the row has landed, and before or after the phone has heard that it may read it.
    if (chance.happens(0.6)) {
      const leaves = 3_050 + chance.below(1_500);
      later(told, leaves, () => setAccess(world, membership, null));
      if (chance.happens(0.4))
        later(told, leaves + chance.below(2_000), () => setAccess(world, membership, "write"));
    }
  },
});

/** Somebody who was taken out of a scope goes back to a backup that has all of it. */
const goBackToScope = (table: TableName): Story => ({
  needs: [table],
  lasts: 10_000,
  tell: (told) => {
    const { world, phone, chance, storm } = told;
    const membership = membershipOf(told, table);
    const isOff = world.isOff("F14 backup restored or cloned") || world.shape.isForgetful;
    if (!membership || isOff || world.isOff("F25 access changed")) return;
    const { scopeId } = membership;
    later(told, 1, () => setAccess(world, membership, "write"));
    phone.setOnline(true);
    later(told, 1_500, () => writeThere(told, phone, table, scopeId));
    later(told, 3_000 + chance.below(800), () => phone.setOnline(false));
    later(told, 3_900, () => writeThere(told, phone, table, scopeId));
    later(told, 4_000, () => backUp(world, phone, storm));
    later(told, 4_010, () => phone.setOnline(true));
    later(told, 4_000 + chance.below(1_000), () => setAccess(world, membership, null));
    later(told, 7_000 + chance.below(500), () => {
      if (!goBack(world, phone, storm)) return;
      if (chance.happens(0.5)) writeSomething(world, phone, chance);
    });
    if (chance.happens(0.5))
      later(told, 7_500 + chance.below(2_000), () => setAccess(world, membership, "write"));
  },
});

/** A phone comes back when nothing is left that tells of what was deleted meanwhile: rows, or the whole scope. */
const comeBackLate = (table: TableName): Story => ({
  needs: [table],
  lasts: 11_000,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    const other = phoneOfAnother(told);
    if (!membership || !other || world.isOff("F25 access changed")) return;
    const { scope, scopeId, user } = membership;
    const letIn = () => {
      for (const name of [user, other.user])
        later(told, 1, () => setAccess(world, { scope, scopeId, user: name }, "write"));
    };
    letIn();
    phone.setOnline(true);
    other.setOnline(true);
    const place = { table, scopeId };
    for (let count = 0; count < 2; count += 1)
      later(told, 500, () => {
        const values = valuesFor(world, table, "create", chance, nextTag("web"), () => []);
        return writeAsServer(world, chance.pick([user, other.user]), place, null, values);
      });
    later(told, 4_000, () => phone.setOnline(false));
    const isCollected = world.shape.isForgetful && !world.isOff("F21 tombstones collected");
    if (!isCollected || chance.happens(0.4)) {
      later(told, 4_500, () => deleteScope(world, scope, scopeId));
      later(told, 4_600, letIn);
      if (chance.happens(0.5)) later(told, 6_500, () => void addRow(told, other, table, scopeId));
    } else {
      later(told, 4_500, async () => {
        const row = [...world.history.rows.values()].find(
          (it) => it.table === table && it.owner === scopeId && it.fields !== null,
        );
        if (row) await writeAsServer(world, other.user, place, row.clientId, null);
      });
      later(told, 7_000, () => collectTombstones(world));
    }
    later(told, 9_000, () => phone.setOnline(true));
  },
});

/**
 * Somebody's edit is refused, lost, or in conflict with another one's, or waits still, when they are taken out of the
 * scope; what becomes of it is decided before they hear of that, while they are out, or once they are back.
 */
const leaveWithIssues = (table: TableName): Story => ({
  needs: [table, "parcels"],
  lasts: 14_000,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    const other = phoneOfAnother(told);
    if (!membership || !other || world.isOff("F25 access changed")) return;
    const { scope, scopeId, user } = membership;
    for (const name of [user, other.user])
      later(told, 1, () => setAccess(world, { scope, scopeId, user: name }, "write"));
    phone.setOnline(true);
    other.setOnline(true);
    const decide = (on: Phone) => {
      if (on.app) void handleIssues(world, on.app, chance, false);
    };
    later(told, 1_000, () => writeThere(told, other, table, scopeId));
    // Both edit what both have.
    later(told, 2_500, () => phone.setOnline(false));
    for (const on of [phone, other, phone])
      later(told, 2_600 + chance.below(300), () => writeThere(told, on, table, scopeId));
    later(told, 4_000, () => phone.setOnline(true));
    const leaves = 4_000 + chance.below(2_500);
    later(told, leaves, () => setAccess(world, membership, null));
    if (chance.happens(0.4)) later(told, leaves - 50, () => phone.setOnline(false));
    for (let count = 0; count < 3; count += 1) {
      const at = leaves + chance.below(6_000);
      later(told, at, () =>
        chance.happens(0.6) ? decide(phone) : writeThere(told, phone, table, scopeId),
      );
    }
    later(told, leaves + 500 + chance.below(1_500), () => phone.setOnline(true));
    later(told, leaves + chance.below(1_500), () => writeThere(told, other, table, scopeId));
    if (chance.happens(0.3)) later(told, leaves + 1_000, () => deleteScope(world, scope, scopeId));
    if (chance.happens(0.8))
      for (const name of [user, other.user])
        later(told, leaves + 1_100 + chance.below(4_000), () =>
          setAccess(world, { scope, scopeId, user: name }, "write"),
        );
  },
});

/** Somebody has fetched a part of what others wrote meanwhile, and nothing is written there after that. */
const stopHalfway = (table: TableName): Story => ({
  needs: [table, "parcels"],
  lasts: 9_000,
  tell: (told) => {
    const { world, phone, chance } = told;
    const membership = membershipOf(told, table);
    const other = phoneOfAnother(told);
    if (!membership || !other || world.isOff("F25 access changed")) return;
    const { scope, scopeId, user } = membership;
    for (const name of [user, other.user])
      later(told, 1, () => setAccess(world, { scope, scopeId, user: name }, "write"));
    phone.setOnline(true);
    later(told, 3_000, () => phone.setOnline(false));
    for (let count = 0; count < 6; count += 1)
      later(told, 3_050 + count, () => {
        const values = valuesFor(world, table, "create", chance, nextTag("web"), () => []);
        return writeAsServer(world, other.user, { table, scopeId }, null, values);
      });
    later(told, 4_000, () => phone.setOnline(true));
    later(told, 4_200 + chance.below(1_500), () => {
      if (chance.happens(0.5)) return phone.setOnline(false);
      phone.kill("by the user");
      phone.start();
    });
    later(told, 8_000, () => phone.setOnline(true));
  },
});

const storiesOf = (table: TableName): readonly Story[] => [
  leaveMeanwhile(table),
  leaveAtOnce(table),
  writeUnheard(table),
  goBackToScope(table),
  comeBackLate(table),
];

/** Of tables that people share; of one that has references, of one whose edits revive, and of what combines. */
export const scopeStories: readonly Story[] = [
  ...(["cards", "duties", "patients", "parcels", "terms"] as const).flatMap(storiesOf),
  ...(["pacts", "patients", "parcels", "terms"] as const).map(leaveWithIssues),
  ...(["patients", "parcels"] as const).map(stopHalfway),
];
