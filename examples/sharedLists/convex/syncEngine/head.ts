// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { readerOf, type SyncQueryContext } from "./context";
import { tableBefore } from "./earlierApps";
import { readEpoch } from "./epoch";
import { readMarks } from "./mark";
import { tablesIn } from "./rules";
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
  const { rules, scopes: parts } = config;
  const userId = await requireUser(ctx, config);
  const reader = readerOf(ctx, rules);
  const nameOf = (table: string) => tableBefore(config, table, schemaVersion);
  const listed = await parts?.list(ctx, rules, userId);
  const owned = [
    { owner: { userId }, tables: tablesIn(rules, undefined) },
    ...(listed ?? []).map(({ scope, scopeId }) => ({
      owner: { scopeId },
      tables: tablesIn(rules, scope),
    })),
  ];
  const [marks = {}, ...shared] = await readMarks(reader, rules, owned, nameOf);
  const scopes = listed?.map((scope, index) => ({
    ...scope,
    marks: shared[index] ?? {},
  }));
  return {
    userId,
    epoch: await readEpoch(reader.system),
    marks,
    ...(scopes === undefined ? {} : { scopes }),
  };
}
