import { defineSchema } from "convex/server";
import { syncTables } from "./syncTables";

export default defineSchema({ ...syncTables });
