import { nextTag, rowIds } from "./actions";
import type { Chance } from "./chance";
import { valuesIn } from "./earlierApp";
import { scopeForNew } from "./knownScopes";
import type { Process } from "./phone";
import type { Values } from "./values";
import type { World } from "./world";
import { note, visitsOf, watch } from "./writing";

/** What a batch offers to this file. */
interface Writer {
  create(values: Values): string;
  update(clientId: string, values: Values): void;
}

/** A row that the group holds. */
interface Held {
  readonly table: string;
  readonly clientId: string;
  readonly values: Values;
}

/**
 * A board with a card, and sometimes an edit of any card, a card of another team and a task of one's own, which land
 * together or not at all: whoever may not write in one of the teams, writes nothing of it.
 */
export function writeSharedGroup(world: World, process: Process, chance: Chance): void {
  const tag = nextTag(process.name);
  const [home, away] = [
    scopeForNew(process, "cards", chance),
    scopeForNew(process, "cards", chance),
  ];
  const cards = rowIds(process, "cards");
  const edited = cards.length > 0 && chance.happens(0.5) ? chance.pick(cards) : null;
  const isWide = chance.happens(0.4);
  const hasTask = world.options.tables.includes("tasks") && chance.happens(0.4);
  world.log(process.name, `batch ${tag} in ${String(home)}${isWide ? ` and ${String(away)}` : ""}`);
  const keys: [string, unknown][] = edited === null ? [] : [[`cards ${edited} text`, `${tag}b`]];
  landTogether(world, process, keys, ({ add, edit }) => {
    const board = add("boards", { name: tag }, home);
    add("cards", { text: tag, board }, home);
    if (isWide) add("cards", { text: `${tag}c` }, away);
    if (hasTask) add("tasks", { text: `${tag}d` }, undefined);
    if (edited !== null) edit("cards", edited, { text: `${tag}b` });
  });
}

/**
 * A parcel of a room, and edits of any patient, whose visits go up, and of any term: of up to three scopes of both
 * kinds, which land together or not at all.
 */
export function writeCombinedGroup(world: World, process: Process, chance: Chance): void {
  const tag = nextTag(process.name);
  const room = scopeForNew(process, "parcels", chance);
  const team = scopeForNew(process, "patients", chance);
  const someOf = (table: string) => {
    const ids = rowIds(process, table);
    return ids.length > 0 && chance.happens(0.7) ? chance.pick(ids) : null;
  };
  const [patient, term, parcel] = [someOf("patients"), someOf("terms"), someOf("parcels")];
  const visits = (patient === null ? 0 : (visitsOf(process, "patients", patient) ?? 0)) + 1;
  world.log(process.name, `batch ${tag} in ${String(room)} and ${String(team)}`);
  const keys: [string, unknown][] = [
    [`patients ${String(patient)} phone`, `${tag}b`],
    [`terms ${String(term)} value`, `${tag}c`],
    [`parcels ${String(parcel)} label`, `${tag}d`],
  ];
  if (patient !== null) world.visits.delete(patient);
  landTogether(world, process, keys, ({ add, edit }) => {
    add("parcels", { label: tag, tags: [tag] }, room);
    if (patient === null) add("patients", { name: tag }, team);
    else edit("patients", patient, { phone: `${tag}b`, visits });
    if (term !== null) edit("terms", term, { value: `${tag}c` });
    if (parcel !== null) edit("parcels", parcel, { label: `${tag}d`, tags: [`${tag}d`] });
  });
}

/** What a group is made with. */
interface Group {
  /** Returns the new row's id. */
  readonly add: (table: string, values: Values, scopeId: string | undefined) => string;
  readonly edit: (table: string, clientId: string, values: Values) => void;
}

/** Writes what `compose` names, in one batch. `keys`: fields of rows that are there, with what they get. */
function landTogether(
  world: World,
  process: Process,
  keys: readonly [string, unknown][],
  compose: (group: Group) => void,
): void {
  watch(world, process, keys, async () => {
    const held: Held[] = [];
    // Safe: the tables are in the registry.
    const batch = process.sync.batch as unknown as (
      write: (tables: Readonly<Record<string, Writer>>) => void,
    ) => Promise<unknown>;
    await batch((tables) =>
      compose({
        add: (table, values, scopeId) => {
          const place = scopeId === undefined ? {} : { scopeId };
          const own = { ...valuesIn(process.version, table, values), ...place };
          const clientId = tables[table]?.create(own) ?? "";
          held.push({ table, clientId, values });
          return clientId;
        },
        edit: (table, clientId, values) => {
          tables[table]?.update(clientId, valuesIn(process.version, table, values));
          held.push({ table, clientId, values });
        },
      }),
    );
    for (const { table, clientId, values } of held)
      note(process.store.ledger, table, clientId, values);
  });
}
