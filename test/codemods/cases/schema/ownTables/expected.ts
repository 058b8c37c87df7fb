import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  // People who signed up.
  users: defineTable({ name: v.string() }).index("by_name", ["name"]),

  teams: defineTable({ name: v.string() }),
});
