import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    globalSetup: ["test/e2e/setup.ts"],
    server: { deps: { inline: ["convex-test"] } },
    // One file at a time, and what they share is loaded once: the browser needs both cores.
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
    // For slow machines: waiting ends with what is waited for.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
  },
});
