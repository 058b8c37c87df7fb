import { defineSchema } from "convex/server";
import { tables } from "./tables";
import { syncTables } from "./syncTables";

export default defineSchema({ ...syncTables, ...tables }, { strictTableNameTypes: false });
