import { check } from "../generate";
import type { CommandContext, CommandResult } from "./command";
import { toCommandResult } from "./runResult";

/** Runs `check` as a command asks for it. */
export async function checkProject(
  context: Pick<CommandContext, "root" | "config" | "flags" | "progress" | "signal">,
): Promise<CommandResult> {
  const { root, config, flags, progress, signal } = context;
  const { allowDataLoss } = flags;
  return toCommandResult(
    await check({ root, config, allowDataLoss, progress, signal }),
    "check",
    flags,
  );
}
