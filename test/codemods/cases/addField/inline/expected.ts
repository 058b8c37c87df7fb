import { defineSync, table, text, timestamp } from "sync-gen";

export default defineSync({
  tables: { tasks: table({ policy: "hlc", fields: { a: text(), dueAt: timestamp().optional() } }) },
});
