// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { RateLimiter } from "@convex-dev/rate-limiter";
import { components } from "./_generated/api";
import type { MutationCtx } from "./_generated/server";

/** What a user may make at once, after a while without any. */
const capacity = 1200;

/** What one change may bring, in bytes; a larger one counts as several. */
const changeBytes = 8 * 1024;

const limiter = new RateLimiter(components.rateLimiter, {
  syncChanges: {
    kind: "token bucket",
    rate: 600,
    period: 60000,
    capacity,
  },
});

/**
 * Counts the changes of a call against what their user may make: `null` to go on, else how long to wait, in
 * milliseconds. The component forgets what it counted when a mutation throws, so the refusal is returned.
 */
export async function limitChanges(
  ctx: MutationCtx,
  {
    userId,
    ops,
    bytes,
  }: {
    readonly userId: string;
    readonly ops: number;
    readonly bytes: number;
  },
): Promise<number | null> {
  // A call without changes is a call, too.
  const changes = Math.max(ops, 1, Math.ceil(bytes / changeBytes));
  const { ok, retryAfter } = await limiter.limit(ctx, "syncChanges", {
    key: userId,
    // No call is so large that it could never be made.
    count: Math.min(changes, capacity),
  });
  return ok ? null : Math.ceil(retryAfter);
}

/** Deletes what was counted of a user. */
export async function resetRateLimit(
  ctx: MutationCtx,
  userId: string,
): Promise<void> {
  await limiter.reset(ctx, "syncChanges", { key: userId });
}
