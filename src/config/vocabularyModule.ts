import type { Plugin } from "esbuild";
import { defineSync } from "./defineSync";
import { boolean, choice, integer, json, real, reference, text, timestamp } from "./fields";
import { table } from "./table";

/** What a config can import from `sync-gen`; types are gone by then. */
const vocabulary = {
  boolean,
  choice,
  defineSync,
  integer,
  json,
  real,
  reference,
  table,
  text,
  timestamp,
};

/** Their names. */
export const vocabularyNames: readonly string[] = Object.keys(vocabulary);

const key = "sync-gen.vocabulary";

/**
 * Answers `import … from "sync-gen"` with the very functions of this process: a config runs without sync-gen being installed beside it,
 * and never with another version's builders.
 */
export const vocabularyModule: Plugin = {
  name: "sync-gen",
  setup(build) {
    // The config is a module of its own and shares nothing with this one but the global object.
    Object.defineProperty(globalThis, Symbol.for(key), { value: vocabulary, configurable: true });
    build.onResolve({ filter: /^sync-gen$/ }, ({ path }) => ({ path, namespace: "sync-gen" }));
    build.onLoad({ filter: /.*/, namespace: "sync-gen" }, () => ({ contents, loader: "js" }));
  },
};

const contents = [
  `const vocabulary = globalThis[Symbol.for(${JSON.stringify(key)})];`,
  ...vocabularyNames.map((name) => `export const ${name} = vocabulary.${name};`),
].join("\n");
