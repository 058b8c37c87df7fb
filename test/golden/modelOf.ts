import type { SyncConfig } from "../../src/config/defineSync";
import type { JsonType } from "../../src/config/vocabulary";
import { buildModel } from "../../src/model/buildModel";
import type { Model } from "../../src/model/model";

/** The model of a config that is written in a test. `jsonTypes` stands for what is read from a config's text. */
export function modelOf(
  config: SyncConfig,
  jsonTypes: Readonly<Record<string, JsonType>> = {},
): Model {
  const built = buildModel(
    {
      config,
      path: "sync.config.ts",
      inputs: [],
      locate: () => undefined,
      locateObject: () => undefined,
      jsonTypes,
    },
    { apiImport: null, appFolder: null, exists: () => true },
  );
  if (!built.ok) throw new Error(JSON.stringify(built.diagnostics, null, 2));
  const hasConflicts = built.value.tables.some(({ policy }) => policy.name === "manual");
  return { ...built.value, schemaVersion: 1, hasConflicts };
}
