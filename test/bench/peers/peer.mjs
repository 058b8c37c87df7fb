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
  return {
    all: async ({ rows, changes, pageRows, writes, folder }) => {
      const engine = await open(folder);
      const first = toPages(firstRows(rows), pageRows);
      const changed = toPages(changedRows(changes, rows), pageRows);
      const apply = async (pages) => {
        for (const page of pages) await engine.applyPage(JSON.parse(page).rows);
      };
      const firstSync = await timed(() => apply(first));
      const pull = await timed(() => apply(changed));
      const create = await timed(async () => {
        for (let index = 0; index < writes; index += 1)
          await engine.create(rowId(rows + index), fieldsOf(rows + index));
      });
      const left = await engine.count();
      const wanted = rows + writes - Math.ceil(changes / 20);
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
