import { defineSchema, defineTable } from "convex/server";
import { syncTables } from "./syncTables";

export const tables = {
  ...syncTables,
  users: defineTable({}),
} as const;

export default defineSchema(tables);
