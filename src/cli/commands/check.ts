import { defineCommand } from "../command";

/** `sync-gen check`: is everything emitted there, up to date and untouched? */
export const checkCommand = defineCommand({
  name: "check",
  summary: "Exits with 1 if anything emitted is missing, stale or edited. Writes nothing.",
  positionals: {},
  takes: ["allowDataLoss"],
  options: {},
  examples: [
    { command: "check", purpose: "in CI, before the tests" },
    { command: "check --json", purpose: "the same, for a program" },
  ],
  async run(_values, context) {
    const { checkProject } = await import("../checkProject");
    return await checkProject(context);
  },
});
