// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { readerOf, type SyncQueryContext } from "./context";
import { tableBefore } from "./earlierApps";
import { readEpoch } from "./epoch";
import { newestPosition } from "./page";
import type { Head } from "./shared/protocol";
import { requireUser } from "./user";
import type { HeadArgs } from "./validators";

/**
 * The newest change of every table, under the names that the app knows: one index read of one row a table, one read of
 * the epoch, and nothing else that could wake the device.
 */
export async function head(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
  { schemaVersion = config.schemaVersion }: HeadArgs,
): Promise<Head> {
  const userId = await requireUser(ctx, config);
  const { rows, system } = readerOf(ctx, config.rules);
  const tables = Object.keys(config.rules);
  const newest = await Promise.all(
    tables.map((table) => newestPosition(rows, userId, table)),
  );
  const stamps = tables.map(
    (table, index) =>
      [
        tableBefore(config, table, schemaVersion),
        newest[index]?.stamp ?? null,
      ] as const,
  );
  return {
    userId,
    epoch: await readEpoch(system),
    stamps: Object.fromEntries(stamps),
  };
}
