import { problemOf } from "../../templates/shared/codec";
import type { ConfigPath, Problems } from "../config/problems";
import { describe } from "../config/reader";
import type { FieldShape, TableShape } from "../config/shape";
import { didYouMean, quote } from "../kernel/text";
import { defaultProblem } from "./defaults";

/** Checks every field of a table on its own: choices, defaults, sides and merges. */
export function checkFields(table: TableShape, problems: Problems): void {
  for (const field of table.fields) {
    const path = ["tables", table.name, "fields", field.name];
    checkChoices(field, path, problems);
    checkDefault(field, path, problems);
    checkSide(field, path, problems);
    checkMerge(field, table, path, problems);
  }
}

function checkChoices(field: FieldShape, path: ConfigPath, problems: Problems): void {
  if (field.kind !== "choice") return;
  if (field.choices.length === 0) {
    problems.add("SG215", [...path, "choices"], `${quote(field.name)} has no choices.`, {
      allowed: 'at least one: choice(["low", "high"])',
    });
  }
  field.choices.forEach((choice, index) => {
    const choicePath = [...path, "choices", index];
    const problem = problemOf({ kind: "text", optional: false }, choice);
    if (problem !== null) {
      problems.add("SG112", choicePath, `The choice ${describe(choice)} ${problem}.`);
    } else if (field.choices.indexOf(choice) < index) {
      problems.add("SG216", choicePath, `The choice ${describe(choice)} is listed twice.`, {
        hint: "Remove one of the two.",
      });
    }
  });
}

function checkDefault(field: FieldShape, path: ConfigPath, problems: Problems): void {
  if (field.default === null) return;
  const { value } = field.default;
  const defaultPath = [...path, "default"];
  if (value === null && field.optional) return;
  if (field.kind === "reference") {
    problems.add(
      "SG213",
      defaultPath,
      `${quote(field.name)} is a reference, which has no default: the rows of every user have ids of their own.`,
      { hint: "Remove `.default(…)`; `.optional()` allows rows that refer to nothing." },
    );
    return;
  }
  if (field.kind === "choice" && typeof value === "string") {
    if (field.choices.includes(value) || field.choices.length === 0) return;
    problems.add(
      "SG214",
      defaultPath,
      `The default ${describe(value)} is not one of the choices.`,
      {
        allowed: field.choices.map(quote).join(", "),
        hint: didYouMean(value, field.choices),
      },
    );
    return;
  }
  const problem = defaultProblem(field);
  if (problem === null) return;
  const where = problem.path.length === 0 ? "" : ` (at ${problem.path.join(".")})`;
  problems.add(
    "SG213",
    defaultPath,
    `The default of ${quote(field.name)} is ${describe(value)}: it ${problem.message}${where}.`,
    field.kind === "timestamp" ? { allowed: "milliseconds since 1970" } : {},
  );
}

function checkSide(field: FieldShape, path: ConfigPath, problems: Problems): void {
  if (field.side === "both" || field.optional || field.default !== null) return;
  const [modifier, other] =
    field.side === "device" ? ["deviceOnly", "server"] : ["serverOnly", "device"];
  problems.add(
    "SG225",
    [...path, modifier],
    `A row made on the ${other} has no value for ${quote(field.name)}.`,
    {
      allowed: "a field that is optional() or has a default()",
    },
  );
}

function checkMerge(
  field: FieldShape,
  table: TableShape,
  path: ConfigPath,
  problems: Problems,
): void {
  const { merge } = field;
  if (merge === null) return;
  const modifier = merge.kind === "one-way" ? "oneWay" : merge.kind;
  if (field.side !== "both") {
    problems.add(
      "SG116",
      [...path, modifier],
      `${modifier}() merges what two sides changed, but the field stays on the ${field.side}.`,
      {
        allowed: `${modifier}() on a field that is synced`,
      },
    );
  }
  if (table.policy === "append-only") {
    problems.add(
      "SG217",
      [...path, modifier],
      `Rows of an append-only table never change: ${modifier}() has nothing to merge.`,
      {
        hint: `Remove ${modifier}(), or choose another policy.`,
      },
    );
  }
  if (merge.kind === "set" && field.default !== null && !Array.isArray(field.default.value)) {
    if (field.default.value === null && field.optional) return;
    problems.add(
      "SG226",
      [...path, "default"],
      `${quote(field.name)} is a set, but its default is ${describe(field.default.value)}.`,
      {
        allowed: "a list",
      },
    );
  }
  if (merge.kind === "one-way") checkOrder(field, merge.order, [...path, modifier], problems);
}

function checkOrder(
  field: FieldShape,
  order: readonly string[],
  path: ConfigPath,
  problems: Problems,
): void {
  for (const [index, value] of order.entries()) {
    if (!field.choices.includes(value)) {
      problems.add(
        "SG226",
        path,
        `${describe(value)} in the order of ${quote(field.name)} is not one of its choices.`,
        {
          allowed: field.choices.map(quote).join(", "),
          hint: didYouMean(value, field.choices),
        },
      );
    } else if (order.indexOf(value) < index && order !== field.choices) {
      problems.add(
        "SG226",
        path,
        `${describe(value)} is twice in the order of ${quote(field.name)}.`,
      );
    }
  }
  const missing = field.choices.filter((choice) => !order.includes(choice));
  if (missing.length === 0) return;
  problems.add(
    "SG226",
    path,
    `The order of ${quote(field.name)} leaves out ${missing.map(quote).join(", ")}.`,
    {
      allowed: "every choice, once",
    },
  );
}
