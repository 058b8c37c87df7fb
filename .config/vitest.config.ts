import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: {
    alias: {
      "react-native": "react-native-web",
      "expo-background-task": `${root}test/standins/expoBackgroundTask.ts`,
      "expo-sqlite": `${root}test/standins/expoSqlite.ts`,
      "expo-task-manager": `${root}test/standins/expoTaskManager.ts`,
      "@react-native-community/netinfo": `${root}test/standins/netinfo.ts`,
    },
  },
  test: {
    include: [
      "src/**/*.test.{ts,tsx}",
      "templates/**/*.test.{ts,tsx}",
      "test/**/*.test.{ts,tsx}",
      "examples/*/test/**/*.test.{ts,tsx}",
    ],
    exclude: [
      "**/node_modules/**",
      "templates/client/sync/shared/**",
      "templates/server/convex/syncEngine/shared/**",
      "test/server/fixture/**",
      "test/golden/cases/**",
      "test/codemods/cases/**",
    ],
    server: { deps: { inline: ["convex-test", "drizzle-orm", "react-native-web"] } },
    testTimeout: 30_000,
    coverage: {
      // What decides over users' data, on both sides: no line and no branch of it without a test.
      include: ["templates/shared/**", "templates/client/sync/**"],
      exclude: ["**/*.test.ts"],
      reportsDirectory: `${root}node_modules/.cache/coverage`,
      reporter: [["text", { skipFull: true }]],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
