import type { Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { didYouMean, joinWords, quote } from "../kernel/text";

/** Checks that references lead to tables, and that rows can be created in some order. */
export function checkReferences(tables: readonly TableShape[], problems: Problems): void {
  const names = new Set(tables.map((table) => table.name));
  for (const table of tables) {
    for (const field of table.fields) {
      if (field.references === null || names.has(field.references)) continue;
      const path = ["tables", table.name, "fields", field.name];
      problems.add("SG203", path, `There is no table ${quote(field.references)}.`, {
        allowed: joinWords([...names].map(quote), "or"),
        hint: didYouMean(field.references, names),
      });
    }
  }
  checkCycles(tables, problems);
}

interface Link {
  readonly table: string;
  readonly field: string;
}

/** Reports every circle of required references once, at the reference that closes it. */
function checkCycles(tables: readonly TableShape[], problems: Problems): void {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const done = new Set<string>();
  const visit = (name: string, trail: readonly Link[]): void => {
    for (const field of byName.get(name)?.fields ?? []) {
      const target = field.references;
      if (target === null || field.optional || field.side !== "both") continue;
      const next = [...trail, { table: name, field: field.name }];
      const start = next.findIndex((link) => link.table === target);
      if (start >= 0) reportCycle(next.slice(start), problems);
      else if (!done.has(target)) visit(target, next);
    }
    done.add(name);
  };
  for (const table of tables) if (!done.has(table.name)) visit(table.name, []);
}

function reportCycle(cycle: readonly Link[], problems: Problems): void {
  const last = cycle.at(-1);
  const first = cycle[0];
  if (last === undefined || first === undefined) return;
  const route = cycle.map((link) => `${link.table}.${link.field}`).join(" → ");
  const message =
    cycle.length === 1
      ? `Every row of ${quote(first.table)} needs an earlier one: ${route} references its own table and is required.`
      : `The required references ${route} → ${first.table} form a circle: no row could be the first.`;
  problems.add("SG204", ["tables", last.table, "fields", last.field], message, {
    hint: "Make one of them optional().",
  });
}
