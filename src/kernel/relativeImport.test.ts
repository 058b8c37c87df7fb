import { expect, it } from "vitest";
import { relativeImport } from "./relativeImport";

it.each([
  ["src/sync", "src/db/schema", "../db/schema"],
  ["src/db", "src/db/types", "./types"],
  ["src/db", "src/types", "../types"],
  ["src/db", "shared/types", "../../shared/types"],
  ["apps/native/src/db", "apps/native/types", "../../types"],
  ["convex", "../outside/types", "../../outside/types"],
  ["a", "a/b/c", "./b/c"],
  ["", "src/providers/OfflineProvider", "./src/providers/OfflineProvider"],
  [".", "./shared/types", "./shared/types"],
])("from %s to %s is %s", (folder, module, want) => {
  expect(relativeImport(folder, module)).toBe(want);
});
