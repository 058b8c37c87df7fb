import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  // A table of the office's own; sync-gen leaves it alone.
  people: defineTable({ userId: v.string(), name: v.string() }).index(
    "by_user",
    ["userId"],
  ),
});
