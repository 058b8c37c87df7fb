// Builds dist: the command line and the library as bundles, and the library's types.
//   node .config/build.mjs            everything
//   node .config/build.mjs --code     without the types, for tests
//   node .config/build.mjs --out X    into another folder
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the package depends on stays outside of the bundles; the rest (yargs, the prompts, handlebars' runtime) is bundled. */
const external = ["esbuild", "prettier", "ts-morph", "typescript"];

/** Bundles the command line and the library into a folder. */
export async function buildCode(out) {
  const render = await importSource("src/render/precompile.ts");
  const library = await importSource("src/render/templateLibrary.ts");
  const source = await importSource("src/builtFrom.ts");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const hashOf = (folder) => source.hashSources(pathToFileURL(join(root, folder)));
  const templates = hashOf("templates/");
  const compiled = render.precompileTemplates(library.readTemplates(join(root, "templates")));
  const shared = {
    absWorkingDir: root,
    outdir: out,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // The ES module of a package where it has one: jsonc-parser's other one cannot be bundled.
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "external",
    external: external.flatMap((name) => [name, `${name}/*`]),
    define: {
      SYNC_GEN_BUILD: JSON.stringify({ version, templates, build: hashOf("src/") + templates }),
    },
  };
  await build({
    ...shared,
    entryPoints: { main: "src/cli/main.ts", index: "src/index.ts" },
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    // What is bundled may be CommonJS inside; an ES module has no `require` of its own.
    banner: {
      js: 'import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);',
    },
    plugins: [plainStringWidth, precompiledTemplates(compiled), requiredPackages],
  });
  // `generate` and `check` where something changed: one CommonJS file, without the parser.
  await build({
    ...shared,
    entryPoints: { generate: "src/cli/plainRun.ts" },
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    define: { ...shared.define, "import.meta.url": "$url" },
    banner: { js: 'const $url = require("node:url").pathToFileURL(__filename).href;' },
    plugins: [precompiledTemplates(compiled), requiredPackages],
  });
  // What starts every time is one CommonJS file without anything that it does not need: each file more costs milliseconds.
  await build({
    ...shared,
    entryPoints: { cli: "src/cli/cli.ts" },
    outExtension: { ".js": ".cjs" },
    // Only a run from source asks where it stands.
    define: { ...shared.define, "import.meta.url": JSON.stringify("file:///") },
    format: "cjs",
    plugins: [outsideOfCli],
  });
  // Node 20.19 and later can require an ES module; the types differ, which is why CommonJS has an entry of its own.
  await writeFile(join(out, "index.cjs"), 'module.exports = require("./index.js");\n');
}

/** yargs measures every cell of its help by segmenting graphemes, which takes longer than all the rest; ours has letters only. */
const plainStringWidth = {
  name: "plain string width",
  setup(bundle) {
    bundle.onResolve({ filter: /^string-width$/ }, () => ({
      path: "string-width",
      namespace: "plain",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "plain" }, () => ({
      contents: "export default (text) => text.replace(/\\u001b\\[[0-9;]*m/g, '').length;",
      loader: "js",
    }));
  },
};

function precompiledTemplates(compiled) {
  return {
    name: "precompiled templates",
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/]src[\\/]render[\\/]compiledTemplates\.ts$/ }, () => ({
        contents: compiled,
        loader: "js",
      }));
    },
  };
}

/** `import` reads all of a CommonJS package for the names that it exports; `require` does not. */
const requiredPackages = {
  name: "required packages",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]src[\\/]config[\\/]compile\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        'await import("esbuild")',
        'require("esbuild")',
      ),
      loader: "ts",
    }));
  },
};

/** The two files that the command line loads when it needs them. */
const outsideOfCli = {
  name: "outside of cli",
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\/main$/ }, () => ({ path: "./main.js", external: true }));
    bundle.onLoad({ filter: /[\\/]src[\\/]cli[\\/]loadPlainRun\.ts$/ }, () => ({
      contents: 'export const loadPlainRun = () => require("./generate.cjs");',
      loader: "js",
    }));
    bundle.onResolve({ filter: /^\.\/generate\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes the declarations that the library's entry reaches, for ES modules and for CommonJS. */
export async function buildTypes(out) {
  // A third of the time of an import: Node need not look for the names that it exports.
  const ts = createRequire(import.meta.url)("typescript");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const entry = join(root, "src/index.ts");
  const program = ts.createProgram([entry], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    rootDir: root,
    outDir: root,
  });
  const texts = new Map();
  program.emit(
    undefined,
    (path, text) => texts.set(relative(root, path).split(sep).join("/"), text),
    undefined,
    true,
  );

  const waiting = ["src/index.d.ts"];
  const seen = new Set();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = texts.get(path);
    if (text === undefined) throw new Error(`No declarations for ${path}.`);
    if (!path.startsWith("src/")) throw new Error(`The library's types reach out of src: ${path}.`);
    for (const target of relativeImports(text))
      waiting.push(`${posix.join(posix.dirname(path), target)}.d.ts`);
    for (const [module, types] of [
      ["js", "d.ts"],
      ["cjs", "d.cts"],
    ]) {
      const file = join(out, path.replace(/^src\//, "").replace(/\.d\.ts$/, `.${types}`));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        text.replace(
          relativeImport,
          (found, before, target, after) => `${before}${target}.${module}${after}`,
        ),
      );
    }
  }
}

const relativeImport = /(\b(?:from|import)\s*\(?\s*")(\.[^"]*)(")/g;

function relativeImports(text) {
  return [...text.matchAll(relativeImport)].map((found) => found[2]);
}

/** A module of src, for use here: bundled into node_modules, so that what it requires is found. */
async function importSource(path) {
  const folder = join(root, "node_modules/.cache/sync-gen");
  const file = join(
    folder,
    `${createHash("sha256").update(path).digest("hex").slice(0, 12)}-${process.pid}.mjs`,
  );
  // Below `root` in a folder of its own, so that `import.meta.url` of the source means the same.
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file);
  }
}

async function main() {
  const { values } = parseArgs({ options: { code: { type: "boolean" }, out: { type: "string" } } });
  const out = resolve(root, values.out ?? "dist");
  await mkdir(dirname(out), { recursive: true });
  // Built beside and moved into place: a program that starts meanwhile finds the old dist or the new one.
  const fresh = `${out}-${process.pid}`;
  await mkdir(fresh);
  try {
    await buildCode(fresh);
    if (values.code !== true) await buildTypes(fresh);
    const old = `${fresh}-old`;
    if (existsSync(out)) await rename(out, old);
    await rename(fresh, out);
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main();
