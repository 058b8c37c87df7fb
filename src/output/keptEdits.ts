import type { ReadFiles } from "../kernel/files";
import type { PlannedFile } from "../plan/plan";
import type { Change } from "./changes";
import { contentHash } from "./contentHash";
import { readEmitted } from "./emittedTexts";
import type { FileRecord } from "./manifest";
import { mergeTexts } from "./mergeTexts";
import { unifiedDiff } from "./unifiedDiff";

/** Where a text is looked for that the project holds no more: by its path and its hash. */
export type FindText = (path: string, hash: string) => string | undefined;

export interface Edited {
  readonly file: PlannedFile;
  /** What stands on disk: an emitted text with an edit of the user's. */
  readonly disk: string;
  /** What would be emitted, as the project's formatter lays it out. */
  readonly text: string;
  readonly record: FileRecord;
  readonly files: ReadFiles;
  readonly findText: FindText;
}

export interface Kept {
  readonly change: Change;
  readonly record: FileRecord;
  /** The emitted text that `kept` of the record is the hash of, where it is of this run. */
  readonly emitted?: string;
}

/** The user's edit and what is emitted now in one text, and the record of both; or why that cannot be. */
export function keepEdit(edited: Edited): Kept {
  const { file, disk, text, record } = edited;
  const { path } = file;
  const stays = (reason: "lost" | "overlap", line?: number) => ({
    change: {
      kind: "conflict",
      path,
      reason,
      diff: unifiedDiff(path, disk, text),
      ...(line === undefined ? {} : { line }),
    } as const,
    record,
  });
  const base = textBeneath(edited);
  if (base === undefined) return stays("lost");
  const merged = mergeTexts(disk, base, text);
  if (!merged.ok) return stays("overlap", merged.line);
  const written = contentHash(merged.text);
  const emitted = contentHash(text);
  const planned = contentHash(file.text);
  if (written === emitted)
    return { change: { kind: "update", path, text }, record: { written, planned } };
  return {
    change: { kind: "merge", path, text: merged.text },
    record: { written, planned, kept: emitted },
    emitted: text,
  };
}

/** The emitted text that the user's edit was made on. */
function textBeneath({ file, text, record, files, findText }: Edited): string | undefined {
  const { path } = file;
  const { written, planned, kept } = record;
  // Only the project's formatter may tell that text and this one apart, and it has not touched the edit.
  if (planned === contentHash(file.text)) return text;
  if (kept !== undefined) return readEmitted(path, kept, files) ?? findText(path, kept);
  return findText(path, written);
}
