import { defineSchema as schema } from "convex/server";
import { syncTables } from "./syncTables";

export default schema({ ...syncTables, users });
