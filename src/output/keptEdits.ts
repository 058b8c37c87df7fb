import type { ReadFiles } from "../kernel/files";
import type { PlannedFile } from "../plan/plan";
import type { Change } from "./changes";
import type { Committed } from "./committed";
import { contentHash } from "./contentHash";
import { emittedPath, findEmitted, readEmitted } from "./emittedTexts";
import type { Formatter } from "./format";
import type { FileRecord, KeptEdit } from "./manifest";
import { type Merged, mergeTexts, type Overlap } from "./mergeTexts";
import { unifiedDiff } from "./unifiedDiff";

export interface Edited {
  readonly file: PlannedFile;
  /** What stands on disk. */
  readonly disk: string;
  /** What would be emitted, as the project's formatter lays it out. */
  readonly text: string;
  readonly files: ReadFiles;
  readonly committed: Committed;
  readonly formatter: Formatter;
}

export interface Kept {
  readonly change: Change;
  readonly record: FileRecord | null;
  /** The emitted text that the record names, where it is of this run. */
  readonly emitted?: string;
}

/** The user's edit and what is emitted now in one text, and the record of both; or why that cannot be. `record`: of the text that was edited. */
export async function keepEdit(edited: Edited, record: FileRecord): Promise<Kept> {
  const { file, disk, text } = edited;
  // Only the project's formatter may tell that text and this one apart, and it has not touched the edit.
  const isSame = record.planned === contentHash(file.text);
  const base = isSame ? text : await inStyle(textBeneath(file.path, record, edited), edited);
  if (base === undefined) return isLost(edited, record);
  const merged = isSame ? unchanged(disk) : await merge(edited, disk, base, text);
  if (!merged.ok) return overlaps(edited, merged.overlap, record);
  return await settle(edited, merged.text, isSame ? record.kept : undefined);
}

/**
 * What git left in the middle of a merge: the edits that both sides keep, in what is emitted now. `null` where that is for the user to merge:
 * the edits overlap, or a side holds one that nobody kept, or is not to be had.
 */
export async function keepBothEdits(
  edited: Edited,
  record: FileRecord | undefined,
): Promise<Kept | null> {
  const { file, committed } = edited;
  const { path } = file;
  const sides = committed.sides(path);
  if (sides.length === 0) return null;
  let all = edited.text;
  for (const side of sides) {
    const hash = contentHash(side);
    const known = record?.written === hash ? record : committed.record(path, hash);
    if (known === undefined) return null;
    if (known.kept === undefined) continue;
    const base = textBeneath(path, known, edited);
    if (base === undefined) return isLost(edited, record ?? null);
    const merged = await merge(edited, side, base, all);
    if (!merged.ok) return null;
    all = merged.text;
  }
  return await settle(edited, all);
}

function unchanged(text: string): Merged {
  return { ok: true, text: text.replaceAll("\r\n", "\n") };
}

/** Texts that a formatter laid out each in its way are laid out alike, where they do not merge as they are. */
async function merge(
  { file, formatter }: Edited,
  mine: string,
  base: string,
  theirs: string,
): Promise<Merged> {
  const merged = mergeTexts(mine, base, theirs);
  const { parser } = file;
  if (merged.ok || parser === null) return merged;
  // The second costs the user's own line breaks in object literals.
  for (const objects of ["preserve", "collapse"] as const) {
    const [ownLayout, baseLayout, theirLayout] = [
      await formatter.canonical(mine, parser, objects),
      await formatter.canonical(base, parser, objects),
      await formatter.canonical(theirs, parser, objects),
    ];
    if (ownLayout === null || baseLayout === null || theirLayout === null) return merged;
    const again = mergeTexts(ownLayout, baseLayout, theirLayout);
    if (!again.ok) continue;
    const laidOut = await formatter.format({ ...file, text: again.text });
    return laidOut.ok ? { ok: true, text: laidOut.value } : merged;
  }
  return merged;
}

/** `noted`: the record of an edit of the text that is emitted now too. */
async function settle(edited: Edited, text: string, noted?: KeptEdit): Promise<Kept> {
  const { file, disk, files, formatter } = edited;
  const { path, parser } = file;
  const planned = contentHash(file.text);
  const written = contentHash(text);
  const emitted = contentHash(edited.text);
  if (written === emitted)
    return { change: { kind: "update", path, text }, record: { written, planned } };
  const laidOut = parser === null ? null : await formatter.canonical(text, parser, "collapse");
  const kept: KeptEdit = { emitted, laidOut: contentHash(laidOut ?? text) };
  const isOnDisk = contentHash(disk) === written;
  // A formatter came in between, or its settings: the text beneath may be laid out in another way, but says the same.
  const isNoted = isOnDisk && noted?.laidOut === kept.laidOut;
  if (isNoted && readEmitted(path, noted.emitted, files) !== undefined)
    return { change: { kind: "unchanged", path }, record: { written, planned, kept: noted } };
  return {
    change: isOnDisk ? { kind: "keep", path } : { kind: "merge", path, text },
    record: { written, planned, kept },
    emitted: edited.text,
  };
}

/** The emitted text that the user's edit was made on. */
function textBeneath(path: string, record: FileRecord, edited: Edited): string | undefined {
  const { written, kept } = record;
  const { files, committed } = edited;
  if (kept === undefined) return committed.text(path, written);
  const { emitted } = kept;
  return (
    findEmitted(emitted, files) ??
    committed.text(emittedPath(path, emitted), emitted) ??
    committed.text(path, emitted)
  );
}

/** The text as the project's formatter lays it out now, which may have had another style when the text was emitted. */
async function inStyle(
  text: string | undefined,
  { file, formatter }: Edited,
): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const laidOut = await formatter.format({ ...file, text });
  return laidOut.ok ? laidOut.value : text;
}

function isLost({ file, disk, text }: Edited, record: FileRecord | null): Kept {
  const { path } = file;
  const diff = unifiedDiff(path, disk, text);
  return { change: { kind: "conflict", path, reason: "lost", diff }, record };
}

function overlaps({ file, disk }: Edited, { lines, yielding }: Overlap, record: FileRecord): Kept {
  const { path } = file;
  const diff = unifiedDiff(path, disk.replaceAll("\r\n", "\n"), yielding);
  return { change: { kind: "conflict", path, reason: "overlap", diff, lines }, record };
}
