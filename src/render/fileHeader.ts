/**
 * The comment that every emitted file begins with: which tool wrote it, from what, how to write it again, and whose it is. Not by which version,
 * which the manifest says: a release changes the files in which it changes something.
 *
 * @param config the config's path, relative to the project's root: `sync.config.ts`
 */
export function fileHeader(config: string, ownership: "owned" | "once"): string {
  // A file name may hold anything but the end of a line, as far as a line comment is concerned.
  const source = config.replace(/[\r\n\u2028\u2029]/g, " ");
  if (ownership === "once") {
    return `// Created by sync-gen from ${source}. Yours from now on: sync-gen never\n// changes it again, and creates it anew only when it is missing.\n`;
  }
  return `${written}from ${source} (npx sync-gen generate).\n// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.\n`;
}

/** Whether a text begins as an owned file that some version of sync-gen wrote; version 0.1.0 went on with its number. */
export function hasFileHeader(text: string): boolean {
  return text.startsWith(written);
}

const written = "// Written by sync-gen ";
