import { defineCommand } from "../command";

/** `sync-gen generate`: makes the project what the config says. */
export const generateCommand = defineCommand({
  name: "generate",
  aliases: ["regenerate"],
  summary: "Writes what sync.config.ts says: only the files that change.",
  positionals: {},
  takes: ["dryRun", "keepEdits", "force", "allowDataLoss"],
  options: {
    watch: {
      kind: "flag",
      description: "run again whenever the config, or a file that it imports, is saved",
    },
  },
  examples: [
    { command: "generate", purpose: "after any edit of sync.config.ts" },
    { command: "generate --watch", purpose: "while you edit it" },
    { command: "generate --dry-run", purpose: "what would change, and the migration's SQL" },
    {
      command: "generate --keep-edits",
      purpose: "keep edits of emitted files, now and in later runs",
    },
    { command: "generate --force", purpose: "replace edits of emitted files" },
    { command: "generate --allow-data-loss", purpose: "after a field or table was removed" },
  ],
  async run({ watch }, context) {
    if (!watch) return await context.generate();
    if (context.flags.json || context.flags.dryRun) {
      return {
        exitCode: 2,
        lines: [],
        json: {},
        diagnostics: [
          {
            code: "SG906",
            severity: "error",
            message: "--watch goes with neither --json nor --dry-run.",
            hint: "Leave one of them out.",
          },
        ],
      };
    }
    const { watchProject } = await import("../watchProject");
    const { generateProject } = await import("../generateProject");
    return await watchProject(context, generateProject);
  },
});
