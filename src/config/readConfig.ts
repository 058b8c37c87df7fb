import type { Diagnostic } from "../kernel/diagnostic";
import { Unbuilt } from "./defineSync";
import { Problems, type ConfigPath } from "./problems";
import {
  describe,
  isPlainObject,
  readObject,
  readFlag,
  readOneOf,
  readRequiredText,
  readText,
  readWholeNumber,
  reportMissing,
  reportType,
} from "./reader";
import { readBackground } from "./readBackground";
import { readRateLimit } from "./readRateLimit";
import { readTable } from "./readTable";
import type { ConfigShape, TableShape } from "./shape";
import { backendIds, storeIds } from "./vocabulary";

/**
 * Reads what `defineSync` returned. Whatever has the wrong shape is reported and then read as if it were not there (or as its
 * default), so that the checks of the model can go on with the rest and everything is reported together.
 */
export function readConfig(config: unknown): {
  readonly shape: ConfigShape;
  readonly diagnostics: readonly Diagnostic[];
} {
  const problems = new Problems();
  const members = isPlainObject(config) ? config : {};
  const root = { path: [], members, problems };
  readObject(config, [], problems, ["client", "server", "tables"]);
  for (const side of ["client", "server"] as const) {
    if (members[side] === undefined) reportMissing(root, side, sideExamples[side]);
  }
  if (members["tables"] === undefined) reportMissing(root, "tables", "{ tasks: table({ … }) }");
  const shape = {
    client: readClient(members["client"], problems),
    server: readServer(members["server"], problems),
    tables: readTables(members["tables"], problems),
  };
  return { shape, diagnostics: problems.list };
}

const sideExamples = {
  client: '{ store: "expo-sqlite", out: "src" }',
  server: '{ backend: "convex", out: "convex" }',
} as const;

function readClient(value: unknown, problems: Problems): ConfigShape["client"] {
  const reader =
    value === undefined
      ? null
      : readObject(value, ["client"], problems, ["store", "out", "api", "background"]);
  if (reader === null) return { store: "expo-sqlite", out: "", api: null, background: null };
  if (reader.members["store"] === undefined) reportMissing(reader, "store", '"expo-sqlite"');
  return {
    store: readOneOf(reader, "store", storeIds) ?? "expo-sqlite",
    out: readRequiredText(reader, "out", 'a folder of the project: "apps/native/src"') ?? "",
    api: readText(reader, "api"),
    background: readBackground(reader, problems),
  };
}

function readServer(value: unknown, problems: Problems): ConfigShape["server"] {
  const known = ["backend", "out", "retentionDays", "accepts", "tests", "rateLimit"];
  const reader = value === undefined ? null : readObject(value, ["server"], problems, known);
  if (reader === null)
    return {
      backend: "convex",
      out: "",
      retentionDays: 90,
      accepts: 20,
      tests: false,
      rateLimit: null,
    };
  if (reader.members["backend"] === undefined) reportMissing(reader, "backend", '"convex"');
  return {
    backend: readOneOf(reader, "backend", backendIds) ?? "convex",
    out:
      readRequiredText(reader, "out", 'a folder of the project: "packages/backend/convex"') ?? "",
    retentionDays: readWholeNumber(reader, "retentionDays", { least: 1, most: 3650, fallback: 90 }),
    accepts: readWholeNumber(reader, "accepts", { least: 0, most: 100, fallback: 20 }),
    tests: readFlag(reader, "tests") ?? false,
    rateLimit: readRateLimit(reader, problems),
  };
}

function readTables(value: unknown, problems: Problems): readonly TableShape[] {
  if (value === undefined) return [];
  if (!isPlainObject(value)) {
    reportType(value, ["tables"], problems, "an object of tables");
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]) => {
    const path = ["tables", name];
    if (!(entry instanceof Unbuilt)) return readTable(name, entry, path, problems) ?? [];
    reportUnbuiltTable(entry.value, path, problems);
    return [];
  });
}

function reportUnbuiltTable(value: unknown, path: ConfigPath, problems: Problems): void {
  const hint = isPlainObject(value) ? "Wrap the object: table({ … })." : undefined;
  problems.add("SG114", path, `The table is ${describe(value)}, not made by table().`, {
    allowed: 'table({ policy: "…", fields: { … } })',
    hint,
  });
}
