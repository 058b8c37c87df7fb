// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Clock, Ids, Lease, SqlDriver, Timers } from "./ports";

/** How long a lease lasts without being renewed, ms. */
const duration = 60_000;

const take = `INSERT INTO "sync_metadata" ("key", "value") VALUES ('lease', json_object('process', ?, 'owner', ?, 'until', ?)) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value" WHERE "value" ->> 'owner' = ? OR "value" ->> 'until' <= ? OR "value" ->> 'until' > ?`;
const owner = `SELECT "value" ->> 'owner' FROM "sync_metadata" WHERE "key" = 'lease'`;
const clearLeftover = `DELETE FROM "sync_metadata" WHERE "key" = 'lease' AND "value" ->> 'process' IS NOT ?`;
const giveBack = `DELETE FROM "sync_metadata" WHERE "key" = 'lease' AND "value" ->> 'owner' = ?`;

/** What a lease is made of. */
export interface LeaseParts {
  readonly driver: SqlDriver;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  /** Names this start of the app; a phone runs one process of it, a browser one tab with this database. */
  readonly process: string;
}

/**
 * A lease in the database itself, so that it also holds between an app and its background task. It expires, so that
 * none outlives its owner; a lease that ends in a far future is a clock's mistake and does not count.
 *
 * At its first run it takes over what another process left: that one was killed or reloaded. Were it alive after all,
 * its next commit would be refused (`TakenOver`), and it would start over and find the lease held.
 */
export function createDatabaseLease(parts: LeaseParts): Lease {
  const { driver, clock, ids, timers, process } = parts;
  const me = Array.from(ids.randomBytes(8), (byte) => byte.toString(16)).join();

  let isFirst = true;

  async function acquire(): Promise<boolean> {
    const now = clock.now();
    const leftover = isFirst ? [{ sql: clearLeftover, rows: [[process]] }] : [];
    const values = [process, me, now + duration, me, now, now + 2 * duration];
    await driver.transaction([...leftover, { sql: take, rows: [values] }]);
    isFirst = false;
    const [row] = await driver.select(owner, []);
    return row?.[0] === me;
  }

  return {
    run: async (task) => {
      if (!(await acquire())) return "held";
      const renewLater = (): (() => void) =>
        timers.after(duration / 3, () => {
          cancel = renewLater();
          // A renewal that fails leaves the lease to expire, which is safe.
          acquire().catch(() => undefined);
        });
      let cancel = renewLater();
      try {
        return await task();
      } finally {
        cancel();
        await driver.transaction([{ sql: giveBack, rows: [[me]] }]);
      }
    },
  };
}
