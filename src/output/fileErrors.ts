import type { Diagnostic } from "../kernel/diagnostic";

/** What the operating system said, for people; a code that is not listed is a bug of ours. */
const reasons = {
  EACCES: { reason: "permission denied", hint: "Check who owns the folder and its permissions." },
  EPERM: {
    reason: "operation not permitted",
    hint: "Check who owns the folder and its permissions.",
  },
  EROFS: { reason: "the file system is read-only", hint: "Run where the project can be written." },
  ENOSPC: {
    reason: "no space is left on the disk",
    hint: "Free some space and run the command again.",
  },
  EDQUOT: {
    reason: "the disk quota is used up",
    hint: "Free some space and run the command again.",
  },
  EFBIG: {
    reason: "the file is larger than allowed",
    hint: "Check the limits of the file system.",
  },
  EIO: { reason: "the disk reported an error", hint: "Check the disk and run the command again." },
  EBUSY: {
    reason: "another program holds it open",
    hint: "Close the program and run the command again.",
  },
  EMFILE: {
    reason: "too many files are open",
    hint: "Close other programs and run the command again.",
  },
  ENFILE: {
    reason: "too many files are open",
    hint: "Close other programs and run the command again.",
  },
  ENOTDIR: { reason: "a file stands where a folder is needed", hint: "Move the file away." },
  EEXIST: { reason: "a file stands where a folder is needed", hint: "Move the file away." },
  EISDIR: { reason: "a folder stands where a file is needed", hint: "Move the folder away." },
  ENOTEMPTY: { reason: "a folder stands where a file is needed", hint: "Move the folder away." },
  ENAMETOOLONG: { reason: "the name is too long", hint: "Choose shorter names in the config." },
  ELOOP: { reason: "links lead round in a circle", hint: "Remove the links." },
} satisfies Record<string, { readonly reason: string; readonly hint: string }>;

/** Node's code of a failed file operation: `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Whether there is nothing at a path. */
export function isAbsence(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether there is no file at a path: nothing, or a folder. */
export function isNoFile(error: unknown): boolean {
  return isAbsence(error) || errorCode(error) === "EISDIR";
}

/** A failed file operation as a diagnostic, or `null` for an error that is not one. `doing` completes "Could not …". */
export function fileDiagnostic(error: unknown, doing: string): Diagnostic | null {
  const code = errorCode(error);
  if (code === undefined || !Object.hasOwn(reasons, code)) return null;
  // Safe: the line above.
  const { reason, hint } = reasons[code as keyof typeof reasons];
  return {
    code: "SG406",
    severity: "error",
    message: `Could not ${doing}: ${reason} (${code}).`,
    hint,
  };
}
