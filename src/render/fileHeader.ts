/** Who writes a file, and from what. */
export interface Origin {
  /** sync-gen's version. */
  readonly version: string;
  /** The config's path, relative to the project's root: `sync.config.ts`. */
  readonly config: string;
}

/**
 * The comment that every emitted file begins with: which tool and version wrote it, from what, how to write it again, and
 * whose it is.
 */
export function fileHeader(origin: Origin, ownership: "owned" | "once"): string {
  const { version } = origin;
  // A file name may hold anything but the end of a line, as far as a line comment is concerned.
  const config = origin.config.replace(/[\r\n\u2028\u2029]/g, " ");
  if (ownership === "once") {
    return `// Created by sync-gen ${version} from ${config}. Yours from now on: sync-gen never\n// changes it again, and creates it anew only when it is missing.\n`;
  }
  return `${written}${version} from ${config} (npx sync-gen generate).\n// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.\n`;
}

/** Whether a text begins as an owned file that some version of sync-gen wrote. */
export function hasFileHeader(text: string): boolean {
  return text.startsWith(written);
}

const written = "// Written by sync-gen ";
