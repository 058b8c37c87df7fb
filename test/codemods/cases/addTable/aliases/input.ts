import { defineSync, table, text as string } from "sync-gen";
import { text } from "./words";

export default defineSync({ tables: { tasks: table({ policy: "hlc", fields: { a: string().describe(text) } }) } });
