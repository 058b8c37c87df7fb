/**
 * The templates as functions, by path below `templates/tables`. `null` here, where they are compiled when first used; the
 * build puts what `precompileTemplates` makes in place of this module, so that the package runs without the compiler.
 */
export const compiledTemplates: Readonly<Record<string, unknown>> | null = null;
