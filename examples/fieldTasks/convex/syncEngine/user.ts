// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { ConvexError } from "convex/values";
import type { SyncQueryContext } from "./context";

/** The signed-in user, or a `ConvexError` with the code `unauthenticated`, before anything was read. */
export async function requireUser(
  ctx: SyncQueryContext,
  config: { user(ctx: SyncQueryContext): Promise<string | null> },
): Promise<string> {
  const userId = await config.user(ctx);
  if (userId === null) {
    throw new ConvexError({
      code: "unauthenticated",
      message: "Nobody is signed in.",
    });
  }
  return userId;
}
