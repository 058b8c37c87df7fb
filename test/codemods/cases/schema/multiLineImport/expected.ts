import {
  defineSchema,
  defineTable,
} from "convex/server";
import type { Infer } from "convex/values";
import { syncTables } from "./syncTables";

export default defineSchema({
  ...syncTables,
  users: defineTable({}) });
