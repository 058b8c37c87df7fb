import { defineSchema } from "convex/server";

const local = defineSchema({});
const remote = defineSchema({});
export default process.env.LOCAL ? local : remote;
