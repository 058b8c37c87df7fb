/** Where a run notes what it still has to do once everything is staged; there only while it writes, or after it died. */
export const pendingPath = ".sync-gen/pending.json";

/** The last steps of a run, in order: enough for the next run to finish them. Paths are relative to the root, links followed. */
export interface Pending {
  readonly renames: readonly PendingRename[];
  readonly deletes: readonly PendingDelete[];
}

export interface PendingRename {
  readonly temporary: string;
  readonly path: string;
  /** Hash of the text that is replaced; `null` where there was no file. */
  readonly before: string | null;
}

export interface PendingDelete {
  readonly path: string;
  readonly before: string;
}

/** The note as text. */
export function printPending(pending: Pending): string {
  return `${JSON.stringify(pending, null, 2)}\n`;
}

/** Reads the note. One that cannot be read is none: it is written in one step, so nobody of ours left it. */
export function parsePending(text: string | undefined): Pending | null {
  if (text === undefined) return null;
  try {
    const json: unknown = JSON.parse(text);
    return isPending(json) ? json : null;
  } catch {
    return null;
  }
}

function isPending(json: unknown): json is Pending {
  return (
    isRecord(json) &&
    Array.isArray(json["renames"]) &&
    json["renames"].every(
      (step) => isRecord(step) && isText(step["temporary"]) && isText(step["path"]),
    ) &&
    Array.isArray(json["deletes"]) &&
    json["deletes"].every(
      (step) => isRecord(step) && isText(step["path"]) && isText(step["before"]),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
