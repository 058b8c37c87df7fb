import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  // People who signed up.
  users: defineTable({ name: v.string() }).index("by_name", ["name"]),

  teams: defineTable({ name: v.string() }),
});
