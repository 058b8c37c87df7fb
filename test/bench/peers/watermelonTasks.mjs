import { Database, Model, appSchema, tableSchema } from "@nozbe/watermelondb/index.js";
import { synchronize } from "@nozbe/watermelondb/sync/index.js";
import { peerTasks } from "./peer.mjs";

const columns = [
  ["server_id", "string"],
  ["server_updated_at", "number"],
  ["stamp", "string"],
  ["title", "string"],
  ["notes", "string"],
  ["status", "string"],
  ["priority", "number"],
  ["amount", "number"],
  ["is_done", "boolean"],
  ["due_at", "number"],
  ["color", "string"],
  ["score", "number"],
  ["label", "string"],
];

class Item extends Model {
  static table = "items1";
}

/** The schema of the benchmark's table, with its two indexes. */
export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: "items1",
      columns: columns.map(([name, type]) => ({
        name,
        type,
        isOptional: true,
        isIndexed: name === "status" || name === "due_at",
      })),
    }),
  ],
});

const rawOf = ({ clientId, serverId = null, updatedAt = 0, stamp = null, fields }) => ({
  id: clientId,
  server_id: serverId,
  server_updated_at: updatedAt,
  stamp,
  title: fields.title,
  notes: fields.notes,
  status: fields.status,
  priority: fields.priority,
  amount: fields.amount,
  is_done: fields.isDone,
  due_at: fields.dueAt,
  color: fields.color,
  score: fields.score,
  label: fields.label,
});

/** `synchronize()` for each page, as its documentation shows it; a local write is `database.write`. */
export function watermelonTasks(createAdapter) {
  return peerTasks(async (folder) => {
    const database = new Database({ adapter: createAdapter(folder), modelClasses: [Item] });
    const items = database.get("items1");
    let timestamp = 1;
    const isFirst = (row) => row.updatedAt === 1_700_000_000_000;
    return {
      applyPage: (rows) =>
        synchronize({
          database,
          pullChanges: async () => ({
            timestamp: ++timestamp,
            changes: {
              items1: {
                created: rows.filter((row) => isFirst(row)).map(rawOf),
                updated: rows.filter((row) => !isFirst(row) && row.deletedAt === null).map(rawOf),
                deleted: rows.filter((row) => row.deletedAt !== null).map((row) => row.clientId),
              },
            },
          }),
        }),
      create: (clientId, fields) =>
        database.write(() =>
          items.create((item) => {
            Object.assign(item._raw, rawOf({ clientId, fields }));
          }),
        ),
      count: () => items.query().fetchCount(),
    };
  });
}
