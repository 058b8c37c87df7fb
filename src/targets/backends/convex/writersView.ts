import { importStatement } from "../../../render/imports";
import { hasScopes } from "../../tableRules";
import type { TargetInput } from "../../target";

/** What `templates/tables/convex/syncWriters.ts.hbs` is filled with. */
export interface WritersView {
  readonly importTables: string;
  readonly hasUpgrades: boolean;
  /** A table is stored under another name than its own. */
  readonly hasStoredNames: boolean;
  readonly hasScopes: boolean;
}

/** The writers for server code, which read rows of earlier schema versions too. */
export function writersView({ model, upgrades }: TargetInput): WritersView {
  const hasUpgrades = upgrades.length > 0;
  const names = ["syncPolicies", "syncRules", ...(hasUpgrades ? ["syncUpgrades"] : [])];
  return {
    importTables: importStatement(
      "./syncTables",
      names.map((name) => ({ name })),
    ).join("\n"),
    hasUpgrades,
    hasStoredNames: model.tables.some(({ storedAs }) => storedAs !== undefined),
    hasScopes: hasScopes(model),
  };
}
