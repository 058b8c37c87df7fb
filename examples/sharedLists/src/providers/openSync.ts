// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { OpenedDatabase } from "../db/database";
import type { ConvexConnection } from "../sync/convexBackend";
import { openPorts } from "../sync/platform";
import type { Registry } from "../sync/registry";
import { createSync } from "../sync/SyncService";
import type { Sync } from "../sync/types";

/** An engine that belongs to whoever opened it. */
export interface OpenedSync<R extends Registry> {
  readonly sync: Sync<R>;
  /** Stops the engine and whatever it listens to. Safe to call twice. */
  close(): Promise<void>;
}

/** What an engine is made of. */
export interface SyncParts<R extends Registry> {
  readonly registry: R;
  readonly database: OpenedDatabase;
  /** The app's Convex client, with its sign-in. */
  readonly convex: ConvexConnection;
  /** Whose database it is. */
  readonly account: string;
}

/** Makes the engine on this platform; it is not started. */
export async function openSync<R extends Registry>({
  registry,
  database,
  convex,
  account,
}: SyncParts<R>): Promise<OpenedSync<R>> {
  const { ports, close } = await openPorts({ registry, database, convex });
  const sync = createSync({ registry, ports, account });
  return {
    sync,
    close: async () => {
      await sync.dispose();
      close();
    },
  };
}
