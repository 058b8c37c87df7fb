import { defineSchema, defineTable } from "convex/server";

export const tables = {
  users: defineTable({}),
} as const;

export default defineSchema(tables);
