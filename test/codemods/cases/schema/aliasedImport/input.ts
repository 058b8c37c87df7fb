import { defineSchema as schema } from "convex/server";

export default schema({ users });
