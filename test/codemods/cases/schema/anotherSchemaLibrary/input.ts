import { defineEnt, defineEntSchema } from "convex-ents";

const schema = defineEntSchema({ users: defineEnt({}) });
export default schema;
