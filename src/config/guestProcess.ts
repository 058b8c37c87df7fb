import { syncBuiltinESMExports } from "node:module";

/** How code of the user's ended that runs in this process. */
export type GuestEnd<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "threw"; readonly error: unknown }
  /** It called `process.exit`; the error's stack says where. */
  | { readonly kind: "exited"; readonly error: Error }
  /** It waits for what never happens: nothing is left that could wake this process. */
  | { readonly kind: "stalled" };

/** Runs code that is not ours, so that it can neither end this process nor let it run dry: both would look like success to whoever started it. */
export async function runGuest<T>(run: () => Promise<T>): Promise<GuestEnd<T>> {
  const exit = process.exit;
  let exited: Error | null = null;
  process.exit = (code?: number | string | null): never => {
    // Also where the code catches it, the process was meant to end.
    exited ??= new Error(`process.exit(${code ?? ""})`);
    throw exited;
  };
  // Without it `import { exit } from "node:process"` is the old one still.
  syncBuiltinESMExports();
  let wake: (end: GuestEnd<T>) => void = () => undefined;
  const stalled = new Promise<GuestEnd<T>>((resolve) => (wake = resolve));
  const onDry = (): void => wake({ kind: "stalled" });
  process.once("beforeExit", onDry);
  try {
    const end = await Promise.race([ended(run), stalled]);
    return exited === null ? end : { kind: "exited", error: exited };
  } finally {
    process.exit = exit;
    syncBuiltinESMExports();
    process.off("beforeExit", onDry);
  }
}

async function ended<T>(run: () => Promise<T>): Promise<GuestEnd<T>> {
  try {
    return { kind: "done", value: await run() };
  } catch (error) {
    return { kind: "threw", error };
  }
}
