// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { makeFunctionReference } from "convex/server";
import {
  writerOf,
  type SyncMutationContext,
  type SystemWriter,
} from "./context";
import type { Owner } from "./feed";
import { rowsOf } from "./forget";
import { moveHorizon, readHorizon } from "./horizon";
import { memberWriter, type MemberWriter } from "./memberTables";
import { positionOf } from "./page";
import { firstPosition, latestPosition, type Position } from "./positions";
import { each, removeSome, type Found } from "./removal";
import { storedName, tablesIn, type SyncRules } from "./rules";
import type { ForgetScopeArgs } from "./scopedValidators";
import type { Stamp } from "./shared/protocol";
import { stampFromBigint } from "./shared/stamp";

/** By name, as in `collect.ts`. */
const itself = makeFunctionReference<"mutation", ForgetScopeArgs>(
  "sync:forgetScope",
);

/**
 * Deletes a scope, a bounded part a run, and runs again as long as there is more: its members first, so that devices
 * delete what they have of it, then its rows, without tombstones. What is left is a horizon a table, which names nobody:
 * a device that missed all of this, and is in a scope of this id again, has to fetch its rows anew.
 */
export async function forgetScope(
  ctx: SyncMutationContext,
  rules: SyncRules,
  args: ForgetScopeArgs,
): Promise<null> {
  const { scope, scopeId, from } = args;
  const { system } = writerOf(ctx, rules);
  const removed = new Map<string, Position>();
  const found = everythingOf(ctx, rules, args, removed);
  const next = await removeSome(found);
  for (const [table, last] of removed)
    await resyncBehind(system, { scopeId }, storedName(rules, table), last);
  if (next !== null)
    await ctx.scheduler.runAfter(0, itself, { scope, scopeId, from: next });
  // What came between the runs, in a table that they had left behind, is found from the start.
  else if (from !== undefined)
    await ctx.scheduler.runAfter(0, itself, { scope, scopeId });
  return null;
}

/** No cursor of before is good for anything: also one behind these rows does not know that they are gone. */
async function resyncBehind(
  system: SystemWriter,
  owner: Owner,
  table: string,
  last: Position,
): Promise<void> {
  const horizon = await readHorizon(system, owner, table);
  const { stamp } = latestPosition(horizon, last);
  await moveHorizon(system, owner, table, afterCommit(stamp));
}

/** Behind every place where reading up to the commit `stamp` can have left off, and before every row of a later one. */
function afterCommit(stamp: Stamp): Position {
  return { stamp: stampFromBigint(BigInt(stamp) + 1n), clientId: "" };
}

/** Where a run begins: a table, and the stamp since which a row of it may be left; of members, the user. */
type Place = NonNullable<ForgetScopeArgs["from"]>;

const members = "syncMembers";

/** By table, the last row that is removed is kept in `removed`. */
async function* everythingOf(
  ctx: SyncMutationContext,
  rules: SyncRules,
  { scope, scopeId, from }: ForgetScopeArgs,
  removed: Map<string, Position>,
): AsyncGenerator<Found<Place>> {
  const { rows } = writerOf(ctx, rules);
  const tables = tablesIn(rules, scope);
  const first = [members, ...tables].findIndex((name) => name === from?.table);
  if (first <= 0)
    yield* membersIn(memberWriter(ctx), { scope, scopeId }, from?.stamp ?? "");
  for (const table of tables.slice(Math.max(first - 1, 0))) {
    const isBegun = table === from?.table;
    const stamp = isBegun ? from.stamp : firstPosition.stamp;
    const feed = { table, owner: { scopeId } };
    yield* rowsOf(rows, feed, stamp, async (row) => {
      const known = removed.get(table) ?? positionOf(row);
      removed.set(table, latestPosition(known, positionOf(row)));
      await rows.delete(table, row._id);
    });
  }
}

/** Those who are kept by the sync; members that the app keeps are its own to remove, before it calls this. */
function membersIn(
  db: MemberWriter,
  { scope, scopeId }: Omit<ForgetScopeArgs, "from">,
  since: string,
): AsyncGenerator<Found<Place>> {
  const found = db
    .query(members)
    .withIndex("by_scope", (q) =>
      q.eq("scope", scope).eq("scopeId", scopeId).gte("userId", since),
    );
  return each(
    found,
    ({ userId }) => ({ table: members, stamp: userId }),
    ({ _id }) => db.delete(members, _id),
  );
}
