import type { Committed } from "../../src/output/committed";
import { createFormatter } from "../../src/output/format";
import { type Manifest, manifestPath, noManifest, parseManifest } from "../../src/output/manifest";
import { nextManifest } from "../../src/output/nextManifest";
import { finishSteps } from "../../src/output/finishSteps";
import { parsePending, pendingPath } from "../../src/output/pending";
import { reconcile, type Reconciled, type ReconcileInput } from "../../src/output/reconcile";
import { writeChanges } from "../../src/output/write";
import type { Plan, PlannedEdit, PlannedFile } from "../../src/plan/plan";
import { sweepTemporaryFiles } from "../../src/output/temporaryFiles";
import type { MemoryProject } from "./memoryProject";

/** A plan of owned TypeScript files. */
export function planOf(
  texts: Readonly<Record<string, string>>,
  edits: readonly PlannedEdit[] = [],
): Plan {
  const files = Object.entries(texts).map(([path, text]): PlannedFile => ({
    path,
    text,
    ownership: "owned",
    parser: path.endsWith(".ts") ? "typescript" : null,
  }));
  return { files, edits };
}

/** What the project's manifest says; throws when it cannot be read. */
export function manifestOf(project: MemoryProject): Manifest {
  const parsed = parseManifest(project.read(manifestPath));
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value;
}

/** A project without git. */
export const nothingCommitted: Committed = {
  texts: () => [],
  versions: () => [],
  joined: () => [],
  textAt: () => undefined,
  text: () => undefined,
  record: () => undefined,
  sides: () => [],
};

/** Works out the changes without writing them. */
export async function lookAt(
  project: MemoryProject,
  plan: Plan,
  edits: ReconcileInput["edits"] = "stay",
  more: Partial<ReconcileInput> = {},
): Promise<Reconciled> {
  // No text of these tests needs the user's prettier, so that the folder need not exist.
  const formatter = createFormatter("/nowhere", project);
  return await reconcile({
    plan,
    files: project,
    manifest: manifestOf(project),
    formatter,
    edits,
    committed: nothingCommitted,
    isWhole: true,
    ...more,
  });
}

/** One whole run: finishes an interrupted one, reconciles, writes. Says which changes it made, as `create a.ts`. */
export async function runPlan(
  project: MemoryProject,
  plan: Plan,
  edits: ReconcileInput["edits"] = "stay",
  more: Partial<ReconcileInput> = {},
): Promise<readonly string[]> {
  const pending = parsePending(project.read(pendingPath));
  if (pending !== null) finishSteps(pending, project, project);
  sweepTemporaryFiles(Object.keys(manifestOf(project).files), project, project);
  const reconciled = await lookAt(project, plan, edits, more);
  const facts = {
    tool: "1.0.0",
    templates: "t",
    model: "m",
    inputs: {},
    layout: noManifest.layout,
    userModules: [],
  };
  const manifest = nextManifest(manifestOf(project), facts, reconciled);
  const written = writeChanges({
    changes: reconciled.changes,
    judged: reconciled.judged,
    manifest,
    files: project,
    disk: project,
    run: "run",
  });
  if (!written.ok) throw new Error(written.diagnostics.map(({ message }) => message).join("\n"));
  return reconciled.changes
    .filter(({ kind }) => kind !== "unchanged")
    .map(
      (change) =>
        `${change.kind === "conflict" ? `conflict(${change.reason})` : change.kind} ${change.path}`,
    );
}
