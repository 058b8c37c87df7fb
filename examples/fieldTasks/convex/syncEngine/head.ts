// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { SyncServerConfig } from "./config";
import { readerOf, type SyncQueryContext } from "./context";
import { readEpoch } from "./epoch";
import { newestPosition } from "./page";
import type { Head } from "./shared/protocol";
import { requireUser } from "./user";

/** The newest change of every table: one index read a table, and nothing else that could wake the device. */
export async function head(
  ctx: SyncQueryContext,
  config: SyncServerConfig,
): Promise<Head> {
  const userId = await requireUser(ctx, config);
  const { rows, system } = readerOf(ctx);
  const tables = Object.keys(config.rules);
  const newest = await Promise.all(
    tables.map((table) => newestPosition(rows, userId, table)),
  );
  const stamps = tables.map(
    (table, index) => [table, newest[index]?.stamp ?? null] as const,
  );
  return {
    userId,
    epoch: await readEpoch(system),
    stamps: Object.fromEntries(stamps),
  };
}
