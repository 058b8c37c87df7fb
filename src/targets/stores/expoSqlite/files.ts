import { renderTemplate } from "../../../render/renderTemplate";
import { copiedFiles, relativeImports, resolveImport } from "../../copiedFiles";
import type { EmittedFile, TargetInput } from "../../target";
import { registryView } from "./registryView";
import { schemaView } from "./schemaView";

/** Files that apps import, though nothing emitted does. */
const publicFiles = ["db/client", "db/syncTables"];

/** Every file of the device side: what names a table is rendered, and what it needs of the engine is copied. */
export function expoSqliteFiles(input: TargetInput): readonly EmittedFile[] {
  const { library, model } = input;
  const out = model.client.out;
  const render = (
    name: string,
    template: string,
    view: object,
    ownership: EmittedFile["ownership"] = "owned",
  ): EmittedFile => ({
    path: `${out}/${name}`,
    text: renderTemplate(library, `expoSqlite/${template}`, view),
    ownership,
  });
  const rendered = [
    render("db/schema.ts", "schema.ts", schemaView(input)),
    render("sync/TableRegistry.ts", "TableRegistry.ts", registryView(input)),
  ];
  const own = new Set(rendered.map((file) => file.path.replace(/\.tsx?$/, "")));
  const migrations = `${out}/db/migrations/`;
  const roots = rendered
    .flatMap((file) => relativeImports(file.text).map((target) => resolveImport(file.path, target)))
    .filter(
      (module) =>
        module.startsWith(`${out}/`) && !module.startsWith(migrations) && !own.has(module),
    )
    .map((module) => module.slice(out.length + 1));
  return [
    ...rendered,
    ...copiedFiles({ library, out, roots: [...publicFiles, ...roots], sourceOf }),
  ];
}

/** The shared code has one source, and a copy below each side's engine. */
function sourceOf(path: string): string {
  const shared = "sync/shared/";
  return path.startsWith(shared) ? `shared/${path.slice(shared.length)}` : `client/${path}`;
}
