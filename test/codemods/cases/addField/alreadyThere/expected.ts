import { defineSync, table, timestamp } from "sync-gen";

export default defineSync({ tables: { tasks: table({ policy: "hlc", fields: { "dueAt": timestamp() } }) } });
