import { describe, expect, it } from "vitest";
import { defineSync, type SyncConfig } from "../config/defineSync";
import { json, text } from "../config/fields";
import { table } from "../config/table";
import { Pieces } from "../render/pieces";
import { packageLibrary } from "../render/templateLibrary";
import { modelOf } from "../../test/golden/modelOf";
import { relativeImports, resolveImport } from "./copiedFiles";
import { backends, stores } from "./registry";

interface Given {
  readonly out?: string;
  readonly serverOut?: string;
  readonly api?: string;
  readonly merge?: string;
}

function projectOf({ out = "src", serverOut = "convex", api, merge }: Given): SyncConfig {
  const fields = { body: text(), place: json().optional() };
  return defineSync({
    client: { store: "expo-sqlite", out, ...(api === undefined ? {} : { api }) },
    server: { backend: "convex", out: serverOut },
    tables: {
      docs:
        merge === undefined
          ? table({ policy: "mobile-wins", fields })
          : table({ policy: "custom", merge: { path: merge, export: "mergeDocs" }, fields }),
    },
  });
}

/** Modules of emitted imports that no emitted file and no migration answers: they are the user's. */
function foreignModules(given: Given, typesFrom?: string): readonly string[] {
  const imports = typesFrom === undefined ? [] : [{ name: "Geo", from: typesFrom }];
  const jsonTypes = { "docs.place": { type: "Geo", declarations: [], imports } };
  const model = modelOf(projectOf(given), typesFrom === undefined ? {} : jsonTypes);
  const input = { model, upgrades: [], library: packageLibrary(), pieces: new Pieces() };
  const files = [...stores["expo-sqlite"].files(input), ...backends.convex.files(input)];
  const emitted = new Set(files.map(({ path }) => path.replace(/\.tsx?$/, "")));
  const imported = files.flatMap(({ path, text }) =>
    relativeImports(text).map((target) => resolveImport(path, target)),
  );
  const expected = /\/_generated\/(?:api|server|dataModel)$|^src\/db\/migrations\/migrations$/;
  return [...new Set(imported)]
    .filter((module) => !emitted.has(module) && !expected.test(module))
    .sort();
}

describe("modules of the user's below the folders of emitted code", () => {
  it("are none where the config names none", () => {
    expect(foreignModules({})).toEqual([]);
  });

  it.each(["src/types/geo", "src/db/geo", "convex/geo", "convex/syncEngine/geo"])(
    "types of json fields come from %s",
    (module) => {
      expect(foreignModules({}, `./${module}`)).toEqual([module]);
    },
  );

  it.each(["src/merge/docs", "src/sync/docs", "convex/merge/docs", "convex/syncEngine/docs"])(
    "a merge function comes from %s",
    (module) => {
      expect(foreignModules({ merge: `./${module}.ts` })).toEqual([module]);
    },
  );

  it("the Convex api comes from there", () => {
    expect(foreignModules({ api: "./src/api" })).toEqual(["src/api"]);
  });

  it.each(["src/convex", "src/backend/convex"])(
    "are the Convex functions themselves: %s",
    (serverOut) => {
      expect(foreignModules({ serverOut })).toEqual([]);
    },
  );
});
