import "fake-indexeddb/auto";
import Dexie from "dexie";
import { peerTasks } from "./peer.mjs";

export const tasks = peerTasks(async () => {
  const database = new Dexie("bench");
  database.version(1).stores({ items1: "clientId, status, dueAt", queue: "++seq, clientId" });
  return {
    applyPage: async (rows) => {
      const live = rows.filter((row) => row.deletedAt === null);
      const gone = rows.filter((row) => row.deletedAt !== null).map((row) => row.clientId);
      await database.transaction("rw", database.items1, async () => {
        await database.items1.bulkPut(
          live.map(({ clientId, serverId, updatedAt, stamp, fields }) => ({
            clientId,
            serverId,
            updatedAt,
            stamp,
            ...fields,
          })),
        );
        await database.items1.bulkDelete(gone);
      });
    },
    create: (clientId, fields) =>
      database.transaction("rw", database.items1, database.queue, async () => {
        await database.items1.add({ clientId, ...fields });
        await database.queue.add({ clientId, kind: "create", fields });
      }),
    count: () => database.items1.count(),
  };
});
