import { didYouMean } from "../../kernel/text";
import { type CommandResult, defineCommand, failed } from "../command";

/** `sync-gen explain [table|policy]`: what a table does, or what a policy promises; without either, what there is to explain. */
export const explain = defineCommand({
  name: "explain",
  summary: "Says what a table of the config does, or what a policy promises.",
  positionals: {
    subject: { description: "a table or a policy; left out: the list of both", required: false },
  },
  options: {},
  examples: [
    {
      command: "explain",
      purpose: "your tables with their policies, and every policy in a sentence",
    },
    { command: "explain mobile-wins", purpose: "who wins a conflict, and what that costs" },
    { command: "explain tasks", purpose: "fields, policy and names of a table" },
  ],
  async run({ subject }, { root, config, files }) {
    const { describeAll, describePolicy, describeTable, findPolicy, policyNames } =
      await import("../explanations");
    const policy = subject === undefined ? undefined : findPolicy(subject);
    // Policies can be explained anywhere; a table needs its config.
    if (policy !== undefined) return { ...done, ...describePolicy(policy) };
    if (!files.exists(config)) {
      return subject === undefined
        ? { ...done, ...describeAll([]) }
        : unknownSubject(subject, policyNames);
    }

    const { readModel } = await import("../../generate");
    const read = await readModel({ root, config });
    if (!read.ok) return failed(read.diagnostics);
    if (subject === undefined)
      return { ...done, ...describeAll(read.value.tables), diagnostics: read.diagnostics };
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
