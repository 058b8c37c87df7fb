import { randomBytes } from "node:crypto";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { HashFiles } from "./diskHashes";
import { currentProcess } from "./currentProcess";
import { finishSteps } from "./finishSteps";
import { takeLock } from "./lock";
import { parseManifest, manifestPath } from "./manifest";
import { parsePending, pendingPath } from "./pending";
import { readProject, writeProject } from "./projectDisk";
import { sweepTemporaryFiles } from "./temporaryFiles";
import { refuseOutside } from "./write";
import type { WriteFiles } from "./writeFiles";

export interface SessionOptions {
  /** Absolute. */
  readonly root: string;
  /** `write` takes the project's lock, and finishes what a run that died has left; `look` changes nothing. */
  readonly mode: "write" | "look";
  /** Aborted when the process has to end. */
  readonly signal: AbortSignal | undefined;
  /** Replaces the writing side of the disk. */
  readonly disk: WriteFiles | undefined;
}

/** A project that one run works on. */
export interface Session {
  readonly files: ReadFiles & HashFiles;
  readonly disk: WriteFiles;
  /** Marks this run's temporary files. */
  readonly run: string;
  /** Worth knowing about the state that the project was found in. */
  readonly diagnostics: readonly Diagnostic[];
  /** Lets go of the lock; may be called more than once. */
  close(): void;
}

/** Opens a project for one run, or says why that cannot be. */
export function openSession(options: SessionOptions): Outcome<Session> {
  const { root, mode, signal } = options;
  const files = readProject(root);
  const disk = options.disk ?? writeProject(root);
  const run = randomBytes(6).toString("hex");
  const pending = parsePending(files.read(pendingPath));
  if (mode === "look") {
    const diagnostics = pending === null ? [] : [interrupted];
    return {
      ok: true,
      diagnostics,
      value: { files, disk, run, diagnostics, close: () => undefined },
    };
  }

  const outside = refuseOutside([], disk);
  if (outside.length > 0) return { ok: false, diagnostics: outside };
  const taken = takeLock(root, currentProcess);
  if (taken.kind === "refused") return { ok: false, diagnostics: [taken.diagnostic] };
  const { release, recovered } = taken.lock;
  signal?.addEventListener("abort", release);
  const close = (): void => {
    signal?.removeEventListener("abort", release);
    release();
  };
  if (pending !== null) {
    const finished = finishSteps(pending, files, disk);
    if (!finished.ok) {
      close();
      return finished;
    }
  }
  if (recovered) {
    const manifest = parseManifest(files.read(manifestPath));
    sweepTemporaryFiles(manifest.ok ? Object.keys(manifest.value.files) : [], files, disk);
  }
  return { ok: true, diagnostics: [], value: { files, disk, run, diagnostics: [], close } };
}

const interrupted: Diagnostic = {
  code: "SG408",
  severity: "info",
  message: "A run was interrupted while it wrote.",
  hint: "`sync-gen generate` completes it.",
};
