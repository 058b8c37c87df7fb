// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { rejected, type CheckedOp } from "./checkOp";
import type { AccessIn, ScopeParts } from "./config";
import { ownEntry } from "./rules";
import type { ScopesConfig } from "./scopes";
import { scopeAccess, type ScopeAccess } from "./shared/protocol";
import { isScopeId } from "./shared/scopeId";

/** Looks up what a user may do. */
export function accessBy({
  access,
}: Pick<ScopesConfig, "access">): ScopeParts["accessOf"] {
  return (ctx, rules, userId) => {
    const known = new Map<string, Promise<ScopeAccess | null>>();
    return async (table, scopeId) => {
      const scope = ownEntry(rules, table)?.scope;
      // What can be no id is not handed on to code that may look for it.
      if (scope === undefined || !isScopeId(scopeId)) return null;
      const key = `${scope}/${scopeId}`;
      const asked = known.get(key) ?? access(ctx, userId, scope, scopeId);
      known.set(key, asked);
      const given = await asked;
      return scopeAccess.find((one) => one === given) ?? null;
    };
  };
}

/**
 * The ops as far as their user may go. Who may not write in the scope that an op names has it rejected before its row is
 * looked at; who may not even read there is shown no row.
 */
export async function withinAccess(
  ops: readonly CheckedOp[],
  accessIn: AccessIn,
): Promise<readonly CheckedOp[]> {
  return await Promise.all(ops.map((op) => within(op, accessIn)));
}

async function within(op: CheckedOp, accessIn: AccessIn): Promise<CheckedOp> {
  const { table, scopeId, clientId, group } = op;
  if (table === null || scopeId === null) return op;
  const access = await accessIn(table, scopeId);
  if (access === "write") return op;
  return {
    kind: "settled",
    opId: op.kind === "open" ? op.op.opId : op.opId,
    table: access === null ? null : table,
    scopeId,
    clientId,
    group,
    verdict: op.kind === "open" ? rejected("no-access") : op.verdict,
  };
}
