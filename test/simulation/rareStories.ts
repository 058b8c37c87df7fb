import { knownTo, nextTag, rowIds, updateSomeRow, writeSomething } from "./actions";
import { moveRow } from "./moves";
import { oracleTables } from "./oracleTables";
import type { Phone } from "./phone";
import type { TableName } from "./project";
import { scopeOf } from "./scopedTables";
import { userIdOf } from "./server";
import { backUpServer, goBackOnServer } from "./storm";
import { later, otherPhone, type Story, type Told } from "./telling";
import { valuesFor } from "./values";
import { createRow, removeRow } from "./writing";

/** Server code gives a row away while its owner's edits of it wait, or are on their way. */
const giveWhatIsEdited: Story = {
  needs: [],
  tell: (told) => {
    const { world, phone, chance } = told;
    const { app } = phone;
    if (!app || world.isOff("F18 row moved to another user")) return;
    const owner = userIdOf(phone.user);
    const shown = world.options.tables.flatMap((table) =>
      scopeOf(table) === null
        ? rowIds(app, table).map((clientId) => ({ owner, table, clientId }))
        : [],
    );
    if (shown.length === 0) return writeSomething(world, phone, chance);
    const row = chance.pick(shown);
    const edit = (on: Phone) => {
      const isGone = !on.app || !rowIds(on.app, row.table).includes(row.clientId);
      if (!isGone && chance.happens(0.15)) removeSomeRow(told, on, row.table, row.clientId);
      else updateSomeRow(world, on, row.table, row.clientId, chance);
    };
    phone.setOnline(chance.happens(0.7));
    edit(phone);
    // A second one behind that in flight.
    if (chance.happens(0.4)) later(told, 60 + chance.below(200), () => edit(phone));
    later(told, chance.below(700), () => moveRow(world, row, chance));
    const other = otherPhone(told);
    // Who may not have heard of it.
    if (other) later(told, 300 + chance.below(500), () => edit(other));
    later(told, 2_000 + chance.below(2_000), () => phone.setOnline(true));
  },
};

function removeSomeRow({ world }: Told, { app }: Phone, table: TableName, clientId: string): void {
  if (!app || oracleTables[table]?.operations.includes("delete") !== true) return;
  world.log(app.name, `remove ${table} ${clientId}`);
  removeRow(world, app, table, clientId);
}

/** The row of a natural key is deleted, and while that is on its way made, deleted and made once more. */
const makeKeyAgain = (table: "scores" | "settings"): Story => ({
  needs: [table],
  tell: (told) => {
    const { world, phone, chance } = told;
    const make = async () => {
      if (!phone.app) return null;
      const tag = nextTag(phone.name);
      const level = `again of ${phone.name}`;
      return createRow(
        world,
        phone.app,
        table,
        table === "scores" ? { level, points: chance.below(1e9) } : { name: level, value: tag },
      );
    };
    phone.setOnline(true);
    void make().then((id) => {
      if (id === null) return;
      const remove = () => {
        if (phone.app && rowIds(phone.app, table).includes(id))
          removeSomeRow(told, phone, table, id);
      };
      let delay = 1_000 + chance.below(2_000);
      later(told, delay, remove);
      for (const again of [make, remove, make]) {
        delay += 10 + chance.below(60);
        later(told, delay, () => void again());
      }
    });
  },
});

/** The server goes back to a backup while a slow phone fetches everything for the first time. */
const restoreMeanwhile: Story = {
  needs: ["projects", "tasks"],
  tell: (told) => {
    const { world, phone, chance, storm } = told;
    if (world.isOff("F15 server restored") || world.isOff("F17 user switched")) return;
    // Somebody who was never signed in here.
    const next = world.shape.users.find((user) => !phone.stores.has(user));
    const owner = world.phones.find(({ app, user }) => app && user === next);
    if (next === undefined || !owner?.app) return writeSomething(world, phone, chance);
    for (const table of ["projects", "tasks", "projects", "tasks", "projects"] as const) {
      const text = nextTag(owner.name);
      void createRow(world, owner.app, table, table === "tasks" ? { text } : { name: text });
    }
    later(told, 3_000, () => backUpServer(world, storm));
    later(told, 3_500, () => {
      phone.isSlow = true;
      world.count("F17 user switched");
      void phone.signIn(next);
    });
    const [first = "", second = ""] = world.options.tables;
    // Just when the first table is there, and the second one is asked for.
    const restoreBetween = (tries: number): void =>
      later(told, 40, () => {
        const progress = (table: string) => progressOf(phone, next, table);
        if (progress(first)?.complete === true && progress(second)?.cursor === null)
          return later(told, chance.below(250), () => goBackOnServer(world, storm));
        if (tries > 0) restoreBetween(tries - 1);
      });
    later(told, 3_500, () => restoreBetween(300));
  },
};

/** A phone whose clock was set back sees what another one has just made, and goes on from it. */
const goOnFromWhatWasSeen: Story = {
  needs: [],
  tell: (told) => {
    const { world, phone, chance } = told;
    const other = otherPhone(told);
    if (!phone.app || !other?.app || world.isOff("F9 device clock moved")) return;
    world.count("F9 device clock moved");
    phone.skew = chance.pick([-3_600_000, -86_400_000, -315_360_000_000]);
    world.log(phone.name, `clock is off by ${String(phone.skew)} ms`);
    phone.setOnline(true);
    other.setOnline(true);
    const table = chance.pick(world.options.tables);
    const values = valuesFor(world, table, "create", chance, nextTag(other.name), () => []);
    const known = knownTo(other.app, table, chance, values);
    void createRow(world, other.app, table, known).then((id) => {
      if (id !== null) editOnceShown(id, 100);
    });
    const editOnceShown = (id: string, tries: number): void =>
      later(told, 50, () => {
        if (phone.app && rowIds(phone.app, table).includes(id))
          updateSomeRow(world, phone, table, id, chance);
        else if (tries > 0) editOnceShown(id, tries - 1);
      });
  },
};

/** How far a table has come on the phone; `null` before its first page. */
function progressOf(phone: Phone, user: string, table: string) {
  const sql = `SELECT "value" FROM "sync_metadata" WHERE "key" = ?`;
  const text = phone.stores.get(user)?.database.select(sql, [`table:${table}`])[0];
  // Safe: written by the engine.
  return text === undefined
    ? { complete: false, cursor: null }
    : (JSON.parse(String(text)) as { readonly complete: boolean; readonly cursor: string | null });
}

/** Told of runs without another story, so that the seeds of those stay what they were. */
export const rareStories: readonly Story[] = [
  giveWhatIsEdited,
  makeKeyAgain("scores"),
  makeKeyAgain("settings"),
  restoreMeanwhile,
  goOnFromWhatWasSeen,
];
