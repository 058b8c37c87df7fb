import { describe, expect, it } from "vitest";
import { modelOf } from "../../../../test/golden/modelOf";
import { defineSync } from "../../../config/defineSync";
import { text } from "../../../config/fields";
import { table } from "../../../config/table";
import { Pieces } from "../../../render/pieces";
import { packageLibrary } from "../../../render/templateLibrary";
import { expoSqliteFiles } from "./files";

/** What the engine has for rows that several people share, and no other project needs. */
const partsOfScopes = [
  "src/hooks/useScopes.ts",
  "src/sync/countAgain.ts",
  "src/sync/liveScopes.ts",
  "src/sync/scopes.ts",
  "src/sync/shared/scopeId.ts",
  "src/sync/shared/scopeKind.ts",
];

function filesOf(scope: { readonly scope?: string }): ReadonlyMap<string, string> {
  const config = defineSync({
    client: { store: "expo-sqlite", out: "src" },
    server: { backend: "convex", out: "convex" },
    tables: { notes: table({ ...scope, policy: "last-write-wins", fields: { title: text() } }) },
  });
  const model = modelOf(config);
  const input = { model, upgrades: [], library: packageLibrary(), pieces: new Pieces() };
  return new Map(expoSqliteFiles(input).map((file) => [file.path, file.text]));
}

describe("what the engine has for scopes", () => {
  it("is in no project without one", () => {
    const files = filesOf({});
    expect(partsOfScopes.filter((path) => files.has(path))).toEqual([]);
    expect(files.get("src/sync/TableRegistry.ts")).toContain("scopes: null,");
  });

  it("is all that a project gets with its first one: the rest of the engine stays as it is", () => {
    const [without, withScope] = [filesOf({}), filesOf({ scope: "workspace" })];
    const added = [...withScope.keys()].filter((path) => !without.has(path));
    expect(added.sort()).toEqual(partsOfScopes);
    const changed = [...without].filter(([path, text]) => withScope.get(path) !== text);
    expect(changed.map(([path]) => path).sort()).toEqual([
      "src/db/schema.ts",
      "src/sync/TableRegistry.ts",
    ]);
  });
});
