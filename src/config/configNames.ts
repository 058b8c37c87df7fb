/** The files that are a project's config, in the order in which they are looked for; `init` writes the first. */
export const configNames = [
  "sync.config.ts",
  "sync.config.mts",
  "sync.config.cts",
  "sync.config.js",
  "sync.config.mjs",
  "sync.config.cjs",
] as const;
