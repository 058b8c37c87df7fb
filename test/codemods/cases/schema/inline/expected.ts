import { defineSchema } from "convex/server";
import { users } from "./users";
import { syncTables } from "./syncTables";

export default defineSchema({ ...syncTables, users });
