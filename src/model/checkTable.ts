import type { ConfigPath, Problems } from "../config/problems";
import type { FieldShape, TableShape } from "../config/shape";
import { operationNames } from "../config/vocabulary";
import { didYouMean, joinWords, quote } from "../kernel/text";

/** Checks what a table's options say together: its policy, operations, natural key and indexes. */
export function checkTable(table: TableShape, problems: Problems): void {
  const path = ["tables", table.name];
  if (table.fields.length === 0) {
    problems.add("SG202", [...path, "fields"], `The table ${quote(table.name)} has no fields.`, {
      allowed: "at least one: { title: text() }",
    });
  }
  checkPolicy(table, path, problems);
  checkOperations(table, path, problems);
  checkUniqueBy(table, path, problems);
}

function checkPolicy(table: TableShape, path: ConfigPath, problems: Problems): void {
  const { policy } = table;
  // An unknown policy was reported; nothing can be said about what goes with it.
  if (policy === null) return;
  for (const [option, owner] of [
    ["by", "max-wins"],
    ["deletes", "mobile-wins"],
    ["merge", "custom"],
  ] as const) {
    if (table[option] === null || policy === owner) continue;
    problems.add("SG217", [...path, option], `${quote(option)} means nothing to ${policy}.`, {
      allowed: `${quote(option)} with the policy ${quote(owner)}`,
      hint: `Remove it, or set the policy to ${quote(owner)}.`,
    });
  }
  if (policy === "custom" && table.merge === null) {
    problems.add(
      "SG218",
      [...path, "merge"],
      `The policy custom needs "merge", the function that decides.`,
      {
        allowed: '"./merge/tasks#mergeTasks"',
      },
    );
  }
  if (policy === "max-wins") checkBy(table, path, problems);
}

const comparableKinds: readonly string[] = ["integer", "real", "timestamp"];

function checkBy(table: TableShape, path: ConfigPath, problems: Problems): void {
  const fits = (field: FieldShape): boolean =>
    comparableKinds.includes(field.kind) && field.side === "both";
  const fitting = table.fields.filter(fits).map((field) => quote(field.name));
  const allowed =
    fitting.length === 0
      ? "a synced field of kind integer, real or timestamp"
      : joinWords(fitting, "or");
  if (table.by === null) {
    problems.add(
      "SG218",
      [...path, "by"],
      `The policy max-wins needs "by", the field that is compared.`,
      { allowed },
    );
    return;
  }
  const field = findField(table, table.by, [...path, "by"], problems);
  if (field === null) return;
  if (!fits(field)) {
    const reason =
      field.side === "both" ? `is of kind ${field.kind}` : `stays on the ${field.side}`;
    problems.add(
      "SG220",
      [...path, "by"],
      `${quote(field.name)} ${reason} and cannot be compared.`,
      { allowed },
    );
  } else if (field.merge !== null) {
    problems.add(
      "SG220",
      [...path, "by"],
      `${quote(field.name)} is a counter: edits add up, so none is the greatest.`,
      {
        hint: "Remove counter(), or compare another field.",
      },
    );
  }
}

function checkOperations(table: TableShape, path: ConfigPath, problems: Problems): void {
  const { operations } = table;
  if (operations === null) return;
  const operationsPath = [...path, "operations"];
  if (operations.length === 0) {
    problems.add("SG222", operationsPath, `${quote(table.name)} allows no operation.`, {
      allowed: operationNames.map(quote).join(", "),
      hint: "Leave operations out to allow all of them.",
    });
    return;
  }
  for (const [index, operation] of operations.entries()) {
    if (operations.indexOf(operation) < index) {
      problems.add("SG222", operationsPath, `${quote(operation)} is listed twice.`, {
        hint: "Remove one of the two.",
      });
    }
    if (table.policy === "append-only" && operation !== "create") {
      problems.add(
        "SG217",
        operationsPath,
        `Rows of an append-only table never change, but ${quote(operation)} is allowed.`,
        {
          allowed: '["create"]',
          hint: "Leave operations out, or choose another policy.",
        },
      );
    }
  }
  // Rows that people share are often made with the scope, by a function of the app's.
  if (!operations.includes("create") && table.scope === null) {
    problems.add(
      "SG221",
      operationsPath,
      `No device can create rows of ${quote(table.name)}: they come from the server alone.`,
      {
        hint: 'Add "create" if devices should make rows too.',
      },
    );
  }
}

function checkUniqueBy(table: TableShape, path: ConfigPath, problems: Problems): void {
  for (const [index, name] of table.uniqueBy.entries()) {
    const namePath = [...path, "uniqueBy", index];
    if (table.uniqueBy.indexOf(name) < index) {
      problems.add("SG216", namePath, `${quote(name)} is listed twice.`, {
        hint: "Remove one of the two.",
      });
      continue;
    }
    const field = findField(table, name, namePath, problems);
    const reason = field === null ? undefined : whyNotKey(field);
    if (reason === undefined) continue;
    problems.add(
      "SG220",
      namePath,
      `${quote(name)} cannot be part of the natural key: it ${reason}.`,
      {
        allowed: "required, synced fields that are not json and do not merge",
      },
    );
  }
}

function whyNotKey(field: FieldShape): string | undefined {
  if (field.optional) return "is optional, and rows without a value would not be told apart";
  if (field.side !== "both") return `stays on the ${field.side}`;
  if (field.kind === "json") return "is json";
  if (field.merge !== null) return "changes by merging";
  return undefined;
}

/** The field of that name; `null`, and reported, when the table has none. */
export function findField(
  table: TableShape,
  name: string,
  path: ConfigPath,
  problems: Problems,
): FieldShape | null {
  const field = table.fields.find((candidate) => candidate.name === name);
  if (field !== undefined) return field;
  const names = table.fields.map((candidate) => candidate.name);
  problems.add("SG219", path, `The table ${quote(table.name)} has no field ${quote(name)}.`, {
    allowed: joinWords(names.map(quote), "or") || undefined,
    hint: didYouMean(name, names),
  });
  return null;
}
