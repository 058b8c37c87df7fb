import type { Diagnostic } from "../kernel/diagnostic";
import type { TableChange } from "./diffModels";

/**
 * A table keeps its scope: rows that exist are in none, or in one of another kind, on devices and in Convex, and nobody but the app knows who
 * should share which of them.
 */
export function judgeScope(change: TableChange): readonly Diagnostic[] {
  if (change.kind === "removed") return [];
  const table = change.kind === "kept" ? change : change.since;
  if (table === null) return [];
  const { from, to } = table;
  const before = from.scope ?? null;
  if (before === to.scope) return [];
  const path = ["tables", to.name, ...(to.scope === null ? [] : ["scope"])];
  const problem = { code: "SG325", severity: "error", path } as const;
  if (change.kind === "added")
    return [
      {
        ...problem,
        message: `A table "${to.name}" that there was before ${had(before)}, and Convex may hold its documents: this one cannot have ${scopeWord(to.scope)}.`,
        hint: "Give the table a name that none had.",
      },
    ];
  return [
    {
      ...problem,
      message: `"${to.name}" ${had(before)} when it was generated, and cannot have ${scopeWord(to.scope)}: nobody knows who should share the rows that there are.`,
      hint: instead(from.name, before, to.scope),
    },
  ];
}

function had(scope: string | null): string {
  return scope === null ? "had no scope" : `had the scope "${scope}"`;
}

function scopeWord(scope: string | null): string {
  return scope === null ? "none now" : `the scope "${scope}" now`;
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
