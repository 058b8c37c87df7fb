import { SourceMap } from "node:module";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, Outcome, SourceLocation } from "../kernel/diagnostic";
import { didYouMean } from "../kernel/text";
import type { CompiledConfig } from "./compile";
import { modifierNames } from "./fields";
import { isSyncConfig, type SyncConfig } from "./defineSync";
import { runGuest } from "./guestProcess";
import { locationAt } from "./locate";
import { describe } from "./reader";
import { vocabularyNames } from "./vocabularyModule";

let runs = 0;

/** Runs a compiled config and takes its default export. Nothing touches the disk: the module is a data URL. */
export async function evaluateConfig(
  root: string,
  path: string,
  compiled: CompiledConfig,
): Promise<Outcome<SyncConfig>> {
  // Node keeps modules by URL; without the number, a config that reads other files or the environment would run only once.
  const name = `sync-gen-config-${++runs}`;
  const configUrl = pathToFileURL(resolve(root, path)).href;
  const { code } = compiled;
  // One line: places are counted from the second.
  const prelude = code.includes("__require")
    ? `import { createRequire as __syncGenRequire } from "node:module"; const require = __syncGenRequire(${JSON.stringify(configUrl)});`
    : "";
  const module = `${prelude}\n${code}\n//# sourceURL=${name}`;
  const frames = Error.stackTraceLimit;
  // The config's own line may stand below many of a library's.
  Error.stackTraceLimit = 100;
  const end = await runGuest(
    // Safe: a module's exports are an object.
    () => import(`data:text/javascript,${encodeURIComponent(module)}`) as Promise<ModuleExports>,
  );
  Error.stackTraceLimit = frames;
  const place = (error: unknown): SourceLocation | undefined =>
    findFrame(error, name, root, compiled.map);
  switch (end.kind) {
    case "done":
      return defaultExport(end.value, path, compiled.texts.get(path) ?? "");
    case "threw":
      return failed("SG104", thrownMessage(end.error), place(end.error), {
        hint: misspelling(end.error),
      });
    case "exited":
      return failed("SG108", `The config calls ${end.error.message}.`, place(end.error), {
        hint: "Throw an error instead: its message is shown, and the command fails.",
      });
    case "stalled":
      return failed(
        "SG109",
        `${path} never finishes loading: it awaits what never happens.`,
        undefined,
        { hint: "Look for a top-level await in it, and in what it imports." },
      );
  }
}

type ModuleExports = Readonly<Record<string, unknown>>;

function defaultExport(exports: ModuleExports, path: string, text: string): Outcome<SyncConfig> {
  const value = unwrap(exports["default"]);
  if (isSyncConfig(value)) return { ok: true, value, diagnostics: [] };
  if (value === undefined) {
    const named = Object.keys(exports).find((name) => isSyncConfig(exports[name]));
    return failed("SG105", `${path} has no default export.`, locationAt(path, text, 0), {
      allowed: "export default defineSync({ … })",
      hint: named && `Export ${named} as the default: export default ${named};`,
    });
  }
  const start = Math.max(0, text.search(/\bexport\s+default\b|\bmodule\s*\.\s*exports\b/));
  const message = `The default export is ${describe(value)}, not what defineSync returns.`;
  return failed("SG106", message, locationAt(path, text, start), {
    allowed: "export default defineSync({ … })",
    hint:
      typeof value === "object" && value !== null && "then" in value
        ? "Await what you need at the top level, and export the result of defineSync."
        : undefined,
  });
}

/** CommonJS that TypeScript compiled has its default export one level further in. */
function unwrap(value: unknown): unknown {
  const inner =
    typeof value === "object" && value !== null && "default" in value ? value.default : value;
  return isSyncConfig(inner) ? inner : value;
}

function failed(
  code: Diagnostic["code"],
  message: string,
  location: SourceLocation | undefined,
  more: { readonly allowed?: string; readonly hint?: string | undefined } = {},
): { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostic: Diagnostic = {
    code,
    severity: "error",
    message,
    ...(location === undefined ? {} : { location }),
    ...(more.allowed === undefined ? {} : { allowed: more.allowed }),
    ...(more.hint === undefined ? {} : { hint: more.hint }),
  };
  return { ok: false, diagnostics: [diagnostic] };
}

function thrownMessage(error: unknown): string {
  if (!(error instanceof Error)) return `The config threw ${describe(error)}.`;
  return `The config threw ${error.name}: ${error.message}`;
}

/** The usual reason why a config throws: a function of sync-gen that was misspelt, or not imported, or a modifier that was misspelt. */
function misspelling(error: unknown): string | undefined {
  const modifier =
    error instanceof TypeError && /\.(\w+) is not a function$/.exec(error.message)?.[1];
  if (modifier) return didYouMean(modifier, modifierNames);
  const name = error instanceof ReferenceError && /^(\w+) is not defined$/.exec(error.message)?.[1];
  if (!name) return undefined;
  return vocabularyNames.includes(name)
    ? `Import it: import { ${name} } from "sync-gen";`
    : didYouMean(name, vocabularyNames);
}

/** The topmost place of the stack that lies in the config. */
function findFrame(
  error: unknown,
  name: string,
  root: string,
  map: string,
): SourceLocation | undefined {
  const stack = error instanceof Error ? error.stack : undefined;
  const frame = new RegExp(`${name}:(\\d+):(\\d+)`).exec(stack ?? "");
  if (frame === null) return undefined;
  // Both count from 0 in a source map; and one line, the prelude, stands above the compiled code.
  const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0];
  const entry = new SourceMap(payload).findEntry(Number(frame[1]) - 2, Number(frame[2]) - 1);
  if (!("originalSource" in entry) || entry.originalSource === undefined) return undefined;
  const absolute = isAbsolute(entry.originalSource)
    ? entry.originalSource
    : resolve(root, entry.originalSource);
  return {
    file: relative(root, absolute).split(sep).join("/"),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}
