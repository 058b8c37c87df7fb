import { defineSchema } from "convex/server";
import { makeTables } from "./tables";

export default defineSchema(makeTables("eu"));
