import { join } from "node:path";
import PouchDB from "pouchdb";
import { peerTasks } from "./peer.mjs";

export const tasks = peerTasks(async (folder) => {
  const database = new PouchDB(join(folder, "pouch"));
  const revisionOf = (row) =>
    `${row.updatedAt - 1_700_000_000_000 + 1}-${row.stamp}${"0".repeat(13)}`;
  return {
    applyPage: async (rows) => {
      // As a replication writes: with the revisions of the server.
      const documents = rows.map((row) => ({
        _id: row.clientId,
        _rev: revisionOf(row),
        ...(row.deletedAt === null ? row.fields : { _deleted: true }),
        _revisions: {
          start: row.updatedAt - 1_700_000_000_000 + 1,
          ids: [
            revisionOf(row).split("-")[1],
            ...(row.updatedAt > 1_700_000_000_000
              ? [`${String(Number(row.stamp) - 10_000_000).padStart(19, "0")}${"0".repeat(13)}`]
              : []),
          ],
        },
      }));
      await database.bulkDocs(documents, { new_edits: false });
    },
    create: (clientId, fields) => database.put({ _id: clientId, ...fields }),
    count: async () => (await database.info()).doc_count,
  };
});
