import { defineSync, table, text } from "sync-gen";

const choice = 1;
export default defineSync({ tables: {} });
