import type { Outcome } from "../kernel/diagnostic";
import type { Committed } from "./committed";
import type { HashFiles } from "./diskHashes";
import { type FileRecord, type Manifest, manifestPath, parseManifest } from "./manifest";
import { isNewerTool } from "./newerTool";

/**
 * The manifest that both sides of a merge make together. It records what was written, so nobody has to choose: what either side wrote is
 * sync-gen's. `null` where git does not have two sides of it, as after `git add`.
 */
export function readMergedManifest(
  committed: Pick<Committed, "sides">,
  files: HashFiles,
): Outcome<Manifest> | null {
  const [ours, theirs] = committed.sides(manifestPath).map(parseManifest);
  if (ours === undefined || theirs === undefined) return null;
  if (!ours.ok) return ours;
  if (!theirs.ok) return theirs;
  return { ok: true, value: mergeManifests(ours.value, theirs.value, files), diagnostics: [] };
}

function mergeManifests(ours: Manifest, theirs: Manifest, files: HashFiles): Manifest {
  const records = Object.entries(theirs.files).filter(([path, record]): boolean => {
    const other: FileRecord | undefined = ours.files[path];
    return other === undefined || files.hash(path) === record.written;
  });
  return {
    ...ours,
    tool: isNewerTool(theirs.tool, ours.tool) ? theirs.tool : ours.tool,
    once: [...new Set([...ours.once, ...theirs.once])],
    files: { ...ours.files, ...Object.fromEntries(records) },
  };
}
