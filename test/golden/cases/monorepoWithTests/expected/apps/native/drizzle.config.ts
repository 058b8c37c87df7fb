// Created by sync-gen 0.1.0 from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

/**
 * For drizzle-kit's own commands, such as `npx drizzle-kit studio` and `check`.
 * The migrations themselves are made by sync-gen.
 */
export default {
  dialect: "sqlite",
  driver: "expo",
  schema: "./src/db/schema.ts",
  out: "./src/db/migrations",
};
