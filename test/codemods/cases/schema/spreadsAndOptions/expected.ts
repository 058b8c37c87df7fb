import { authTables } from "@convex-dev/auth/server";
import { defineSchema, defineTable } from "convex/server"; // the server's part
import { v } from "convex/values";
import { syncTables } from "./syncTables";

const schema = defineSchema(
  {
    ...syncTables,
    ...authTables, // from the auth library
    notes: defineTable({ body: v.string() }),
  },
  { schemaValidation: true },
);

export default schema;
