import { expect } from "vitest";
import { defineSync } from "../config/defineSync";
import * as fields from "../config/fields";
import type { LoadedConfig } from "../config/loadedConfig";
import { table } from "../config/table";
import type { Diagnostic } from "../kernel/diagnostic";
import { buildModel } from "./buildModel";
import type { ModelDraft } from "./model";

/** JavaScript configs say what TypeScript would refuse. */
export type Anything = any;
/** `table` and the field functions without their types. */
export const anyTable: (options: Anything) => Anything = table as Anything;
/** The builders of fields, whose types do not keep tests from mistakes. */
export const anyField = fields as Anything;

/** The device side of a config in a monorepo. */
export const client = { store: "expo-sqlite", out: "apps/native/src" } as const;
/** The server side of a config in a monorepo. */
export const server = { backend: "convex", out: "packages/backend/convex" } as const;

/** Builds a model of `defineSync(config)`, with the two sides filled in. */
export function build(
  config: Anything,
  apiImport: string | null = null,
  jsonTypes: LoadedConfig["jsonTypes"] = {},
) {
  const loaded: LoadedConfig = {
    config: defineSync({ client, server, ...config }),
    path: "sync.config.ts",
    inputs: [],
    locate: () => undefined,
    locateObject: () => undefined,
    jsonTypes,
  };
  // A project that has every file but those that a test calls missing.
  const exists = (path: string): boolean => !path.includes("missing");
  return buildModel(loaded, { apiImport, appFolder: null, exists });
}

/** The model of a config that has nothing wrong with it. */
export function model(config: Anything, apiImport: string | null = null): ModelDraft {
  const outcome = build(config, apiImport);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics, null, 2));
  return outcome.value;
}

/** Code and path of everything that is reported: `SG203 tables.tasks.fields.project`. */
export function reports(config: Anything): readonly string[] {
  return build(config).diagnostics.map(({ code, path }) => `${code} ${(path ?? []).join(".")}`);
}

/** The one thing that is reported. */
export function only(config: Anything): Diagnostic {
  const { diagnostics } = build(config);
  expect(diagnostics).toHaveLength(1);
  const [diagnostic] = diagnostics;
  if (diagnostic === undefined) throw new Error("nothing reported");
  return diagnostic;
}

/** A config with the one table `tasks`. */
export function tasks(options: Anything): Anything {
  return {
    tables: {
      tasks: anyTable({ policy: "mobile-wins", fields: { title: fields.text() }, ...options }),
    },
  };
}

/** A config with the one table `tasks` and these fields. */
export function withFields(entries: Anything, options: Anything = {}): Anything {
  return tasks({ ...options, fields: entries });
}
