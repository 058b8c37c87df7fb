#!/usr/bin/env node
// CommonJS, as bin/package.json says: Node starts it faster than an ES module, and most runs end before anything else is loaded.
try {
  require("../dist/cli.cjs");
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  process.stderr.write("sync-gen is not built yet: run `npm run build` in its folder first.\n");
  process.exitCode = 2;
}
