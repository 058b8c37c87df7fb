// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { readerOf, type RowReader, type SyncQueryContext } from "./context";
import { tableBefore } from "./earlierApps";
import { readEpoch } from "./epoch";
import { newestPosition } from "./page";
import { listedScopes, withStamps } from "./scopes";
import type { Head } from "./shared/protocol";
import { requireUser } from "./user";
import type { HeadArgs } from "./validators";

/**
 * The newest change of every table, of the user's own rows and of each scope, under the names that the app knows: one
 * index read of one row each, what says in which scopes the user is, one read of the epoch, and nothing else that could
 * wake the device.
 */
export async function head(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  { schemaVersion = config.schemaVersion }: HeadArgs,
): Promise<Head> {
  const userId = await requireUser(ctx, config);
  const { rows, system } = readerOf(ctx, config.rules);
  const nameOf = (table: string) => tableBefore(config, table, schemaVersion);
  const own = await ownStamps(rows, config, userId);
  const listed = await listedScopes(ctx, config, userId);
  return {
    userId,
    epoch: await readEpoch(system),
    stamps: Object.fromEntries(
      own.map(([table, stamp]) => [nameOf(table), stamp]),
    ),
    ...(listed === null
      ? {}
      : { scopes: await withStamps(rows, config, listed, nameOf) }),
  };
}

async function ownStamps(
  rows: RowReader,
  { rules }: SyncServerConfig,
  userId: string,
) {
  const tables = Object.keys(rules).filter((table) => !rows.isScoped(table));
  return await Promise.all(
    tables.map(async (table) => {
      const newest = await newestPosition(rows, { table, owner: { userId } });
      return [table, newest?.stamp ?? null] as const;
    }),
  );
}
