import { generate } from "../generate";
import type { CommandContext, CommandResult } from "./command";
import { toCommandResult } from "./runResult";

/** Runs `generate` as a command asks for it. */
export async function generateProject(
  context: Pick<CommandContext, "root" | "config" | "flags" | "progress" | "signal">,
): Promise<CommandResult & { readonly inputs: readonly string[] }> {
  const { root, config, flags, progress, signal } = context;
  const { dryRun, force, allowDataLoss, verbose } = flags;
  const result = await generate({ root, config, dryRun, force, allowDataLoss, progress, signal });
  return {
    ...toCommandResult(result, dryRun ? "dry-run" : "generate", verbose),
    inputs: result.inputs,
  };
}
