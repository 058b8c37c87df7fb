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
export function emittedPath(path: string, hash: string): string {
  return `${folder}/${basename(path)}.${hash}.txt`;
}

const ownName = /\.[\w-]{22}\.txt$/;

/** The text that was emitted at `path` and had this hash; `undefined` where it is not as it was kept. */
export function readEmitted(path: string, hash: string, files: ReadFiles): string | undefined {
  return readWhole(emittedPath(path, hash), hash, files);
}

/** The text of this hash, whatever the file was called that it was emitted for. */
export function findEmitted(hash: string, files: ReadFiles): string | undefined {
  const name = files.list(folder).find((one) => one.endsWith(`.${hash}.txt`));
  return name === undefined ? undefined : readWhole(`${folder}/${name}`, hash, files);
}

function readWhole(place: string, hash: string, files: ReadFiles): string | undefined {
  const text = files.read(place);
  return text !== undefined && contentHash(text) === hash ? text : undefined;
}

/**
 * What makes the folder hold the texts that `records` need, and no other of ours. `emitted`: those that this run knows, by path; of the rest
 * nothing is changed.
 */
export function emittedChanges(
  records: Readonly<Record<string, FileRecord>>,
  emitted: ReadonlyMap<string, string>,
  files: ReadFiles,
): readonly Change[] {
  const wanted = new Set<string>();
  const changes: Change[] = [];
  for (const [path, { kept }] of Object.entries(records)) {
    if (kept === undefined) continue;
    const place = emittedPath(path, kept.emitted);
    const text = emitted.get(path);
    wanted.add(place);
    if (text === undefined || readEmitted(path, kept.emitted, files) !== undefined) continue;
    changes.push({ kind: files.exists(place) ? "update" : "create", path: place, text });
  }
  for (const name of files.list(folder)) {
    const place = `${folder}/${name}`;
    if (ownName.test(name) && !wanted.has(place)) changes.push({ kind: "delete", path: place });
  }
  return changes;
}
