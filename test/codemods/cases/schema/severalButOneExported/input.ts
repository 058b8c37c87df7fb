import { defineSchema, defineTable } from "convex/server";

export const testSchema = defineSchema({ only: defineTable({}) });

const schema = defineSchema({
  users: defineTable({}),
});

export default schema;
