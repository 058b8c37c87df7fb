import { hasConflictMarkers } from "../kernel/conflictMarkers";
import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { Plan, PlannedFile } from "../plan/plan";
import { hasFileHeader } from "../render/fileHeader";
import { type Change, changesOf, type ConflictReason } from "./changes";
import type { Committed } from "./committed";
import { contentHash } from "./contentHash";
import type { HashFiles } from "./diskHashes";
import { reconcileEdits } from "./reconcileEdits";
import { type Formatter, parserOf } from "./format";
import { emittedChanges, readEmitted } from "./emittedTexts";
import { type Edited, keepBothEdits, keepEdit } from "./keptEdits";
import type { FileRecord, KeptEdit, Manifest } from "./manifest";
import { unifiedDiff } from "./unifiedDiff";

export interface ReconcileInput {
  readonly plan: Plan;
  /** On a real disk with hashes: most files are as they were, and their texts are not asked for. */
  readonly files: ReadFiles & Partial<HashFiles>;
  readonly manifest: Manifest;
  /** The manifest is of another commit than the files: a text that it does not know may be one of ours. */
  readonly outdated?: boolean;
  readonly formatter: Formatter;
  /** What becomes of the user's edits of our texts: they `stay` as they are, are merged and kept (`keep`), or give way (`replace`). */
  readonly edits: "stay" | "keep" | "replace";
  readonly committed: Committed;
  /** The plan is all that there is to be: files of earlier runs that it does not mention are removed. */
  readonly isWhole: boolean;
}

