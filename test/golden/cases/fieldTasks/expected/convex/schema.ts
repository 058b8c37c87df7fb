import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  teams: defineTable({ name: v.string() }),
});
