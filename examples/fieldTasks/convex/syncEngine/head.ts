// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { readerOf, type SyncQueryContext } from "./context";
import { tableBefore } from "./earlierApps";
import { readEpoch } from "./epoch";
import { readHorizons } from "./horizon";
import { markOf } from "./mark";
import { newestRow } from "./page";
import { storedName } from "./rules";
import { listedScopes, withMarks } from "./scopes";
import type { Head } from "./shared/protocol";
import { requireUser } from "./user";
import type { HeadArgs } from "./validators";

/**
 * What there is of every table, of the user's own rows and in each scope, under the names that the app knows: one index
 * read of one row each, one of what the horizons are, what says in which scopes the user is, one read of the epoch, and
 * nothing else that could wake the device.
 */
export async function head(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  { schemaVersion = config.schemaVersion }: HeadArgs,
): Promise<Head> {
  const userId = await requireUser(ctx, config);
  const reader = readerOf(ctx, config.rules);
  const nameOf = (table: string) => tableBefore(config, table, schemaVersion);
  const own = await ownMarks(reader, config, userId);
  const listed = await listedScopes(ctx, config, userId);
  return {
    userId,
    epoch: await readEpoch(reader.system),
    marks: Object.fromEntries(
      own.map(([table, mark]) => [nameOf(table), mark]),
    ),
    ...(listed === null
      ? {}
      : { scopes: await withMarks(reader, config, listed, nameOf) }),
  };
}

async function ownMarks(
  { rows, system }: ReturnType<typeof readerOf>,
  { rules }: SyncServerConfig,
  userId: string,
) {
  const owner = { userId };
  const horizons = await readHorizons(system, owner);
  const tables = Object.keys(rules).filter((table) => !rows.isScoped(table));
  return await Promise.all(
    tables.map(async (table) => {
      const newest = await newestRow(rows, { table, owner });
      const horizon = horizons.get(storedName(rules, table));
      return [table, markOf(newest, horizon)] as const;
    }),
  );
}
