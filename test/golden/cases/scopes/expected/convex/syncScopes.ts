// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import type { QueryCtx } from "./_generated/server";
import { accessOfMember, scopesOfMember } from "./syncEngine/members";
import type { Scope, ScopeAccess } from "./syncEngine/shared/protocol";
import type { ScopeKind } from "./syncEngine/shared/scopeKind";

/**
 * Every scope that a user may read, and whether they may write there: their devices have
 * the rows of these, and of no others.
 *
 * Members are whom your own mutations name, with `setMember` of `syncEngine/members`:
 *
 * ```ts
 * await setMember(ctx, { scope: "workspace", scopeId, userId, access: "write" });
 * ```
 *
 * Where tables of yours know them already, read those here and in `accessTo` instead. Both
 * have to say the same, and nothing that a device sent may decide it.
 */
export async function listScopes(
  ctx: QueryCtx,
  userId: string,
): Promise<readonly Scope<ScopeKind>[]> {
  return await scopesOfMember(ctx, userId);
}

/**
 * What a user may do in one scope; `null`: nothing. Asked in the same transaction whenever
 * one of their devices reads or writes there.
 */
export async function accessTo(
  ctx: QueryCtx,
  userId: string,
  scope: ScopeKind,
  scopeId: string,
): Promise<ScopeAccess | null> {
  return await accessOfMember(ctx, userId, scope, scopeId);
}
