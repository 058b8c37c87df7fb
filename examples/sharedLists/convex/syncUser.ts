// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import type { Auth } from "convex/server";

/**
 * Who is signed in: the owner of every row that this call reads or writes; `null` for nobody.
 * The answer must never change for a user: their rows are found by it.
 *
 * With Convex Auth (`@convex-dev/auth`) a token belongs to one session, so that this would
 * make every sign-in another user: there, `return await getAuthUserId(ctx)` of
 * `@convex-dev/auth/server`.
 */
export async function getSyncUser(ctx: { auth: Auth }): Promise<string | null> {
  const identity = await ctx.auth.getUserIdentity();
  return identity === null ? null : identity.tokenIdentifier;
}
