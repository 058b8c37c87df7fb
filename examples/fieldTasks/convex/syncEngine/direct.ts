// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { changeRow, newId, type RowChange } from "./changeRow";
import { rejected } from "./checkOp";
import type { SyncServerConfig } from "./config";
import type { SyncMutationContext } from "./context";
import { dropUndefined } from "./dropUndefined";
import { bytesOf } from "./refusal";
import type { DirectResult } from "./shared/protocol";
import { requireUser } from "./user";
import type { MaybeInScope, RemoveArgs, UpsertArgs } from "./validators";

/**
 * Creates the caller's row, or one of a scope in which the caller may write, or changes the fields that are given, under
 * the table's rules and policy.
 */
export async function upsert(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  table: string,
  { scopeId, clientId, fields, baseStamp }: MaybeInScope<UpsertArgs>,
): Promise<DirectResult> {
  return await change(ctx, config, {
    table,
    scopeId: scopeId ?? null,
    clientId,
    kind: "put",
    fields: dropUndefined(fields),
    baseStamp: baseStamp ?? null,
  });
}

/** Deletes such a row, under the table's rules and policy. */
export async function remove(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  table: string,
  { scopeId, clientId, baseStamp }: MaybeInScope<RemoveArgs>,
): Promise<DirectResult> {
  return await change(ctx, config, {
    table,
    scopeId: scopeId ?? null,
    clientId,
    kind: "delete",
    fields: {},
    baseStamp: baseStamp ?? null,
  });
}

async function change(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  rowChange: Omit<RowChange, "opId">,
): Promise<DirectResult> {
  const userId = await requireUser(ctx, config);
  const opId = newId(Date.now());
  const call = { userId, ops: 1, bytes: bytesOf(rowChange.fields) };
  const retryAfter = (await config.rateLimit?.(ctx, call)) ?? null;
  if (retryAfter !== null) {
    const refused = rejected("rate-limited", "too many changes at once");
    return { opId, ...refused, row: null, retryAfter };
  }
  const { rules, policies, scopes } = config;
  const { table, scopeId } = rowChange;
  // Before the row is looked up: what becomes of a change tells whether there is one.
  if (scopeId !== null) {
    const accessIn = scopes?.accessOf(ctx, rules, userId);
    if ((await accessIn?.(table, scopeId)) !== "write")
      return {
        opId,
        ...rejected("no-access"),
        row: null,
        retryAfter: null,
      };
  }
  const context = { userId, rules, policies };
  const changed = await changeRow(ctx, context, { ...rowChange, opId });
  return changed === null
    ? { opId, ...rejected("too-large"), row: null, retryAfter: null }
    : { opId, ...changed.verdict, row: changed.row, retryAfter: null };
}
