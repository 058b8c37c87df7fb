import { dirname } from "node:path/posix";
import { relativeImport } from "../kernel/relativeImport";
import type { JsonType } from "../model/model";
import { typeDeclaration } from "../render/typeText";
import { importStatement, type ImportedName } from "../render/imports";

/** Imports of the modules that json types name, as seen from the file `from`. */
export function jsonImports(types: readonly JsonType[], from: string): readonly string[] {
  const byModule = new Map<string, ImportedName[]>();
  for (const { name, from: module } of types.flatMap((type) => type.imports)) {
    const path = isPath(module)
      ? relativeImport(dirname(from), module.replace(/\.[cm]?tsx?$/, ""))
      : module;
    byModule.set(path, [...(byModule.get(path) ?? []), { name, type: true }]);
  }
  return [...byModule]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([path, names]) => importStatement(path, names));
}

/** Types that the json fields need, as the config declares them; each once, and for the app to use. */
export function jsonDeclarations(types: readonly JsonType[]): readonly string[] {
  return [...new Set(types.flatMap((type) => type.declarations))].map(typeDeclaration);
}

function isPath(module: string): boolean {
  return /^\.{1,2}\//.test(module);
}