export interface Reconciled {
  /** Sorted by path within planned files, files no longer planned, and edits. */
  readonly changes: readonly Change[];
  /** The part of the next manifest that describes files, true once the changes of a whole plan are written. */
  readonly records: Pick<Manifest, "files" | "once" | "edited" | "formatting">;
  /** Hashes of the texts that the changes were worked out from, `null` where there was no file: another one since is the user's. */
  readonly judged: ReadonlyMap<string, string | null>;
  /** Why nothing may be written, when a formatter failed. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of one file, and its record in the next manifest (`null`: it has none). */
interface Verdict {
  readonly change: Change;
  readonly record: FileRecord | null;
  readonly diagnostics?: readonly Diagnostic[];
  /** What is emitted beneath an edit that is kept, where the record is new. */
  readonly emitted?: string;
}

/**
 * Works out what has to happen so that the plan is true on disk. Reads only.
 *
 * 1. A text that the user wrote or edited is never replaced or deleted, unless `replace`.
 * 2. An edit that is kept takes part in every change of our text, or is in its way.
 * 3. A file that reads as planned is unchanged, whoever wrote it.
 * 4. A formatter run is not an edit.
 * 5. What the plan has read (`state`) is never in its way.
 * 6. After the changes are written, reconciling the same plan again changes nothing.
 */
export async function reconcile(input: ReconcileInput): Promise<Reconciled> {
  const { plan, manifest, formatter } = input;
  const owned = plan.files.filter((file) => file.ownership !== "once");
  const once = plan.files.filter((file) => file.ownership === "once");
  const paths = plan.files.map((file) => file.path);
  const formatting = formatter.settings(paths);
  const sameStyle = formatting === manifest.formatting;

  const files: Record<string, FileRecord> = {};
  const changes: Change[] = [];
  const diagnostics: Diagnostic[] = [];
  const emitted = new Map<string, string>();
  const settle = (path: string, verdict: Verdict) => {
    changes.push(verdict.change);
    diagnostics.push(...(verdict.diagnostics ?? []));
    if (verdict.record !== null) files[path] = verdict.record;
    if (verdict.emitted !== undefined) emitted.set(path, verdict.emitted);
  };

  const judged = new Map<string, string | null>();
  const look = (path: string): string | null => {
    const hash = hashOnDisk(path, input.files);
    judged.set(path, hash);
    return hash;
  };
  for (const file of owned)
    settle(file.path, await judgeOwned(file, look(file.path), sameStyle, input));
  for (const file of once) settle(file.path, await judgeOnce(file, input));

  if (input.isWhole) {
    const planned = new Set(paths);
    for (const [path, record] of Object.entries(manifest.files))
      if (!planned.has(path)) settle(path, await judgeOrphan(path, look(path), record, input));
    changes.push(...emittedChanges(files, emitted, input.files));
  }

  // A file that this run creates is complete: only where the user had one before has something to be added.
  const created = new Map(changesOf(changes, "create").map(({ path, text }) => [path, text]));
  const edits = await reconcileEdits(
    plan.edits.filter(({ path }) => !created.has(path)),
    input.files,
    formatter,
  );
  const edited: Record<string, string> = { ...edits.edited };
  for (const { path } of plan.edits) {
    const text = created.get(path);
    if (text !== undefined) edited[path] = contentHash(text);
  }
  return {
    changes: [...changes, ...edits.changes],
    records: {
      files,
      once: once.map((file) => file.path),
      edited,
      formatting,
    },
    judged: new Map([...judged, ...edits.judged]),
    diagnostics: [...diagnostics, ...edits.diagnostics],
  };
}

async function judgeOwned(
  file: PlannedFile,
  diskHash: string | null,
  sameStyle: boolean,
  input: ReconcileInput,
): Promise<Verdict> {
  const { path } = file;
  const planned = contentHash(file.text);
  const record = input.manifest.files[path];
  const untouched = diskHash !== null && diskHash === record?.written;

  // The common case, without a formatter: what was written last is what is planned now.
  if (
    sameStyle &&
    record !== undefined &&
    diskHash === record.written &&
    record.planned === planned &&
    !(input.edits === "replace" && record.kept !== undefined) &&
    isBeneath(path, record, input.files)
  ) {
    return { change: { kind: "unchanged", path }, record };
  }

  const formatted = await input.formatter.format(file);
  if (!formatted.ok)
    return {
      change: { kind: "unchanged", path },
      record: record ?? null,
      diagnostics: formatted.diagnostics,
    };
  const text = formatted.value;
  const next: FileRecord = { written: contentHash(text), planned };

  const disk = diskHash === null ? undefined : input.files.read(path);
  if (disk === undefined) return { change: { kind: "create", path, text }, record: next };
  if (diskHash === next.written) return { change: { kind: "unchanged", path }, record: next };
  if (input.edits === "replace") {
    const takesBack = record?.kept !== undefined;
    return { change: { kind: "update", path, text, takesBack }, record: next };
  }
  // A text that sync-gen wrote, says the manifest, or one that was committed.
  const known = untouched ? record : input.committed.record(path, contentHash(disk));
  const { files, committed, formatter } = input;
  const edited: Edited = { file, disk, text, files, committed, formatter };
  if (known !== undefined && file.ownership !== "state")
    return known.kept === undefined
      ? { change: { kind: "update", path, text }, record: next }
      : await keepEdit(edited, known);
  if (untouched) return { change: { kind: "update", path, text }, record: next };
  if (await readsTheSame(disk, text, file, formatter)) {
    return { change: { kind: "unchanged", path }, record: { written: contentHash(disk), planned } };
  }
  if (file.ownership === "state") return { change: { kind: "update", path, text }, record: next };
  if (hasConflictMarkers(disk)) {
    const both = input.edits === "keep" ? await keepBothEdits(edited, record) : null;
    return both ?? stays(path, "merge", record, disk, text);
  }
  const whose = hasFileHeader(disk) ? "unrecorded" : "foreign";
  if (record === undefined) return stays(path, whose, record, disk, text);
  const laidOut = await laidOutHash(disk, file.parser, formatter);
  // What a formatter of the user's did is not an edit: not of our text, and not of one with a kept edit.
  if (laidOut !== null && laidOut === record.planned)
    return { change: { kind: "update", path, text }, record: next };
  if (record.kept !== undefined && (await isLaidOutAs(record.kept, disk, file, formatter)))
    return await keepEdit(edited, record);
  if (input.outdated === true && record.planned !== planned)
    return stays(path, whose, record, disk, text);
  // What is not UTF-8 would not be written back as it was read.
  if (input.edits === "keep" && contentHash(disk) === diskHash)
    return await keepEdit(edited, record);
  return stays(path, record.planned === planned ? "edited" : "both", record, disk, text);
}

/** Whether the text beneath a kept edit is where it belongs. */
function isBeneath(path: string, { kept }: FileRecord, files: ReadFiles): boolean {
  return kept === undefined || readEmitted(path, kept.emitted, files) !== undefined;
}

function hashOnDisk(path: string, files: ReconcileInput["files"]): string | null {
  if (files.hash !== undefined) return files.hash(path) ?? null;
  const text = files.read(path);
  return text === undefined ? null : contentHash(text);
}

async function judgeOnce(file: PlannedFile, input: ReconcileInput): Promise<Verdict> {
  const { path } = file;
  if (input.files.exists(path)) return { change: { kind: "unchanged", path }, record: null };
  const formatted = await input.formatter.format(file);
  if (!formatted.ok)
    return {
      change: { kind: "unchanged", path },
      record: null,
      diagnostics: formatted.diagnostics,
    };
  return { change: { kind: "create", path, text: formatted.value }, record: null };
}

async function judgeOrphan(
  path: string,
  diskHash: string | null,
  record: FileRecord,
  input: ReconcileInput,
): Promise<Verdict> {
  const disk = input.files.read(path);
  if (disk === undefined) return { change: { kind: "unchanged", path }, record: null };
  const untouched = diskHash === record.written && record.kept === undefined;
  if (
    untouched ||
    input.edits === "replace" ||
    (await laidOutHash(disk, parserOf(path), input.formatter)) === record.planned
  ) {
    return { change: { kind: "delete", path }, record: null };
  }
  return stays(path, "orphan", record, disk, "");
}

function stays(
  path: string,
  reason: ConflictReason,
  record: FileRecord | undefined,
  disk: string,
  text: string,
): Verdict {
  const diff = unifiedDiff(path, disk, text);
  return { change: { kind: "conflict", path, reason, diff }, record: record ?? null };
}

/** Does a formatter alone tell the two texts apart? */
async function readsTheSame(
  disk: string,
  text: string,
  { path, parser }: PlannedFile,
  formatter: Formatter,
): Promise<boolean> {
  if (path.endsWith(".json")) return isSameJson(disk, text);
  if (parser === null) return false;
  const [left, right] = [
    await formatter.canonical(disk, parser, "collapse"),
    await formatter.canonical(text, parser, "collapse"),
  ];
  return left !== null && left === right;
}

function isSameJson(disk: string, text: string): boolean {
  const printed = printJson(disk);
  return printed !== null && printed === printJson(text);
}

/** As the journal and the snapshots are planned; `null` for what is no JSON. */
function printJson(text: string): string | null {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return null;
  }
}

/**
 * By this a text is known after a formatter of the user's: hash of the text as prettier prints it by default, or `JSON.stringify`, which is
 * how texts are planned. `null` for what cannot be printed.
 */
async function laidOutHash(
  disk: string,
  parser: string | null,
  formatter: Formatter,
): Promise<string | null> {
  if (parser === null) return null;
  const text =
    parser === "json" ? printJson(disk) : await formatter.canonical(disk, parser, "preserve");
  return text === null ? null : contentHash(text);
}

/** Does a formatter alone tell the text from the one with the kept edit? Version 0.1.0 noted its hash with the line breaks. */
async function isLaidOutAs(
  { laidOut }: KeptEdit,
  disk: string,
  { parser }: PlannedFile,
  formatter: Formatter,
): Promise<boolean> {
  if (parser === null) return false;
  for (const objects of ["collapse", "preserve"] as const) {
    const text = await formatter.canonical(disk, parser, objects);
    if (text !== null && contentHash(text) === laidOut) return true;
  }
  return false;
}
