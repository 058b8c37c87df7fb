import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Message, Plugin } from "esbuild";
import { findConflict } from "../kernel/conflictMarkers";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { usesJsonTypes } from "./jsonTypes";
import { locationAt } from "./locate";
import { vocabularyModule } from "./vocabularyModule";

/** A config as one module of JavaScript, and the files that it was made of. */
export interface CompiledConfig {
  readonly code: string;
  /** Source map of `code`, as JSON; its sources are absolute or relative to the project's root. */
  readonly map: string;
  /** The texts of the config and of every file of the project that it imports, by path relative to the root. */
  readonly texts: ReadonlyMap<string, string>;
  /** The texts of the package.json of every package that it imports, by path relative to the root. */
  readonly packages: ReadonlyMap<string, string>;
  /** It may depend on more than these: on files that it reads itself, or on the environment. */
  readonly readsMore: boolean;
  /** Relative imports by file and specifier: `sync.config.ts\0./tables` → `tables.ts`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Imports by an alias of the project, where json types are written, in the same way: `sync.config.ts\0@/kinds` → `src/kinds.ts`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/**
 * Bundles a config in memory. What lies in `node_modules` stays an import; workspace packages, which are TypeScript often enough,
 * are bundled. `root` is a real path; `file` is absolute; `instead` is the text of a file as it would be.
 */
export async function compileConfig(
  root: string,
  file: string,
  instead?: { readonly path: string; readonly text: string },
): Promise<Outcome<CompiledConfig>> {
  const { build } = await import("esbuild");
  const texts = new Map<string, string>();
  const packages = new Map<string, string>();
  const imports = new Map<string, string>();
  const aliases = new Map<string, string>();
  const missing = new Set<string>();
  const builtins = new Set<string>();
  const url = pathToFileURL(file).href;
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [file],
      outfile: "sync.config.js",
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node20",
      charset: "utf8",
      sourcemap: "external",
      sourcesContent: false,
      logLevel: "silent",
      // Without esbuild's own condition "module", whose files Node cannot always import.
      conditions: [],
      define: {
        "import.meta.url": JSON.stringify(url),
        "import.meta.filename": JSON.stringify(file),
        "import.meta.dirname": JSON.stringify(dirname(file)),
        __filename: JSON.stringify(file),
        __dirname: JSON.stringify(dirname(file)),
      },
      plugins: [
        vocabularyModule,
        projectFiles(root, { texts, packages, imports, aliases, missing, builtins }, instead),
      ],
    });
    const [map, code] = [".map", ".js"].map((end) =>
      result.outputFiles.find((output) => output.path.endsWith(end)),
    );
    if (!code || !map) throw new Error("esbuild made no output");
    return {
      ok: true,
      value: {
        ...{ code: code.text, map: map.text, texts, packages, imports, aliases },
        readsMore: builtins.size > 0 || /\bprocess\.(env|argv|cwd)\b|= process\b/.test(code.text),
      },
      diagnostics: [],
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return {
      ok: false,
      diagnostics: error.errors.map((message) => toDiagnostic(message, texts, missing)),
    };
  }
}

const endings = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|json)$/;
const loaders = {
  ts: "ts",
  tsx: "tsx",
  mts: "ts",
  cts: "ts",
  js: "js",
  jsx: "jsx",
  mjs: "js",
  cjs: "js",
  json: "json",
} as const;

/** Modules of Node's that give the same answers everywhere. */
const pure = /^(node:)?(path|url|util|assert|buffer|querystring)\b/;

/** What came up while a config was bundled. */
interface Seen {
  readonly texts: Map<string, string>;
  readonly packages: Map<string, string>;
  readonly imports: Map<string, string>;
  readonly aliases: Map<string, string>;
  /** Imports that lead nowhere, by file and specifier. */
  readonly missing: Set<string>;
  /** Modules of Node's that are not `pure`. */
  readonly builtins: Set<string>;
}

