import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  // A table of the app's own; sync-gen leaves it alone.
  invitations: defineTable({
    code: v.string(),
    scopeId: v.string(),
    access: v.union(v.literal("read"), v.literal("write")),
    /** Milliseconds since 1970. */
    validUntil: v.number(),
  }).index("by_code", ["code"]),
});
