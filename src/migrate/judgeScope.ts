import type { Diagnostic } from "../kernel/diagnostic";
import { storedName, type TableModel } from "../model/model";
import type { ModelDiff, TableChange } from "./diffModels";
import type { HistoryTable } from "./history";

/**
 * A table keeps its scope: rows that exist are in none, or in one of another kind, on devices and in Convex, and nobody but the app knows who
 * should share which of them. Nor does another table get its name with another scope: apps of before would ask for it as they know it.
 */
export function judgeScope(change: TableChange, diff: ModelDiff): readonly Diagnostic[] {
  if (change.kind === "removed") return [];
  const { to } = change;
  const from = change.kind === "kept" ? change.from : (change.since?.from ?? namesake(to, diff));
  const before = from?.scope ?? null;
  if (from === null || before === to.scope) return [];
  const problem = {
    code: "SG325",
    severity: "error",
    path: ["tables", to.name, ...(to.scope === null ? [] : ["scope"])],
  } as const;
  return change.kind === "added"
    ? [
        {
          ...problem,
          message: `"${to.name}" was the name of a table that ${had(before)}, and apps and documents of it may be left: this one cannot ${become(to.scope)}.`,
          hint: "Give the table a name that none had.",
        },
      ]
    : [
        {
          ...problem,
          message: `"${to.name}" ${had(before)} when it was generated, and cannot ${become(to.scope)}: nobody knows who should share the rows that there are.`,
          hint: instead(from.name, before, to.scope),
        },
      ];
}

/** The table that was first generated with the name, and has another one now; `null` for none. */
function namesake({ name }: TableModel, { tables }: ModelDiff): HistoryTable | null {
  const known = tables.flatMap((change) => (change.kind === "kept" ? [change.from] : []));
  return known.find((table) => storedName(table) === name) ?? null;
}

function had(scope: string | null): string {
  return scope === null ? "had no scope" : `had the scope "${scope}"`;
}

function become(scope: string | null): string {
  return scope === null ? "be without one now" : `have the scope "${scope}" now`;
}

function instead(table: string, before: string | null, scope: string | null): string {
  const kept = before === null ? "Leave the scope out here" : `Keep the scope "${before}" here`;
  const place = scope === null ? "without one" : `with the scope "${scope}"`;
  const owner = scope === null ? "userId" : "scopeId";
  return (
    `${kept}, and add a table of another name ${place}. A function of your own copies the rows over: ` +
    `\`synced(ctx, "…", { ${owner} }).insert({ … }, { copyOf: row.clientId, createdAt: row.createdAt })\`. ` +
    `Remove "${table}" when no app uses it any more.`
  );
}
