import { defineSchema, defineTable } from "convex/server";
import { syncTables } from "./syncTables";
// import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  /*
   ...syncTables,
   */
  // ...syncTables,
  users: defineTable({}),
});
