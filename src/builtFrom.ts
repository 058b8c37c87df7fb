import { readdirSync, readFileSync } from "node:fs";
import { combinedHash } from "./output/contentHash";

/** Which sync-gen this is. */
export interface BuiltFrom {
  /** The package's version. */
  readonly version: string;
  /** A hash of every template; two builds with the same one emit the same text. */
  readonly templates: string;
  /** A hash of the code and the templates; `null` for one that runs from source, which may change at any time. */
  readonly build: string | null;
}

// The build puts the values in; run from source, they are worked out.
declare const SYNC_GEN_BUILD: BuiltFrom | undefined;

/** The version of this sync-gen and of its templates. */
export function builtFrom(): BuiltFrom {
  return typeof SYNC_GEN_BUILD === "undefined" ? readSource() : SYNC_GEN_BUILD;
}

function readSource(): BuiltFrom {
  const root = new URL("../", import.meta.url);
  const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  // Safe: our own package.json.
  const { version } = manifest as { readonly version: string };
  return { version, templates: hashSources(new URL("templates/", root)), build: null };
}

/** The hash of every file below a folder; tests that stand beside them do not count. */
export function hashSources(folder: URL): string {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
    encoding: "utf8",
  })) {
    if (!entry.isFile() || /\.test\.tsx?$/.test(entry.name)) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    texts[path.slice(folder.pathname.length)] = readFileSync(path, "utf8");
  }
  return combinedHash(texts);
}
