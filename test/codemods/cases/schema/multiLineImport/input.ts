import {
  defineSchema,
  defineTable,
} from "convex/server";
import type { Infer } from "convex/values";

export default defineSchema({
  users: defineTable({}) });
