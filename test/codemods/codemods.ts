import { appJsonEdit } from "../../src/codemods/appJsonEdit";
import { appScriptEdit } from "../../src/codemods/appScriptEdit";
import { addFieldToConfig, addTableToConfig } from "../../src/codemods/configEdit";
import { convexConfigEdit } from "../../src/codemods/convexConfigEdit";
import { cronsEdit } from "../../src/codemods/cronsEdit";
import { parseFieldSpec, type FieldSpec } from "../../src/codemods/fieldSpec";
import { entryEdit, entryRemoval, mainEdit } from "../../src/codemods/entryEdit";
import { metroEdit } from "../../src/codemods/metroEdit";
import { packageJsonEdit } from "../../src/codemods/packageJsonEdit";
import {
  appRequirements,
  backendRequirements,
  knownBundledVersions,
} from "../../src/codemods/packageVersions";
import { providerEdit } from "../../src/codemods/providerEdit";
import { schemaEdit } from "../../src/codemods/schemaEdit";
import type { Outcome } from "../../src/kernel/diagnostic";
import type { EditResult, TextEdit } from "../../src/plan/plan";

/** What each folder of `cases` runs; `file` is the name of its input, for the ending. */
export const codemods: Readonly<Record<string, (file: string) => TextEdit>> = {
  appJson: () => appJsonEdit("app.json", ["expo-sqlite"]),
  appScript: (file) => appScriptEdit(ending("app.config", file), ["expo-sqlite"]),
  convexConfig: () => convexConfigEdit("convex/convex.config.ts"),
  crons: () => cronsEdit("convex/crons.ts"),
  entry: (file) => entryEdit({ path: ending("index", file), module: backgroundSync }),
  entryRemoval: (file) => entryRemoval({ path: ending("index", file), module: backgroundSync }),
  entryRouter: (file) =>
    entryEdit({ path: ending("index", file), module: backgroundSync }, "expo-router/entry"),
  main: () => mainEdit("package.json", "index.ts"),
  metro: () => metroEdit("metro.config.js"),
  packageJsonApp: () =>
    packageJsonEdit("package.json", appRequirements(knownBundledVersions("~57.0.0"))),
  packageJsonBackend: () => packageJsonEdit("packages/backend/package.json", backendRequirements),
  providerWithConvex: (file) =>
    providerEdit({
      path: ending("App", file),
      importFrom: "./src/providers/OfflineProvider",
      withConvex: true,
    }),
  provider: (file) =>
    providerEdit({
      path: ending("App", file),
      importFrom: "./src/providers/OfflineProvider",
      withConvex: false,
    }),
  schema: (file) => schemaEdit(ending("convex/schema", file)),
  addTable: configEdit((path, text) =>
    addTableToConfig(path, text, {
      name: "notes",
      policy: "mobile-wins",
      scope: null,
      operations: ["create", "update"],
      by: null,
      merge: null,
      uniqueBy: [],
      fields: [
        field("title:text"),
        field("priority:choice(low,high)=low"),
        field("tags:json(string[])=[]"),
      ],
    }),
  ),
  addField: configEdit((path, text) =>
    addFieldToConfig(path, text, "tasks", field("dueAt:timestamp?")),
  ),
};

const backgroundSync = "src/providers/backgroundSync";

function ending(stem: string, file: string): string {
  return stem + file.slice(file.indexOf("."));
}

/** As the commands use it: what is there already is no change. */
function configEdit(
  edit: (path: string, text: string) => Outcome<EditResult>,
): (file: string) => TextEdit {
  return (file) => (text) => {
    const outcome = edit(ending("sync.config", file), text ?? "");
    return outcome.ok ? outcome.value : { kind: "unchanged" };
  };
}

function field(text: string): FieldSpec {
  const parsed = parseFieldSpec(text);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value;
}
