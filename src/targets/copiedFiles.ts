import type { TemplateLibrary } from "../render/templateLibrary";
import type { EmittedFile } from "./target";

/** Which engine files a target copies, and where they stand. */
export interface CopyOptions {
  readonly library: TemplateLibrary;
  /** The folder that the files go to, relative to the project's root. */
  readonly out: string;
  /** Where a file below `out` stands below `templates`. */
  readonly sourceOf: (path: string) => string;
  /** Files that are made for the project: what they import of the engine is copied. */
  readonly rendered: readonly EmittedFile[];
  /** Files below `out`, without their extension, that are copied though nothing rendered imports them. */
  readonly roots: readonly string[];
}

/** Endings that one module may have several files with: Metro picks the platform's. */
const endings = [".ts", ".tsx", ".web.ts", ".web.tsx", ".native.ts", ".native.tsx"] as const;

/**
 * The engine's files that the rendered ones and the roots need, with everything that these import, but for what is rendered: no emitted
 * import leads nowhere, and nothing is emitted that nobody needs. Throws where a file is missing: the roster and the templates disagree.
 */
export function copiedFiles(options: CopyOptions): readonly EmittedFile[] {
  const { out } = options;
  const files = new Map<string, EmittedFile>();
  const seen = new Set(options.rendered.map(({ path }) => moduleBelow(out, path)));
  const waiting = [...options.roots, ...engineImports(options)];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    const variants = findVariants(options, module);
    if (variants.length === 0) throw new Error(`No template for ${module}.`);
    for (const { path, text } of variants) {
      files.set(path, { path: `${out}/${path}`, text, ownership: "owned" });
      waiting.push(...relativeImports(text).map((target) => resolveImport(path, target)));
    }
  }
  return [...files.values()];
}

/**
 * What rendered files import of the engine. The library knows, the folder does not: json types, merge functions, Convex's `api` and the
 * functions themselves are the user's modules, and may stand below `out` as well.
 */
function engineImports(options: CopyOptions): readonly string[] {
  const { out, rendered } = options;
  return rendered
    .flatMap((file) => relativeImports(file.text).map((target) => resolveImport(file.path, target)))
    .filter((module) => module.startsWith(`${out}/`))
    .map((module) => module.slice(out.length + 1))
    .filter((module) => findVariants(options, module).length > 0);
}

/** `sync/a` for `src/sync/a.ts`. */
function moduleBelow(out: string, path: string): string {
  return path.slice(out.length + 1).replace(/\.tsx?$/, "");
}

function findVariants(
  { library, sourceOf }: CopyOptions,
  module: string,
): readonly { readonly path: string; readonly text: string }[] {
  return endings.flatMap((ending) => {
    const text = library.copied(sourceOf(`${module}${ending}`));
    return text === undefined ? [] : [{ path: `${module}${ending}`, text }];
  });
}

/** Paths of the modules that a TypeScript file of ours imports or exports from, as far as they are relative. */
export function relativeImports(text: string): readonly string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]*)"/g);
  return [...found].flatMap((match) => match[1] ?? []);
}

/** `sync/shared/merge` for `./shared/merge` in `sync/SyncPush.ts`. */
export function resolveImport(from: string, target: string): string {
  const path = from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return path.join("/");
}
