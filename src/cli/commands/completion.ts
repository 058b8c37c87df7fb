import { defineCommand, failed } from "../command";
import { completionScript, completionShells } from "../completionScript";

/** `sync-gen completion [shell]`: prints the script that a shell loads. */
export const completion = defineCommand({
  name: "completion",
  summary: "Prints the completion script for bash, zsh or fish.",
  positionals: {
    shell: { description: `${completionShells.join(", ")} (default: bash)`, required: false },
  },
  options: {},
  examples: [
    { command: "completion zsh >> ~/.zshrc", purpose: "complete commands and flags in zsh" },
  ],
  async run({ shell = "bash" }) {
    const script = completionScript(shell);
    if (script === null) {
      return failed([
        {
          code: "SG904",
          severity: "error",
          message: `There is no completion for "${shell}".`,
          allowed: completionShells.join(", "),
        },
      ]);
    }
    return { exitCode: 0, lines: [script], json: { shell, script }, diagnostics: [] };
  },
});
