import { watch, type FSWatcher } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { CommandContext, CommandResult } from "./command";

/** Runs now, and again whenever one of the run's inputs is saved, until the process is told to end. */
export async function watchProject<Context extends CommandContext>(
  context: Context,
  runOnce: (context: Context) => Promise<CommandResult & { readonly inputs: readonly string[] }>,
): Promise<CommandResult> {
  let inputs: readonly string[] = [context.config];
  while (!context.signal.aborted) {
    // Watching begins before the run: what is saved while it goes on must not be missed.
    const saved = waitForSave(context.root, inputs, context.signal);
    const result = await runOnce(context);
    context.show(result);
    const closure = result.inputs.length === 0 ? inputs : result.inputs;
    const more = closure.filter((path) => !inputs.includes(path));
    inputs = closure;
    const savedToo = waitForSave(context.root, more, context.signal);
    await Promise.race([saved.happened, savedToo.happened]);
    saved.close();
    savedToo.close();
  }
  return { exitCode: 0, lines: [], json: {}, diagnostics: [] };
}

/** Editors save in several steps; the run starts when this many milliseconds were quiet. */
const quiet = 60;

function waitForSave(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): { readonly happened: Promise<void>; close(): void } {
  const watchers: FSWatcher[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener("abort", stop, { once: true });
    for (const [folder, names] of namesByFolder(root, paths)) {
      // The folder, not the file: an editor that saves by renaming would leave a watcher on the old file.
      const watcher = watch(folder, (_event, name) => {
        if (name !== null && !names.has(name)) return;
        clearTimeout(timer);
        timer = setTimeout(resolve, quiet);
      });
      watcher.on("error", () => watcher.close());
      watchers.push(watcher);
    }
  });
  return {
    happened,
    close() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function namesByFolder(
  root: string,
  paths: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = dirname(join(root, path));
    folders.set(folder, (folders.get(folder) ?? new Set()).add(basename(path)));
  }
  return folders;
}
