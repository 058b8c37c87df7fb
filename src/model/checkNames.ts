import type { ConfigCode } from "../config/codes";
import type { ConfigPath, Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { camelCase, lowerFirst, quote } from "../kernel/text";
import type { TableNames } from "./model";
import { plural } from "./singular";
import {
  deviceColumns,
  emittedTypes,
  engineHooks,
  javascriptWords,
  longestName,
  objectMembers,
  reactHooks,
  schemaNames,
  scopeColumn,
  serverColumns,
  serverNames,
  sqlWords,
  typescriptTypes,
} from "./reserved";

/** A table with the names that are made from its name. */
export interface NamedTable {
  readonly table: TableShape;
  readonly names: TableNames;
}

/** Checks the names of all tables and of everything that is named after them. */
export function checkTableNames(tables: readonly NamedTable[], problems: Problems): void {
  const taken = tables.map(({ table }) => table.name);
  for (const { table, names } of tables) {
    const path = ["tables", table.name];
    if (!checkIdentifier({ name: table.name, what: "table", path, taken }, problems)) continue;
    const { entity } = table;
    const entityPath = [...path, "entity"];
    if (
      entity !== null &&
      !checkIdentifier({ name: entity, what: "entity", path: entityPath, taken: [] }, problems)
    )
      continue;
    if (!checkReservedTable({ name: table.name, path, taken }, problems)) continue;
    // What is wrong with a name made from the entity is corrected at the entity, when there is one.
    checkMadeNames(table.name, names, table.entity === null ? path : entityPath, problems);
  }
  checkClashes(tables, problems);
}

/** Checks the names of a table's fields. */
export function checkFieldNames(
  { name: table, scope, fields }: TableShape,
  problems: Problems,
): void {
  const path = ["tables", table, "fields"];
  const seen = new Map<string, string>();
  const taken = fields.map(({ name }) => name);
  for (const { name } of fields) {
    const fieldPath = [...path, name];
    const lower = name.toLowerCase();
    const twin = seen.get(lower);
    if (twin !== undefined) {
      problems.add(
        "SG210",
        fieldPath,
        `${quote(twin)} and ${quote(name)} are one column to SQLite.`,
        {
          hint: "Rename one of them.",
        },
      );
    }
    seen.set(lower, name);
    if (scope !== null && lower === scopeColumn.toLowerCase()) {
      const message = `${quote(name)} is a column that every table with a scope has already.`;
      problems.add("SG211", fieldPath, message, {
        hint: "Rows say with it which one they are in.",
      });
    } else if (has(deviceColumns, lower) || has(serverColumns, lower)) {
      problems.add(
        "SG211",
        fieldPath,
        `${quote(name)} is a column that every synced table has already.`,
        {
          hint: syncColumnHints[lower] ?? "Use another name.",
        },
      );
    } else if (checkIdentifier({ name, what: "field", path: fieldPath, taken }, problems)) {
      checkReservedField(name, fieldPath, problems);
    }
  }
}

const syncColumnHints: Readonly<Record<string, string>> = {
  createdat: "Rows have a createdAt; use it, or name this one after what was created: openedAt.",
  updatedat: "Rows have an updatedAt; use it, or name this one after what changed: editedByUserAt.",
  userid: "Rows have the userId of their owner; name another person's after the role: assigneeId.",
};

const lowerNames = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** Whether a name is in a set, ignoring case. */
function has(names: ReadonlySet<string>, lower: string): boolean {
  const known = lowerNames.get(names) ?? new Set([...names].map((name) => name.toLowerCase()));
  lowerNames.set(names, known);
  return known.has(lower);
}

/** A name of the config, where it stands, and all names of its kind: none of them is proposed. */
interface GivenName {
  readonly name: string;
  readonly path: ConfigPath;
  readonly taken: readonly string[];
}

/** Ignoring case, as SQLite does. */
function isFree(candidate: string, { name, taken }: GivenName): boolean {
  const lower = candidate.toLowerCase();
  return taken.every((one) => one === name || one.toLowerCase() !== lower);
}

/** What is named. */
type Named = "table" | "field" | "entity" | "scope";

/** Reports at most one thing, so that `_id!` is not three problems. */
export function checkIdentifier(
  given: GivenName & { readonly what: Named },
  problems: Problems,
): boolean {
  const { name, what, path } = given;
  const report = (code: ConfigCode, message: string, allowed: string): false => {
    const corrected = correctedName(name, what);
    const wouldDo = corrected !== undefined && isFree(corrected, given);
    const hint = wouldDo ? `${quote(corrected)} would do.` : undefined;
    problems.add(code, path, message, { allowed, hint });
    return false;
  };
  if (objectMembers.has(name)) {
    return report(
      "SG207",
      `${quote(name)} is a member of every JavaScript object.`,
      "another name",
    );
  }
  if (/^[_$]/.test(name)) {
    return report(
      "SG206",
      `The ${what} ${quote(name)} starts with ${name.slice(0, 1)}, which Convex keeps for itself.`,
      "a name that starts with a letter",
    );
  }
  const pattern = what === "field" ? /^[A-Za-z][A-Za-z0-9_]*$/ : /^[a-z][A-Za-z0-9_]*$/;
  if (!pattern.test(what === "entity" ? lowerFirst(name) : name)) {
    return report(
      "SG205",
      `The ${what} ${quote(name)} is not an identifier.`,
      `${what === "table" || what === "scope" ? "a small letter" : "a letter"}, then letters, digits and _ (ASCII)`,
    );
  }
  if (name.length > longestName) {
    return report(
      "SG208",
      `The ${what} ${quote(name)} has ${name.length} characters; Convex takes ${longestName}.`,
      `at most ${longestName} characters`,
    );
  }
  return true;
}

/** An identifier that is close to a name which is none. */
function correctedName(name: string, what: Named): string | undefined {
  const words = name
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .split(/[^A-Za-z0-9_]+/)
    .join("_")
    .replace(/^[_0-9]+|_+$/g, "");
  const corrected = words.includes("_") || what !== "field" ? camelCase(words) : words;
  return corrected === "" || corrected === name || corrected.length > longestName
    ? undefined
    : corrected;
}

function checkReservedTable(given: GivenName, problems: Problems): boolean {
  const { name, path } = given;
  const lower = name.toLowerCase();
  const report = (code: ConfigCode, message: string, hint = "Use another name."): false => {
    problems.add(code, path, message, { hint });
    return false;
  };
  if (javascriptWords.has(name)) {
    return report("SG207", `${quote(name)} is a reserved word of JavaScript.`, hintAtPlural(given));
  }
  if (sqlWords.has(lower)) {
    return report("SG207", `${quote(name)} is a reserved word of SQL.`, hintAtPlural(given));
  }
  if (lower.startsWith("sqlite_")) {
    return report("SG207", `SQLite keeps names that start with "sqlite_" for itself.`);
  }
  if (/^sync(_|[A-Z]|$)/.test(name) || lower.startsWith("sync_")) {
    return report("SG212", `Tables whose names start with "sync" belong to the sync engine.`);
  }
  if (has(schemaNames, lower)) {
    return report("SG212", `The emitted schema uses the name ${quote(name)} itself.`);
  }
  return true;
}

function hintAtPlural(given: GivenName): string | undefined {
  const many = plural(given.name.toLowerCase());
  const wouldDo = many !== undefined && !sqlWords.has(many) && isFree(many, given);
  return wouldDo ? `A plural is not reserved: ${quote(many)}.` : undefined;
}

function checkReservedField(name: string, path: ConfigPath, problems: Problems): void {
  if (!sqlWords.has(name.toLowerCase())) return;
  problems.add("SG227", path, `${quote(name)} is a reserved word of SQL.`, {
    hint: "Emitted code quotes it; quote it too in SQL that you write by hand.",
  });
}

function checkMadeNames(
  table: string,
  names: TableNames,
  path: ConfigPath,
  problems: Problems,
): void {
  for (const name of Object.values<string>({ ...names })) {
    if (name.length <= longestName) continue;
    problems.add("SG208", path, `The emitted name ${quote(name)} has ${name.length} characters.`, {
      allowed: `at most ${longestName} characters`,
      hint: "Shorten the name of the table, or set a shorter entity.",
    });
    return;
  }
  const isTypescripts = typescriptTypes.has(names.row);
  if (isTypescripts || emittedTypes.has(names.row)) {
    const whose = isTypescripts ? "is a type of TypeScript" : "emitted code uses itself";
    problems.add(
      "SG212",
      path,
      `The row type would be called ${quote(names.row)}, which ${whose}.`,
      {
        hint: `Set its entity: entity: ${quote(`${names.entity}Entry`)}.`,
      },
    );
  }
  const functions = [names.upsert, names.remove, names.changesSince, names.all];
  const taken = functions.find((name) => has(serverNames, name.toLowerCase()));
  if (taken !== undefined) {
    problems.add(
      "SG212",
      path,
      `The function ${quote(taken)} would clash with the emitted server's own.`,
      {
        hint: `Set its entity: entity: ${quote(`${names.entity}Entry`)}.`,
      },
    );
  }
  const hook = names.hook.slice("use".length).toLowerCase();
  if (has(engineHooks, hook) || has(reactHooks, hook)) {
    problems.add(
      "SG212",
      ["tables", table],
      `Its hook would be called ${quote(names.hook)}, which is another hook.`,
      {
        hint: "Rename the table.",
      },
    );
  }
}

/** The names that must come from one table only, ignoring case: files on macOS and Windows, and tables in SQLite, ignore it too. */
function checkClashes(tables: readonly NamedTable[], problems: Problems): void {
  const owners = new Map<string, { readonly table: string; readonly name: string }>();
  for (const { table, names } of tables) {
    const clash = namesOf(names)
      .map((name) => ({ name, owner: owners.get(name.toLowerCase()) }))
      .find(({ owner }) => owner !== undefined && owner.table !== table.name);
    if (clash?.owner !== undefined) {
      const { table: other, name } = clash.owner;
      const same = name === clash.name ? quote(name) : `${quote(name)} and ${quote(clash.name)}`;
      problems.add(
        "SG209",
        ["tables", table.name],
        `The tables ${quote(other)} and ${quote(table.name)} both lead to ${same}.`,
        { hint: clashHint(table.name, clash.name, other) },
      );
    }
    for (const name of namesOf(names)) {
      const key = name.toLowerCase();
      if (!owners.has(key)) owners.set(key, { table: table.name, name });
    }
  }
}

/** Those that no `entity` can change come first, because the first clash is the one that is reported. */
function namesOf({
  hook,
  all,
  row,
  create,
  changes,
  upsert,
  remove,
  changesSince,
  rowHook,
}: TableNames): readonly string[] {
  return [hook, all, row, create, changes, upsert, remove, changesSince, rowHook];
}

function clashHint(table: string, name: string, other: string): string {
  return /^(use|getAll)/.test(name)
    ? "Rename one of them."
    : `Rename one of them, or set the entity of ${quote(table)} or ${quote(other)}.`;
}
