import { type Change, changesOf, isEffect } from "./changes";
import { type Manifest, manifestVersion } from "./manifest";
import type { Reconciled } from "./reconcile";

/** What a run knows about itself, beside the files. */
export type RunFacts = Pick<
  Manifest,
  "tool" | "templates" | "model" | "inputs" | "layout" | "userModules"
>;

/**
 * The manifest after a run.
 *
 * Hashes of the user's files that we edit only let a later run take the short way: a run that changes nothing else leaves them as they are, so
 * that work on `convex/schema.ts` does not show up as a change of the manifest too.
 */
export function nextManifest(
  previous: Manifest,
  facts: RunFacts,
  reconciled: Reconciled,
): Manifest {
  const { changes, records } = reconciled;
  const next: Manifest = {
    version: manifestVersion,
    ...facts,
    // Without inputs no run takes the short way, as long as something stands in the way of this one.
    inputs: changesOf(changes, "conflict").length > 0 ? {} : facts.inputs,
    ...records,
  };
  return isSettled(previous, next, changes) ? previous : next;
}

function isSettled(previous: Manifest, next: Manifest, changes: readonly Change[]): boolean {
  if (changes.some(isEffect)) return false;
  if (Object.values(previous.edited).includes("")) return false;
  return withoutEdited(previous) === withoutEdited(next);
}

function withoutEdited(manifest: Manifest): string {
  const { version, tool, templates, model, layout, formatting, inputs, edited, once, files } =
    manifest;
  const { userModules } = manifest;
  return JSON.stringify([
    [
      version,
      tool,
      templates,
      model,
      formatting,
      layout.clientOut,
      layout.serverOut,
      layout.apiImport,
    ],
    Object.entries(inputs).sort(),
    Object.keys(edited).sort(),
    [...once].sort(),
    [...userModules].sort(),
    Object.entries(files)
      .map(([path, { written, planned, kept }]) => [path, written, planned, kept ?? null])
      .sort(),
  ]);
}
