import { defineSchema, defineTable } from "convex/server";
import { syncTables } from "./syncTables";

export const testSchema = defineSchema({ only: defineTable({}) });

const schema = defineSchema({
  ...syncTables,
  users: defineTable({}),
});

export default schema;
