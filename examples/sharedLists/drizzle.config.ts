// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

/**
 * For drizzle-kit's own commands, such as `npx drizzle-kit generate --custom` and
 * `check`. The migrations of the schema are made by sync-gen, and `migrations.ts`
 * lists them all: with `driver: "expo"` drizzle-kit would put a list of its own,
 * `migrations.js`, beside it.
 */
export default {
  dialect: "sqlite",
  schema: "./src/db/schema.ts",
  out: "./src/db/migrations",
};
