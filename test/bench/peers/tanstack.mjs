import { createCollection } from "@tanstack/db";
import { peerTasks } from "./peer.mjs";

export const tasks = peerTasks(async () => {
  let channel;
  const collection = createCollection({
    id: "items1",
    getKey: (row) => row.clientId,
    sync: {
      sync: (given) => {
        channel = given;
        given.markReady();
      },
    },
    // The server's answer: what was written optimistically is there for good.
    onInsert: async ({ transaction }) => {
      channel.begin();
      for (const { modified } of transaction.mutations)
        channel.write({ type: "insert", value: modified });
      channel.commit();
    },
  });
  await collection.preload();
  return {
    applyPage: async (rows) => {
      channel.begin();
      for (const { clientId, serverId, updatedAt, stamp, deletedAt, fields } of rows) {
        const type = deletedAt !== null ? "delete" : collection.has(clientId) ? "update" : "insert";
        channel.write({ type, value: { clientId, serverId, updatedAt, stamp, ...fields } });
      }
      channel.commit();
    },
    create: (clientId, fields) => collection.insert({ clientId, ...fields }).isPersisted.promise,
    count: async () => collection.size,
  };
});
