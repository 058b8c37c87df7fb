import { didYouMean } from "../../kernel/text";
import { type CommandResult, defineCommand, failed } from "../command";

/** `sync-gen explain <table|policy>`: what a table does, or what a policy promises. */
export const explain = defineCommand({
  name: "explain",
  summary: "Says what a table of the config does, or what a policy promises.",
  positionals: { subject: { description: "a table or a policy", required: true } },
  options: {},
  examples: [
    { command: "explain mobile-wins", purpose: "who wins a conflict, and what that costs" },
    { command: "explain tasks", purpose: "fields, policy and names of a table" },
  ],
  async run({ subject }, { root, config, files }) {
    const { describePolicy, describeTable, findPolicy, policyNames } =
      await import("../explanations");
    const policy = findPolicy(subject);
    // Policies can be explained anywhere; a table needs its config.
    if (policy !== undefined) return { ...done, ...describePolicy(policy) };
    if (!files.exists(config)) return unknownSubject(subject, policyNames);

    const { readModel } = await import("../../generate");
    const read = await readModel({ root, config });
    if (!read.ok) return failed(read.diagnostics);
    const table = read.value.tables.find(({ name }) => name === subject);
    const tables = read.value.tables.map(({ name }) => name);
    if (table === undefined) return unknownSubject(subject, [...tables, ...policyNames]);
    return { ...done, ...describeTable(table), diagnostics: read.diagnostics };
  },
});

const done = { exitCode: 0, diagnostics: [] } as const;

function unknownSubject(subject: string, known: readonly string[]): CommandResult {
  const hint = didYouMean(subject, known);
  return failed([
    {
      code: "SG907",
      severity: "error",
      message: `There is no table and no policy "${subject}".`,
      allowed: known.join(", "),
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}
