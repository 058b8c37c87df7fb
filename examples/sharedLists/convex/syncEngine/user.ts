// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { ConvexError } from "convex/values";
import type { SyncQueryContext } from "./context";

/**
 * The signed-in user, or a `ConvexError` with the code `unauthenticated`, before anything was read. `expected`: the user
 * that the caller believes to be; for another one, the token is as good as none.
 */
export async function requireUser(
  ctx: SyncQueryContext,
  config: { user(ctx: SyncQueryContext): Promise<string | null> },
  expected?: string,
): Promise<string> {
  const userId = await config.user(ctx);
  if (userId === null || (expected ?? userId) !== userId) {
    throw new ConvexError({
      code: "unauthenticated",
      message:
        userId === null
          ? "Nobody is signed in."
          : "Somebody else is signed in.",
    });
  }
  return userId;
}
