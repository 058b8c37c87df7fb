// One and the same work for every engine: pages of JSON in, changes in, local writes.
import {
  changedRows,
  fieldsOf,
  firstRows,
  peakMemory,
  rowId,
  timed,
  toPages,
} from "../engines/rows.mjs";

/**
 * Tasks of an engine. `open` makes one with an empty database: `applyPage` takes the rows of a page, `create` a row
 * that is to be kept; both resolve once the engine says that it is.
 */
export function peerTasks(open) {
  return syncingPeerTasks(async ({ rows, changes, pageRows, folder }) => {
    const engine = await open(folder);
    const first = toPages(firstRows(rows), pageRows);
    const changed = toPages(changedRows(changes, rows), pageRows);
    const apply = async (pages) => {
      for (const page of pages) await engine.applyPage(JSON.parse(page).rows);
    };
    return {
      firstSync: () => apply(first),
      pull: () => apply(changed),
      stop: async () => undefined,
      create: engine.create,
      count: engine.count,
    };
  });
}

/**
 * Tasks of an engine that fetches its rows itself: `firstSync` and `pull` resolve once all of them are in the database,
 * `stop` before the local writes, once it fetches nothing more. The first `warmUp` of these nobody times.
 */
export function syncingPeerTasks(open) {
  return {
    all: async (options) => {
      const { rows, changes, writes, warmUp } = options;
      const engine = await open(options);
      const firstSync = await timed(engine.firstSync);
      const pull = await timed(engine.pull);
      await engine.stop();
      const createRows = async (from, count) => {
        for (let index = from; index < from + count; index += 1)
          await engine.create(rowId(index), fieldsOf(index));
      };
      await createRows(rows, warmUp);
      const create = await timed(() => createRows(rows + warmUp, writes));
      const left = await engine.count();
      const wanted = rows + warmUp + writes - Math.ceil(changes / 20);
      if (left !== wanted) throw new Error(`${left} rows instead of ${wanted}.`);
      return { firstSync, pull, create, memory: peakMemory() };
    },
  };
}

/** A row as one flat object without empty fields, for engines that know no null. */
export function flatRow({ clientId, serverId, updatedAt, stamp, fields }) {
  const row = { clientId };
  if (serverId !== undefined) Object.assign(row, { serverId, updatedAt, stamp });
  for (const [name, value] of Object.entries(fields)) if (value !== null) row[name] = value;
  return row;
}
