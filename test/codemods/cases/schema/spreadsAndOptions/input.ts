import { authTables } from "@convex-dev/auth/server";
import { defineSchema, defineTable } from "convex/server"; // the server's part
import { v } from "convex/values";

const schema = defineSchema(
  {
    ...authTables, // from the auth library
    notes: defineTable({ body: v.string() }),
  },
  { schemaValidation: true },
);

export default schema;
