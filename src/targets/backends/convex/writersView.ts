import { importStatement } from "../../../render/imports";
import { aScope, hasScopes } from "../../tableRules";
import type { TargetInput } from "../../target";

/** What `templates/tables/convex/syncWriters.ts.hbs` is filled with. */
export interface WritersView {
  readonly importTables: string;
  readonly hasUpgrades: boolean;
  /** A table is stored under another name than its own. */
  readonly hasStoredNames: boolean;
  readonly hasScopes: boolean;
  /** A table's rows are their users' own. */
  readonly hasOwnRows: boolean;
  /** What names a table's rows for `synced`, beside the table. */
  readonly owner: string;
  /** There are both. */
  readonly isMixed: boolean;
  /** One of the scopes, for an example. */
  readonly aScope: string;
}

/** The writers for server code, which read rows of earlier schema versions too. */
export function writersView({ model, upgrades }: TargetInput): WritersView {
  const isScoped = hasScopes(model);
  const hasOwnRows = model.tables.some(({ scope }) => scope === null);
  const hasUpgrades = upgrades.length > 0;
  const names = ["syncPolicies", "syncRules", ...(hasUpgrades ? ["syncUpgrades"] : [])];
  return {
    importTables: importStatement(
      "./syncTables",
      names.map((name) => ({ name })),
    ).join("\n"),
    hasUpgrades,
    hasStoredNames: model.tables.some(({ storedAs }) => storedAs !== undefined),
    hasScopes: isScoped,
    hasOwnRows,
    isMixed: isScoped && hasOwnRows,
    aScope: aScope(model),
    owner: hasOwnRows ? "" : ", { scopeId }",
  };
}
