import { defineSchema } from "convex/server";
import { makeTables } from "./tables";
import { syncTables } from "./syncTables";

export default defineSchema({ ...syncTables, ...makeTables("eu") });
