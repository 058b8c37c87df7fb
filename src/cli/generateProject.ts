import { generate } from "../generate";
import type { GenerateResult } from "../generateResult";
import type { Diagnostic } from "../kernel/diagnostic";
import { changesOf } from "../output/changes";
import type { CommandContext, Line } from "./command";
import { toCommandResult } from "./runResult";
import { scopeSteps } from "./scopeSteps";
import type { WatchedResult } from "./watchProject";

/** Runs `generate` as a command asks for it. */
export async function generateProject(
  context: Pick<CommandContext, "root" | "config" | "flags" | "progress" | "signal">,
): Promise<WatchedResult> {
  const { root, config, flags, progress, signal } = context;
  const { dryRun, keepEdits, force, allowDataLoss } = flags;
  const result = await generate({
    ...{ root, config, dryRun, keepEdits, force, allowDataLoss },
    progress,
    signal,
  });
  const answer = toCommandResult(result, dryRun ? "dry-run" : "generate", flags);
  return {
    ...answer,
    lines: [...answer.lines, ...(dryRun ? [] : await nextStep(root, result))],
    diagnostics: [...answer.diagnostics, ...(await remarks(root, result))],
    inputs: result.inputs,
  };
}

/** A package.json that lists more than before: the packages are not there yet. And what else a new part of the project needs. */
async function nextStep(
  root: string,
  { changes, model }: GenerateResult,
): Promise<readonly Line[]> {
  const isListed = changesOf(changes, "edit").some(({ path }) =>
    /(?:^|\/)package\.json$/.test(path),
  );
  const connection = `${model?.client.out ?? ""}/providers/connectInBackground.ts`;
  const isInBackground = changesOf(changes, "create").some(({ path }) => path === connection);
  const steps: string[] = [];
  if (isListed) {
    const { detectWorkspace } = await import("../config/workspace");
    const { readProject } = await import("../output/projectDisk");
    steps.push(`${detectWorkspace(readProject(root)).packageManager} install`);
  }
  if (isInBackground) steps.push("a new native build", `with sign-in, the token in ${connection}`);
  if (model !== null) steps.push(...scopeSteps(changes, model));
  return steps.length === 0 ? [] : [{ style: "dim", text: `Next: ${steps.join("; then ")}` }];
}

/** What the config asks for by one word, and the project is not ready for. */
async function remarks(root: string, { model }: GenerateResult): Promise<readonly Diagnostic[]> {
  if (model?.server.tests !== true) return [];
  const { checkTests } = await import("../doctor/checkTests");
  const { detectWorkspace } = await import("../config/workspace");
  const { readProject } = await import("../output/projectDisk");
  return checkTests(detectWorkspace(readProject(root)), model.server.out);
}
