import { didYouMean } from "../../kernel/text";
import { type CommandResult, defineCommand, failed } from "../command";

/** `sync-gen explain [table|scope|policy]`: what a table does, who shares a scope, or what a policy promises; without any, what there is to explain. */
export const explain = defineCommand({
  name: "explain",
  summary:
    "Says what a table of the config does, what people share by a scope, or what a policy promises.",
  positionals: {
    subject: {
      description: "a table, a scope or a policy; left out: the list of all",
      required: false,
    },
  },
  options: {},
  examples: [
    {
      command: "explain",
      purpose: "your tables with their policies, and every policy in a sentence",
    },
    { command: "explain mobile-wins", purpose: "who wins a conflict, and what that costs" },
    { command: "explain tasks", purpose: "fields, policy and names of a table" },
    {
      command: "explain workspace",
      purpose: "the tables of a scope, and where it is said who shares them",
    },
  ],
  async run({ subject }, { root, config, files }) {
    const { describeAll, describePolicy, describeScope, describeTable, findPolicy, policyNames } =
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
    const { scopeNames } = await import("../../targets/tableRules");
    const read = await readModel({ root, config });
    if (!read.ok) return failed(read.diagnostics);
    const { value: model, diagnostics } = read;
    const answer = { ...done, diagnostics };
    if (subject === undefined) return { ...answer, ...describeAll(model.tables) };
    const table = model.tables.find(({ name }) => name === subject);
    if (table !== undefined) return { ...answer, ...describeTable(table) };
    const scopes = scopeNames(model);
    if (scopes.includes(subject)) return { ...answer, ...describeScope(subject, model) };
    const tables = model.tables.map(({ name }) => name);
    return unknownSubject(subject, [...tables, ...scopes, ...policyNames]);
  },
});

const done = { exitCode: 0, diagnostics: [] } as const;

function unknownSubject(subject: string, known: readonly string[]): CommandResult {
  const hint = didYouMean(subject, known);
  return failed([
    {
      code: "SG907",
      severity: "error",
      message: `There is no table, scope or policy "${subject}".`,
      allowed: known.join(", "),
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}
