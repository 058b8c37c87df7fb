import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit } from "../plan/plan";
import type { Change } from "./changes";
import { contentHash } from "./contentHash";
import { type Formatter, parserOf } from "./format";

/** What the edits do to the user's files, one change a file, and the hashes of those files afterwards; why, where a formatter failed. */
export interface ReconciledEdits {
  readonly changes: readonly Change[];
  readonly edited: Readonly<Record<string, string>>;
  /** Hashes of the texts that the edits were made on; `null` where there was no file. */
  readonly judged: ReadonlyMap<string, string | null>;
  readonly diagnostics: readonly Diagnostic[];
}

interface EditedFile {
  readonly before: string | undefined;
  text: string | undefined;
  readonly purposes: string[];
}

/** Makes the edits in memory, each on what the ones before it left. A file that they make gets the project's style; of the others nothing else changes. */
export async function reconcileEdits(
  edits: readonly PlannedEdit[],
  files: ReadFiles,
  formatter: Formatter,
): Promise<ReconciledEdits> {
  const byPath = new Map<string, EditedFile>();
  const manual: Change[] = [];
  for (const edit of edits) {
    const file = byPath.get(edit.path) ?? openFile(files.read(edit.path));
    byPath.set(edit.path, file);
    const result = edit.apply(file.text);
    if (result.kind === "edited" && result.text !== file.text) {
      file.text = result.text;
      file.purposes.push(edit.purpose);
    } else if (result.kind === "manual") {
      const { reason, snippet } = result;
      manual.push({ kind: "manual", path: edit.path, purpose: edit.purpose, reason, snippet });
    }
  }
  const diagnostics: Diagnostic[] = [];
  for (const [path, file] of byPath) {
    const { before, text } = file;
    if (before !== undefined || text === undefined) continue;
    const formatted = await formatter.format({ path, text, parser: parserOf(path) });
    if (formatted.ok) file.text = formatted.value;
    diagnostics.push(...formatted.diagnostics);
  }
  const changes = [...byPath].map(([path, file]) => toChange(path, file));
  const edited: Record<string, string> = {};
  for (const [path, { text }] of byPath) if (text !== undefined) edited[path] = contentHash(text);
  // Never equal to a hash: as long as something is left to do by hand, no run takes the short way past it.
  for (const { path } of manual) edited[path] = "";
  const judged = new Map(
    [...byPath].map(([path, { before }]) => [
      path,
      before === undefined ? null : contentHash(before),
    ]),
  );
  return { changes: [...changes, ...manual], edited, judged, diagnostics };
}

function openFile(text: string | undefined): EditedFile {
  return { before: text, text, purposes: [] };
}

function toChange(path: string, { before, text, purposes }: EditedFile): Change {
  if (text === undefined || text === before) return { kind: "unchanged", path };
  return { kind: "edit", path, text, purposes, created: before === undefined };
}
