import { rowIds, updateSomeRow, writeSomething } from "./actions";
import type { Chance } from "./chance";
import type { Phone, Process } from "./phone";
import type { TableName } from "./project";
import type { Storm } from "./storm";
import type { World } from "./world";

/** What a story is told of. */
export interface Told {
  readonly world: World;
  readonly phone: Phone;
  readonly chance: Chance;
  readonly storm: Storm;
}

/** Several things that happen to one row, one soon after the other: what chance alone brings together too rarely. */
export interface Story {
  readonly needs: readonly TableName[];
  /** Of a phone with the earlier version of the app. */
  readonly isOfUpdate?: boolean;
  /** The run goes on until it is over, ms. */
  readonly lasts?: number;
  tell(told: Told): void;
}

/** `task` after `delay` ms, unless the faults have stopped by then: then nobody writes any more. */
export function later({ world }: Told, delay: number, task: () => void | Promise<void>): void {
  world.scheduler.after(delay, () => (world.stormy ? task() : undefined));
}

/** Another phone of the same person. */
export const otherPhone = ({ world, phone }: Told) =>
  world.phones.find((other) => other !== phone && other.user === phone.user && other.app) ?? null;

/** Edits of one row that the app shows, on whichever phone; of anything when it shows none. */
export function editsOfOneRow({ world, chance }: Told, app: Process): (on: Phone) => void {
  const table = chance.pick(world.options.tables);
  const ids = rowIds(app, table);
  const row = ids.length > 0 ? chance.pick(ids) : null;
  return (on) =>
    row === null ? writeSomething(world, on, chance) : updateSomeRow(world, on, table, row, chance);
}
