import { builtFrom } from "./builtFrom";
import type { Diagnostic } from "./kernel/diagnostic";
import { historyPath, parseHistory } from "./migrate/history";
import { createCommitted } from "./output/committed";
import { fileDiagnostic } from "./output/fileErrors";
import { manifestPath, noManifest, parseManifest, type Manifest } from "./output/manifest";
import { readMergedManifest } from "./output/mergedManifest";
import { newerTool } from "./output/newerTool";
import { openSession, type Session } from "./output/session";
import type { WriteFiles } from "./output/writeFiles";
import { failed, type GenerateResult } from "./generateResult";

/** `look` works out what `write` would do; `check` also minds what is left to the user. */
export type Mode = "write" | "look" | "check";

/** How the manifest of a project that was generated before comes back; `null` where it stands. */
export type ManifestLoss = "create" | "update" | null;

/** How a run was asked for, as far as its session needs to know. */
export interface RunRequest {
  readonly root: string;
  readonly mode: Mode;
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly disk?: WriteFiles | undefined;
}

/** Opens the project, reads the manifest, and turns what the disk refuses into diagnostics. */
export async function runInSession(
  options: RunRequest,
  work: (session: Session, manifest: Manifest, loss: ManifestLoss) => Promise<GenerateResult>,
): Promise<GenerateResult> {
  const { root, mode, signal, disk } = options;
  let session: Session | undefined;
  try {
    const opened = openSession({ root, mode: mode === "write" ? mode : "look", signal, disk });
    if (!opened.ok) return failed(opened.diagnostics);
    session = opened.value;
    const text = session.files.read(manifestPath);
    const parsed = parseManifest(text);
    const isMerge = parsed.diagnostics.some(({ code }) => code === "SG402");
    const sides = isMerge ? readMergedManifest(createCommitted(root), session.files) : null;
    const manifest = sides ?? parsed;
    // `--force` starts anew without a manifest that cannot be read, but never goes behind a newer version's back.
    const usable =
      manifest.ok ||
      (options.force === true && !manifest.diagnostics.some(({ code }) => code === "SG403"));
    if (!usable) return failed(explainManifest(manifest.diagnostics, session));
    const newer = manifest.ok ? newerTool(manifest.value, builtFrom().version) : null;
    if (newer !== null && options.force !== true) return failed([newer]);
    const isFirst = text === undefined && !session.files.exists(historyPath);
    const loss = text === undefined ? (isFirst ? null : "create") : parsed.ok ? null : "update";
    const result = await work(session, manifest.ok ? manifest.value : noManifest, loss);
    return { ...result, diagnostics: [...session.diagnostics, ...result.diagnostics] };
  } catch (error) {
    const diagnostic = fileDiagnostic(error, "read the project");
    if (diagnostic === null) throw error;
    return failed([diagnostic]);
  } finally {
    session?.close();
  }
}

/** A merge that stopped in the history as well has one way out, which covers the manifest. */
function explainManifest(
  problems: readonly Diagnostic[],
  { files }: Session,
): readonly Diagnostic[] {
  if (!problems.some(({ code }) => code === "SG402")) return problems;
  const branches = parseHistory(files.read(historyPath)).diagnostics.filter(
    ({ code }) => code === "SG314",
  );
  return branches.length > 0 ? branches : problems;
}