/** Bundles the project's own files, remembering what it read, and leaves the rest to Node. */
function projectFiles(
  root: string,
  { texts, packages, imports, aliases, missing, builtins }: Seen,
  instead: { readonly path: string; readonly text: string } | undefined,
): Plugin {
  const inRoot = (path: string): string => relative(root, path).split(sep).join("/");
  return {
    name: "project files",
    setup(build) {
      // esbuild drops imports of types, and does not ask where they lead.
      const findAliases = async (importer: string, text: string): Promise<void> => {
        const resolveDir = dirname(importer);
        for (const [, , specifier = ""] of text.matchAll(/\bfrom\s*(["'])([^."'][^"']*)\1/g)) {
          const options = { kind: "import-statement", importer, resolveDir } as const;
          const found = await build.resolve(specifier, { ...options, pluginData: "resolved" });
          if (found.errors.length > 0 || found.external || isInPackage(found.path)) continue;
          // A package of the workspace lies outside of node_modules as well.
          if ((await readPackage(specifier, resolveDir)) !== undefined) continue;
          aliases.set(`${inRoot(importer)}\0${specifier}`, inRoot(found.path));
        }
      };
      build.onResolve({ filter: /.*/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === "resolved") return undefined;
        if (isBuiltin(args.path)) {
          if (!pure.test(args.path)) builtins.add(args.path);
          return { path: args.path, external: true };
        }
        const { kind, importer, resolveDir } = args;
        const found = await build.resolve(args.path, {
          kind,
          importer,
          resolveDir,
          pluginData: "resolved",
        });
        // esbuild's own message says where; and whether it is one, because a config may catch the error.
        if (found.errors.length > 0) missing.add(`${inRoot(importer)}\0${args.path}`);
        if (found.errors.length > 0 || found.external) return undefined;
        if (!isInPackage(found.path)) {
          imports.set(`${inRoot(importer)}\0${args.path}`, inRoot(found.path));
          return undefined;
        }
        const manifest =
          (await readPackage(args.path, resolveDir)) ?? (await readPackageOf(found.path));
        if (manifest !== undefined) packages.set(inRoot(manifest.path), manifest.text);
        const path = kind === "require-call" ? found.path : pathToFileURL(found.path).href;
        return { path, external: true };
      });
      build.onLoad({ filter: endings }, async ({ path }) => {
        const ending = endings.exec(path)?.[1] as keyof typeof loaders; // the filter is the same pattern
        const name = inRoot(path);
        const contents = name === instead?.path ? instead.text : await readFile(path, "utf8");
        texts.set(name, contents);
        if (usesJsonTypes(contents)) await findAliases(path, contents);
        return { contents, loader: loaders[ending] };
      });
    },
  };
}

function isInPackage(path: string): boolean {
  return path.split(sep).includes("node_modules");
}

interface PackageFile {
  readonly path: string;
  readonly text: string;
}

/** The package.json of an imported package, where the import finds the package: another version of it has another text there. */
async function readPackage(specifier: string, folder: string): Promise<PackageFile | undefined> {
  const name = packageName.exec(specifier)?.[0];
  if (name === undefined) return undefined;
  for (const above of foldersUp(folder)) {
    const found = await readPackageIn(join(above, "node_modules", name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The package.json of the package that a file in node_modules is of: for what is imported by an alias. */
async function readPackageOf(file: string): Promise<PackageFile | undefined> {
  const segments = file.split(sep);
  const start = segments.lastIndexOf("node_modules") + 1;
  const end = start + (segments[start]?.startsWith("@") === true ? 2 : 1);
  return await readPackageIn(segments.slice(0, end).join(sep));
}

async function readPackageIn(folder: string): Promise<PackageFile | undefined> {
  const path = join(folder, "package.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : { path, text };
}

const packageName = /^(?:@[^/]+\/)?[^./@#][^/]*/;

function foldersUp(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}

function isBuildFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function toDiagnostic(
  message: Message,
  texts: ReadonlyMap<string, string>,
  missing: ReadonlySet<string>,
): Diagnostic {
  const { location } = message;
  const file = location?.file.split(sep).join("/");
  const conflict = file === undefined ? undefined : conflictDiagnostic(file, texts.get(file));
  if (conflict !== undefined) return conflict;
  const hint = location?.suggestion || hintOf(message, missing);
  return {
    code: "SG102",
    severity: "error",
    message: `${message.text}${/[.!?]$/.test(message.text) ? "" : "."}`,
    ...(location && file !== undefined
      ? {
          location: {
            file,
            line: location.line,
            column: columnOf(location.lineText, location.column),
          },
        }
      : {}),
    ...(hint ? { hint } : {}),
  };
}

/** esbuild's own hints for imports that lead nowhere are for people who bundle. */
function hintOf({ location, notes }: Message, missing: ReadonlySet<string>): string | undefined {
  const [note] = notes;
  if (location !== null) {
    const file = location.file.split(sep).join("/");
    const end = location.column + location.length;
    const literal = Buffer.from(location.lineText).subarray(location.column, end).toString();
    const specifier = literal.slice(1, -1);
    if (missing.has(`${file}\0${specifier}`))
      return /^\.{0,2}\//.test(specifier)
        ? `Correct the path: it is relative to ${file}.`
        : "Install it, or correct its name.";
  }
  if (note?.location == null) return note?.text;
  const { file, line, lineText, column } = note.location;
  return `${note.text} ${file.split(sep).join("/")}:${line}:${columnOf(lineText, column)}`;
}

/** esbuild counts bytes from 0; editors count UTF-16 units from 1. */
function columnOf(line: string, bytes: number): number {
  return Buffer.from(line).subarray(0, bytes).toString().length + 1;
}

/** The markers that git leaves. Only looked for in a file that does not compile: in a template they may be text. */
function conflictDiagnostic(file: string, text = ""): Diagnostic | undefined {
  const offset = findConflict(text);
  if (offset === undefined) return undefined;
  return {
    code: "SG103",
    severity: "error",
    message: `${file} holds merge-conflict markers.`,
    location: locationAt(file, text, offset),
    hint: "Choose between the two sides, remove the markers, and run again.",
  };
}
