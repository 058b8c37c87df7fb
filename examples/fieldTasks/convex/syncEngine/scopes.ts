// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { getConvexSize } from "convex/values";
import type { SyncServerConfig } from "./config";
import type { RowReader, SyncQueryContext, SystemReader } from "./context";
import { readHorizons } from "./horizon";
import { markOf } from "./mark";
import { newestRow } from "./page";
import { storedName, tablesIn } from "./rules";
import { limits, type Head, type Scope } from "./shared/protocol";
import { isScopeId } from "./shared/scopeId";

/**
 * The scopes that the user may read, as far as tables have them; `null` in a project without any. Throws when the app's own
 * code lists what devices could not be told whole: for those that were left out they would delete what they have.
 */
export async function listedScopes(
  ctx: SyncQueryContext,
  { rules, scopes }: SyncServerConfig,
  userId: string,
): Promise<readonly Scope[] | null> {
  const kinds = new Set(Object.values(rules).map(({ scope }) => scope));
  kinds.delete(undefined);
  if (kinds.size === 0) return null;
  const given = (await scopes?.list(ctx, userId)) ?? [];
  const listed = new Map<string, Scope>();
  for (const { scope, scopeId, access } of given) {
    if (!kinds.has(scope)) continue;
    if (!isScopeId(scopeId))
      throw new Error(
        `The id of a ${scope} is 1 to ${limits.scopeIdLength} of the characters A-Z a-z 0-9 _ -`,
      );
    listed.set(`${scope}/${scopeId}`, { scope, scopeId, access });
  }
  if (listed.size > limits.scopes)
    throw new Error(
      `A user may be in ${limits.scopes} scopes, and this one is in ${listed.size}`,
    );
  return [...listed.values()];
}

/** With one more for each scope, of the 4,096 index ranges and the 16 MiB that Convex lets one query read, with what the last chunk takes beyond. */
const most = { ranges: 3_000, bytes: 6 * 1024 * 1024 };
const chunkRows = 8;

/**
 * The scopes with a mark of each of their tables. Those that would be more than one query may read, as when
 * somebody fills scopes with huge rows, are left out: devices fetch these tables when they start, but are not woken for
 * them.
 *
 * @param nameOf what the app calls a table
 */
export async function withMarks(
  { rows, system }: { readonly rows: RowReader; readonly system: SystemReader },
  { rules }: Pick<SyncServerConfig, "rules">,
  scopes: readonly Scope[],
  nameOf: (table: string) => string,
): Promise<NonNullable<Head["scopes"]>> {
  const told = scopes.map((scope) => {
    const marks: Record<string, string | null> = {};
    return { ...scope, marks };
  });
  const horizons = new Map(
    await Promise.all(
      told.map(
        async ({ scopeId }) =>
          [scopeId, await readHorizons(system, { scopeId })] as const,
      ),
    ),
  );
  const feeds = told
    .flatMap(({ scope, scopeId, marks }) =>
      tablesIn(rules, scope).map((table) => ({ table, scopeId, marks })),
    )
    .slice(0, most.ranges);
  let { bytes } = most;
  for (let at = 0; at < feeds.length && bytes > 0; at += chunkRows) {
    const chunk = feeds.slice(at, at + chunkRows);
    const newest = await Promise.all(
      chunk.map(({ table, scopeId }) =>
        newestRow(rows, { table, owner: { scopeId } }),
      ),
    );
    for (const [index, { table, scopeId, marks }] of chunk.entries()) {
      const row = newest[index] ?? null;
      if (row !== null) bytes -= getConvexSize(row);
      const horizon = horizons.get(scopeId)?.get(storedName(rules, table));
      marks[nameOf(table)] = markOf(row, horizon);
    }
  }
  return told;
}
