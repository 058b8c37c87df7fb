import { defineSchema } from "convex/server";

const syncTables = {};

export default defineSchema({ ...syncTables });
