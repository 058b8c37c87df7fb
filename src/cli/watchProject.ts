import { existsSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { errorCode, fileDiagnostic, isAbsence } from "../output/fileErrors";
import { type CommandContext, type CommandResult, failed } from "./command";

/** A run, and what it was made of: when it failed, as far as it came to know. */
export type WatchedResult = CommandResult & { readonly inputs: readonly string[] };

/** Tells of what happens in a folder, by the names of its entries; throws where that cannot be. */
export type WatchFolder = (folder: string, notice: (name: string | null) => void) => FSWatcher;

/** Runs now, and again whenever one of the run's inputs is saved, until the process is told to end. */
export async function watchProject<Context extends CommandContext>(
  context: Context,
  runOnce: (context: Context) => Promise<WatchedResult>,
  watchFolder: WatchFolder = watchDisk,
): Promise<CommandResult> {
  const { root, signal } = context;
  let inputs: readonly string[] = [context.config];
  while (!signal.aborted) {
    // Watching begins before the run: what is saved while it goes on must not be missed.
    const saved = waitForSave(root, inputs, signal, watchFolder);
    if (!saved.ok) return failed(saved.diagnostics);
    try {
      const result = await runOnce(context);
      context.show(result);
      // A run that failed may not have come to every import: what it did not see may be what has to be saved next.
      const known = result.exitCode === 2 ? [...inputs, ...result.inputs] : result.inputs;
      const more = known.filter((path) => !inputs.includes(path));
      inputs = [...new Set(known)];
      const savedToo = waitForSave(root, more, signal, watchFolder);
      if (!savedToo.ok) return failed(savedToo.diagnostics);
      await Promise.race([saved.value.happened, savedToo.value.happened]);
      savedToo.value.close();
    } finally {
      saved.value.close();
    }
  }
  return { exitCode: 0, lines: [], json: {}, diagnostics: [] };
}

/** Editors save in several steps; the run starts when this many milliseconds were quiet. */
const quiet = 60;

interface Save {
  readonly happened: Promise<void>;
  close(): void;
}

function waitForSave(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
  watchFolder: WatchFolder,
): Outcome<Save> {
  const { promise: happened, resolve: stop } = withResolvers();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(stop, quiet);
  };
  const watchers: FSWatcher[] = [];
  const close = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    for (const watcher of watchers) watcher.close();
  };
  signal.addEventListener("abort", stop, { once: true });
  for (const [folder, names] of namesByFolder(root, paths)) {
    try {
      const watcher = watchFolder(folder, (name) => {
        if (name === null || names.has(name)) soon();
      });
      // Windows says so of a folder that is removed; the next round finds what is left of it.
      watcher.on("error", soon);
      watchers.push(watcher);
    } catch (error) {
      // Removed since it was seen: the next round finds what is left of it.
      if (isAbsence(error)) {
        soon();
        continue;
      }
      close();
      const diagnostic = watchDiagnostic(error, folder);
      if (diagnostic === null) throw error;
      return { ok: false, diagnostics: [diagnostic] };
    }
  }
  return { ok: true, value: { happened, close }, diagnostics: [] };
}

/** The folder, not the file: an editor that saves by renaming would leave a watcher on the old file. */
function watchDisk(folder: string, notice: (name: string | null) => void): FSWatcher {
  return watch(folder, (_event, name) => notice(name));
}

/** What to look out for, and where: for a file whose folder is not there, the first folder that is missing. */
function namesByFolder(
  root: string,
  paths: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    let place = join(root, path);
    while (!existsSync(dirname(place)) && dirname(place) !== place) place = dirname(place);
    const folder = dirname(place);
    folders.set(folder, (folders.get(folder) ?? new Set()).add(basename(place)));
  }
  return folders;
}

/** Where the system counts what is watched, running out has nothing to do with the disk. */
function watchDiagnostic(error: unknown, folder: string): Diagnostic | null {
  const code = errorCode(error) ?? "";
  if (!["ENOSPC", "EMFILE", "ENFILE"].includes(code))
    return fileDiagnostic(error, `watch ${folder}`);
  return {
    code: "SG406",
    severity: "error",
    message: `Could not watch ${folder}: other programs watch as much as the system allows (${code}).`,
    hint: "End some of them, or raise the limit (on Linux `fs.inotify.max_user_watches` and `max_user_instances`); or run `sync-gen generate` after each edit.",
  };
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
