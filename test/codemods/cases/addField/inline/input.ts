import { defineSync, table, text } from "sync-gen";

export default defineSync({
  tables: { tasks: table({ policy: "hlc", fields: { a: text() } }) },
});
