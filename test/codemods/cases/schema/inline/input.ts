import { defineSchema } from "convex/server";
import { users } from "./users";

export default defineSchema({ users });
