import { generate } from "../generate";
import type { GenerateResult } from "../generateResult";
import type { Diagnostic } from "../kernel/diagnostic";
import { changesOf } from "../output/changes";
import type { CommandContext, GenerateAnswer } from "./command";
import { stepLines, toCommandResult } from "./runResult";
import { scopeSteps } from "./scopeSteps";
import type { WatchedResult } from "./watchProject";

/** Runs `generate` as a command asks for it. */
export async function generateProject(
  context: Pick<CommandContext, "root" | "config" | "flags" | "progress" | "signal">,
): Promise<WatchedResult & GenerateAnswer> {
  const { root, config, flags, progress, signal } = context;
  const { dryRun, keepEdits, force, allowDataLoss } = flags;
  const result = await generate({
    ...{ root, config, dryRun, keepEdits, force, allowDataLoss },
    progress,
    signal,
  });
  const answer = toCommandResult(result, dryRun ? "dry-run" : "generate", flags);
  const next = dryRun ? noSteps : await nextSteps(root, result);
  const steps = [...next.commands, ...next.steps];
  return {
    ...answer,
    lines: [...answer.lines, ...stepLines(steps)],
    json: { ...answer.json, ...(steps.length === 0 ? {} : { next: steps }) },
    next,
    diagnostics: [...answer.diagnostics, ...(await remarks(root, result))],
    inputs: result.inputs,
  };
}

const noSteps: GenerateAnswer["next"] = { commands: [], steps: [] };

/** A package.json that lists more than before: the packages are not there yet. And what else a new part of the project needs. */
async function nextSteps(
  root: string,
  { changes, model }: GenerateResult,
): Promise<GenerateAnswer["next"]> {
  if (model === null) return noSteps;
  const isListed = changesOf(changes, "edit").some(({ path }) =>
    /(?:^|\/)package\.json$/.test(path),
  );
  const connection = `${model.client.out}/providers/connectInBackground.ts`;
  const isInBackground = changesOf(changes, "create").some(({ path }) => path === connection);
  const commands: string[] = [];
  if (isListed) {
    const { detectWorkspace } = await import("../config/workspace");
    const { readProject } = await import("../output/projectDisk");
    commands.push(`${detectWorkspace(readProject(root)).packageManager} install`);
  }
  const build = ["a new native build", `with sign-in, the token in ${connection}`];
  return {
    commands,
    steps: [...(isInBackground ? build : []), ...scopeSteps(changes, model)],
  };
}

/** What the config asks for by one word, and the project is not ready for. */
async function remarks(root: string, { model }: GenerateResult): Promise<readonly Diagnostic[]> {
  if (model?.server.tests !== true) return [];
  const { checkTests } = await import("../doctor/checkTests");
  const { detectWorkspace } = await import("../config/workspace");
  const { readProject } = await import("../output/projectDisk");
  return checkTests(detectWorkspace(readProject(root)), model.server.out);
}
