import type { ReadFiles } from "../kernel/files";
import { contentHash } from "./contentHash";
import { isOneFile } from "./letterCase";
import type { FileRecord, Layout, Manifest } from "./manifest";

/**
 * The manifest with the records of files that the user moved along with an `out` folder of the config: what was written by sync-gen at the old
 * place is sync-gen's at the new one.
 */
export function followMoves(manifest: Manifest, now: Layout, files: ReadFiles): Manifest {
  const moves = (["clientOut", "serverOut"] as const)
    .map((side) => ({ from: manifest.layout[side], to: now[side] }))
    .filter(({ from, to }) => from !== "" && from !== to);
  if (moves.length === 0) return manifest;
  const records = Object.entries(manifest.files).map(([path, record]): [string, FileRecord] => {
    const move = moves.find(({ from }) => path.startsWith(`${from}/`));
    if (move === undefined || files.exists(path)) return [path, record];
    const place = move.to + path.slice(move.from.length);
    return files.exists(place) ? [place, record] : [path, record];
  });
  return { ...manifest, files: Object.fromEntries(records) };
}

/**
 * The manifest with the records of files that are emitted under another name now, as those of a renamed table are, where they stand there
 * already.
 *
 * 1. The user moved it: a text that sync-gen knows, edits that are kept included, is the one that is missing where it stood.
 * 2. The names differ in letter case alone, and the disk does not tell them apart.
 */
export function followFiles(
  manifest: Manifest,
  planned: readonly string[],
  files: ReadFiles,
): Manifest {
  const places = planned.filter(
    (path) => !Object.hasOwn(manifest.files, path) && files.exists(path),
  );
  if (places.length === 0) return manifest;
  const isPlanned = new Set(planned);
  const byText = new Map(places.map((path) => [contentHash(files.read(path) ?? ""), path]));
  const byLetters = new Map(places.map((path) => [path.toLowerCase(), path]));
  const records = Object.entries(manifest.files).map(([path, record]): [string, FileRecord] => {
    if (isPlanned.has(path)) return [path, record];
    const respelled = byLetters.get(path.toLowerCase());
    if (respelled !== undefined && isOneFile(path, respelled, files)) return [respelled, record];
    const moved = byText.get(record.written);
    return [moved !== undefined && !files.exists(path) ? moved : path, record];
  });
  return { ...manifest, files: Object.fromEntries(records) };
}
