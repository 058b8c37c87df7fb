import { createRequire } from "node:module";

/**
 * How every template is compiled. Text is emitted as it is, not as HTML; only `if` and `each` exist, so that whatever
 * has to be decided is decided in a view.
 */
export const templateOptions = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: {
    if: true,
    each: true,
    unless: false,
    with: false,
    log: false,
    lookup: false,
    helperMissing: false,
    blockHelperMissing: false,
  },
} as const;

/** The text of the module that replaces `compiledTemplates.ts` in the package, from the templates' texts by name. */
export function precompileTemplates(sources: Readonly<Record<string, string>>): string {
  const names = Object.keys(sources).sort();
  const entries = names.map((name) => {
    // Safe: the result is JavaScript as text, whatever the package's types call it.
    const specification = handlebars().precompile(sources[name] ?? "", templateOptions) as string;
    return `  ${JSON.stringify(name)}: ${specification},\n`;
  });
  return `export const compiledTemplates = {\n${entries.join("")}};\n`;
}

/** One template as the function that `precompileTemplates` would have made. */
export function compileTemplate(source: string): (view: unknown) => string {
  return handlebars().compile(source, templateOptions);
}

/** The compiler is no dependency of the package: it is reached only where templates stand as text. */
function handlebars(): typeof import("handlebars") {
  return createRequire(import.meta.url)("handlebars") as typeof import("handlebars");
}
