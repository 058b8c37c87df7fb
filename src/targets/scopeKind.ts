import type { Model } from "../model/model";
import { stringLiteral } from "../render/literals";
import { renderTemplate } from "../render/renderTemplate";
import type { TemplateLibrary } from "../render/templateLibrary";
import { typeDeclaration } from "../render/typeText";
import { scopeNames } from "./tableRules";
import type { EmittedFile } from "./target";

/** The type of the project's scopes, for a side's copy of the shared code below `folder`; nothing where no table has one. */
export function scopeKindFiles(
  library: TemplateLibrary,
  model: Pick<Model, "tables">,
  folder: string,
): readonly EmittedFile[] {
  const names = [...scopeNames(model)].sort();
  if (names.length === 0) return [];
  const declaration = typeDeclaration(`type ScopeKind = ${names.map(stringLiteral).join(" | ")};`);
  return [
    {
      path: `${folder}/scopeKind.ts`,
      text: renderTemplate(library, "shared/scopeKind.ts", { declaration }),
      ownership: "owned",
    },
  ];
}
