import { generateSQLiteDrizzleJson } from "drizzle-kit/api";
import { expect, it } from "vitest";
import { fingerprint } from "../../src/migrate/fingerprint";
import {
  loadSystemTables,
  systemTableFingerprints,
} from "../../src/targets/stores/expoSqlite/systemTables";

it("knows the engine's tables as they are declared", async () => {
  const snapshot = await generateSQLiteDrizzleJson(await loadSystemTables());

  const declared = Object.values(snapshot.tables).map((table) => [
    table.name,
    fingerprint(JSON.stringify(table)).slice(0, 16),
  ]);

  // After a change of syncTables.ts: copy the printed values to systemTables.ts.
  expect(systemTableFingerprints).toEqual(Object.fromEntries(declared));
});
