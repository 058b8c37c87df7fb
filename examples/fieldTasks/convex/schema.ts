import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  // A table of the office's own; sync-gen leaves it alone.
  people: defineTable({ userId: v.string(), name: v.string() }).index("by_user", ["userId"]),
});
