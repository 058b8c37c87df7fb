import { createHash } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { Outcome } from "../kernel/diagnostic";
import { compileConfig, type CompiledConfig } from "./compile";
import { configNames } from "./configNames";
import { evaluateConfig } from "./evaluate";
import { findJsonTypes, usesJsonTypes } from "./jsonTypes";
import type { LoadedConfig } from "./loadedConfig";
import { locateInConfig, locateObject } from "./locate";
import { Syntax } from "./syntax";

/** Which config to load. */
export interface LoadOptions {
  /** The project's root, absolute. */
  readonly root: string;
  /** The config, relative to the root; default: the first of `configNames` that is there. */
  readonly configPath?: string;
  /** A file of the config as it would be, in place of what it holds; its path as `inputs` has it. */
  readonly instead?: { readonly path: string; readonly text: string };
}

/** Reads and runs a project's config. It is compiled in memory; nothing is written. */
export async function loadConfig(options: LoadOptions): Promise<Outcome<LoadedConfig>> {
  // Resolved, because esbuild names files by their real paths.
  const root = await realpath(options.root);
  const file = await findConfig(root, options.configPath);
  if (file === undefined) return notFound(options.configPath);
  const path = relative(root, file).split(sep).join("/");
  const compiled = await compileConfig(root, file, options.instead);
  if (!compiled.ok) return compiled;
  const config = await evaluateConfig(root, path, compiled.value);
  if (!config.ok) return config;
  const { texts, imports, aliases } = compiled.value;
  // Splitting files into tokens is left until something has to be found in them.
  const syntax = new Syntax(texts, (from, specifier) => imports.get(`${from}\0${specifier}`));
  const { jsonTypes, diagnostics } = [...texts.values()].some(usesJsonTypes)
    ? findJsonTypes(config.value, syntax, path, aliases)
    : { jsonTypes: {}, diagnostics: [] };
  const loaded: LoadedConfig = {
    config: config.value,
    path,
    inputs: hashInputs(compiled.value, path),
    locate: (place) => locateInConfig(syntax, path, place),
    locateObject: (place) => locateObject(syntax, path, place),
    jsonTypes,
  };
  return { ok: true, value: loaded, diagnostics };
}

async function findConfig(
  root: string,
  configPath: string | undefined,
): Promise<string | undefined> {
  for (const name of configPath === undefined ? configNames : [configPath]) {
    const file = resolve(root, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return realpath(file);
  }
  return undefined;
}

function notFound(configPath: string | undefined): Outcome<never> {
  return {
    ok: false,
    diagnostics: [
      {
        code: "SG101",
        severity: "error",
        message:
          configPath === undefined
            ? "There is no sync.config.ts in this folder."
            : `There is no file ${configPath}.`,
        ...(configPath === undefined ? { allowed: configNames.join(", ") } : {}),
        hint: "`sync-gen init` writes one; `--config` names one elsewhere.",
      },
    ],
  };
}

function hashInputs(compiled: CompiledConfig, entry: string): LoadedConfig["inputs"] {
  const { texts, packages, readsMore } = compiled;
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  return [...texts, ...packages]
    .map(([path, text]) => ({ path, hash: readsMore && path === entry ? "" : hash(text) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
