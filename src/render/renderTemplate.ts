import runtime from "handlebars/runtime.js";
import { compiledTemplates } from "./compiledTemplates";
import { compileTemplate } from "./precompile";
import { sealView } from "./sealView";
import type { TemplateLibrary } from "./templateLibrary";

// Safe: the package's types say nothing of the runtime, which is the full module without the compiler.
const handlebars = runtime as unknown as Pick<typeof import("handlebars"), "template">;

type Render = (view: unknown) => string;

const renderers = new WeakMap<TemplateLibrary, Map<string, Render>>();

/**
 * The text of `templates/tables/<name>.hbs` filled with a view. Every name that the template mentions must be in the view.
 */
export function renderTemplate(library: TemplateLibrary, name: string, view: object): string {
  const ofLibrary = renderers.get(library) ?? new Map<string, Render>();
  renderers.set(library, ofLibrary);
  const render = ofLibrary.get(name) ?? loadTemplate(library, name);
  ofLibrary.set(name, render);
  // Where the templates stand as text, so may a typo; those of the package were rendered with every golden project.
  return render(compiledTemplates === null ? sealView(view) : view);
}

function loadTemplate(library: TemplateLibrary, name: string): Render {
  if (compiledTemplates === null) return compileTemplate(library.template(name));
  const specification = compiledTemplates[name];
  if (specification === undefined) throw new Error(`No template "${name}" was precompiled.`);
  // Safe: the build made it with `precompileTemplates`.
  return handlebars.template(specification as TemplateSpecification);
}
