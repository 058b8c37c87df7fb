import { defineSchema, defineTable } from "convex/server";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  users: defineTable({}),
});
