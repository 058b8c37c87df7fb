import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { Diagnostic } from "../kernel/diagnostic";
import { loadConfig } from "./load";
import type { LoadedConfig } from "./loadedConfig";

/** A project with these files in a fresh folder. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "sync-gen-config-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The config of a project with these files. */
export async function load(
  files: Readonly<Record<string, string>>,
  configPath?: string,
): Promise<LoadedConfig> {
  const outcome = await loadConfig({ root: project(files), ...(configPath ? { configPath } : {}) });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics, null, 2));
  return outcome.value;
}

/** The one reason why the config of a project with these files cannot be loaded. */
export async function failure(
  files: Readonly<Record<string, string>>,
  configPath?: string,
): Promise<Diagnostic> {
  const outcome = await loadConfig({ root: project(files), ...(configPath ? { configPath } : {}) });
  expect(outcome.ok).toBe(false);
  expect(outcome.diagnostics).toHaveLength(1);
  const [diagnostic] = outcome.diagnostics;
  if (diagnostic === undefined) throw new Error("no diagnostic");
  return diagnostic;
}

/** The two sides, for a config that is about something else. */
export const sides = `client: { store: "expo-sqlite", out: "src" }, server: { backend: "convex", out: "convex" }`;
