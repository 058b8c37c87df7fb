import { nextTag, rowIds } from "./actions";
import type { Chance } from "./chance";
import { valuesIn } from "./earlierApp";
import { scopeForNew } from "./knownScopes";
import type { Process } from "./phone";
import type { Values } from "./values";
import type { World } from "./world";
import { note, watch } from "./writing";

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
  watch(world, process, keys, async () => {
    const held: Held[] = [];
    // Safe: the tables are in the registry.
    const batch = process.sync.batch as unknown as (
      write: (tables: Readonly<Record<string, Writer>>) => void,
    ) => Promise<unknown>;
    await batch((tables) => {
      const add = (table: string, values: Values, scopeId: string | undefined): string => {
        const place = scopeId === undefined ? {} : { scopeId };
        const own = { ...valuesIn(process.version, table, values), ...place };
        const clientId = tables[table]?.create(own) ?? "";
        held.push({ table, clientId, values });
        return clientId;
      };
      const board = add("boards", { name: tag }, home);
      add("cards", { text: tag, board }, home);
      if (isWide) add("cards", { text: `${tag}c` }, away);
      if (hasTask) add("tasks", { text: `${tag}d` }, undefined);
      if (edited !== null) {
        const values = { text: `${tag}b` };
        tables["cards"]?.update(edited, valuesIn(process.version, "cards", values));
        held.push({ table: "cards", clientId: edited, values });
      }
    });
    for (const { table, clientId, values } of held)
      note(process.store.ledger, table, clientId, values);
  });
}
