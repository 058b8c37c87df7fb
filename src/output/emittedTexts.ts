import { basename } from "node:path/posix";
import type { ReadFiles } from "../kernel/files";
import type { Change } from "./changes";
import { contentHash } from "./contentHash";
import type { FileRecord } from "./manifest";

/** Where the texts are kept that the user's kept edits were made on; committed with the project. */
const folder = ".sync-gen/emitted";

/**
 * The place of an emitted text. By its hash, so that it is found wherever the file moves; with a name that says what it is to a person, and
 * nothing to a compiler.
 */
function placeOf(path: string, hash: string): string {
  return `${folder}/${basename(path)}.${hash}.txt`;
}

/** The text that was emitted at `path` and had this hash; `undefined` where it was not kept. */
export function readEmitted(path: string, hash: string, files: ReadFiles): string | undefined {
  const text = files.read(placeOf(path, hash));
  return text !== undefined && contentHash(text) === hash ? text : undefined;
}

/** What makes the folder hold exactly the texts that `records` need. `emitted`: those of this run, by path. */
export function emittedChanges(
  records: Readonly<Record<string, FileRecord>>,
  emitted: ReadonlyMap<string, string>,
  files: ReadFiles,
): readonly Change[] {
  const wanted = new Map<string, string | undefined>();
  for (const [path, { kept }] of Object.entries(records))
    if (kept !== undefined) wanted.set(placeOf(path, kept), emitted.get(path));
  const there = files.list(folder).map((name) => `${folder}/${name}`);
  const missing = [...wanted].flatMap(([path, text]): readonly Change[] =>
    text === undefined || there.includes(path) ? [] : [{ kind: "create", path, text }],
  );
  const stale = there.filter((path) => !wanted.has(path));
  return [...missing, ...stale.map((path): Change => ({ kind: "delete", path }))];
}
