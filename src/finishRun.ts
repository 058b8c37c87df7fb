import type { Diagnostic } from "./kernel/diagnostic";
import type { Model } from "./model/model";
import { type Change, changesOf, isEffect, isInTheWay } from "./output/changes";
import { conflictDiagnostics } from "./output/conflictDiagnostics";
import { manifestPath, printManifest, type Manifest } from "./output/manifest";
import type { Reconciled } from "./output/reconcile";
import type { Session } from "./output/session";
import { writeChanges } from "./output/write";
import type { ManifestLoss, Mode } from "./runInSession";
import { failed, type GenerateResult } from "./generateResult";

/** What a run has worked out. */
export interface Finish {
  readonly mode: Mode;
  readonly session: Session;
  readonly reconciled: Reconciled;
  /** `null` leaves the manifest as it is. */
  readonly next: Manifest | null;
  readonly loss: ManifestLoss;
  readonly diagnostics: readonly Diagnostic[];
  readonly model: Model | null;
  readonly inputs: readonly string[];
}

/** Writes what was worked out, where the run is one that writes and nothing is in the way, and says what came of it. */
export function finishRun(input: Finish): GenerateResult {
  const { session, next, loss, diagnostics, model, inputs, mode } = input;
  // One text in the way keeps everything from being written: the files are of one schema, on the device and on the server, or they are not changed.
  const { changes: all, judged } = input.reconciled;
  const isBlocked = all.some(isInTheWay);
  const changes = isBlocked ? all.filter((one) => !isEffect(one)) : [...all];
  if (mode === "write" && !isBlocked) {
    const { files, disk, run } = session;
    const written = writeChanges({ changes, judged, manifest: next, files, disk, run });
    if (!written.ok) return failed([...diagnostics, ...written.diagnostics], inputs);
  }
  if (loss !== null && next !== null && !isBlocked)
    changes.push({ kind: loss, path: manifestPath, text: printManifest(next) });
  return {
    status: statusOf(changes, mode),
    changes: changes.filter((change) => change.kind !== "unchanged"),
    diagnostics: [...diagnostics, ...conflictDiagnostics(changes, loss !== "create")],
    fileCount: Object.keys(next?.files ?? {}).length,
    model,
    inputs,
  };
}

function statusOf(changes: readonly Change[], mode: Mode): GenerateResult["status"] {
  const conflicts = changesOf(changes, "conflict");
  if (conflicts.some(isInTheWay)) return "blocked";
  // A kept edit is in nobody's way; but what is emitted is not what stands there.
  if (mode !== "write" && conflicts.length > 0) return "blocked";
  // A snippet that nobody pasted: the app would not run as the config says.
  if (mode === "check" && changesOf(changes, "manual").length > 0) return "blocked";
  return changes.some(isEffect) ? "changed" : "unchanged";
}
