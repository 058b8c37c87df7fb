import type { ReadFiles } from "../kernel/files";
import { contentHash } from "./contentHash";
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
 * The manifest with the records of files that are emitted under another name now, as those of a renamed table are, where the user moved them: a
 * text that sync-gen knows, edits that are kept included, is the one that is missing where it stood.
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
  const texts = new Map(places.map((path) => [contentHash(files.read(path) ?? ""), path]));
  const records = Object.entries(manifest.files).map(([path, record]): [string, FileRecord] => {
    const place = texts.get(record.written);
    const isGone = place !== undefined && !isPlanned.has(path) && !files.exists(path);
    return [isGone ? place : path, record];
  });
  return { ...manifest, files: Object.fromEntries(records) };
}
