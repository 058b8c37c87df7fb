import { flatRow, peerTasks } from "./peer.mjs";

/** TinyBase in memory, as its documentation shows it: a transaction a page. */
export function tinybaseTasks(createStore) {
  return peerTasks(async () => {
    const store = createStore();
    return {
      applyPage: async (rows) => {
        store.transaction(() => {
          for (const row of rows)
            if (row.deletedAt === null) store.setRow("items1", row.clientId, flatRow(row));
            else store.delRow("items1", row.clientId);
        });
      },
      create: async (clientId, fields) => {
        store.setRow("items1", clientId, flatRow({ clientId, fields }));
      },
      count: async () => store.getRowCount("items1"),
    };
  });
}
