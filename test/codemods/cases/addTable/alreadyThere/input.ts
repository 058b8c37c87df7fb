import { defineSync, table, text } from "sync-gen";

export default defineSync({ tables: { notes: table({ policy: "hlc", fields: { a: text() } }) } });
