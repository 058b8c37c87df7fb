import type { Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { joinWords, quote } from "../kernel/text";
import { checkIdentifier } from "./checkNames";

/** Checks the names of scopes, and that no reference leads from one scope to another, or to nobody's. */
export function checkScopes(tables: readonly TableShape[], problems: Problems): void {
  checkScopeNames(tables, problems);
  const known = withKnownScope(tables, problems);
  const byName = new Map(known.map((table) => [table.name, table]));
  for (const table of known) {
    for (const field of table.fields) {
      // A table that there is not was reported, and so was a scope that can be none.
      const target = byName.get(field.references ?? "");
      if (target === undefined || target.scope === table.scope) continue;
      const fitting = tables.filter(({ scope }) => scope === table.scope);
      problems.add(
        "SG236",
        ["tables", table.name, "fields", field.name],
        `${quote(field.name)} leads out of ${whoseRows(table)}: ${quote(target.name)} has ${rowsOf(target)}.`,
        {
          allowed: joinWords(
            fitting.map(({ name }) => quote(name)),
            "or",
          ),
          hint: hintOf(table, target),
        },
      );
    }
  }
}

/** Each name once, where it stands first. */
function checkScopeNames(tables: readonly TableShape[], problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { name: table, scope } of tables) {
    if (scope === null || scope === "") continue;
    const path = ["tables", table, "scope"];
    const lower = scope.toLowerCase();
    const twin = seen.get(lower);
    if (twin === scope) continue;
    seen.set(lower, twin ?? scope);
    if (twin !== undefined) {
      problems.add("SG237", path, `${quote(twin)} and ${quote(scope)} are two scopes.`, {
        hint: "Write both the same, or give one of them another name.",
      });
    } else {
      checkIdentifier({ name: scope, what: "scope", path, taken: [] }, problems);
    }
  }
}

/** The tables without those whose scope can be none, or may be meant to be another one: which it is, is not known yet. */
function withKnownScope(tables: readonly TableShape[], { list }: Problems): readonly TableShape[] {
  const reported = new Set(
    list.flatMap(({ path: [, table, option] = [] }) => (option === "scope" ? [table] : [])),
  );
  const unknown = new Set<string | null>([""]);
  for (const { name, scope } of tables) if (reported.has(name)) unknown.add(scope);
  return tables.filter(({ scope }) => !unknown.has(scope));
}

function whoseRows({ scope }: TableShape): string {
  return scope === null ? "the user's own rows" : `the scope ${quote(scope)}`;
}

function rowsOf({ scope }: TableShape): string {
  return scope === null ? "rows of the user's own" : `rows of the scope ${quote(scope)}`;
}

/** A table that was generated keeps its scope, so that the other way stands first. */
function hintOf(from: TableShape, to: TableShape): string {
  const [wanted, other] = [to.scope, from.scope];
  const held = "Hold the id in a text()";
  if (wanted !== null && other !== null)
    return `${held}. Only tables that were never generated may get the same scope yet.`;
  const [table, scope] = wanted === null ? [to, other] : [from, wanted];
  return `${held}; or give ${quote(table.name)} the scope ${quote(scope ?? "")}, if it was never generated.`;
}
