// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { Clock, Ids, Lease, SqlDriver, Timers } from "./ports";

/** How long a lease lasts without being renewed, ms: what a killed runner blocks the next one for. */
const duration = 60_000;

const take = `INSERT INTO "sync_metadata" ("key", "value") VALUES ('lease', json_object('owner', ?, 'until', ?)) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value" WHERE "value" ->> 'owner' = ? OR "value" ->> 'until' <= ? OR "value" ->> 'until' > ?`;
const owner = `SELECT "value" ->> 'owner' FROM "sync_metadata" WHERE "key" = 'lease'`;
const clear = `DELETE FROM "sync_metadata" WHERE "key" = 'lease'`;
const giveBack = `DELETE FROM "sync_metadata" WHERE "key" = 'lease' AND "value" ->> 'owner' = ?`;

/**
 * A lease in the database itself, so that it also holds between an app and its background task. It expires, so that
 * none outlives its owner (I17); a lease that ends in a far future is a clock's mistake and does not count.
 *
 * @param isExclusive nobody else can have the database open: a lease in it was left by a tab that was closed or reloaded
 */
export function createDatabaseLease(
  driver: SqlDriver,
  clock: Clock,
  ids: Ids,
  timers: Timers,
  isExclusive = false,
): Lease {
  const me = Array.from(ids.randomBytes(8), (byte) => byte.toString(16)).join();

  let isLeftover = isExclusive;

  async function acquire(): Promise<boolean> {
    const now = clock.now();
    const leftover = isLeftover ? [{ sql: clear, rows: [[]] }] : [];
    isLeftover = false;
    await driver.transaction([
      ...leftover,
      { sql: take, rows: [[me, now + duration, me, now, now + 2 * duration]] },
    ]);
    const [row] = await driver.select(owner, []);
    return row?.[0] === me;
  }

  return {
    run: async (task) => {
      if (!(await acquire())) return "held";
      let cancel: () => void = () => undefined;
      const renew = () => {
        cancel = timers.after(duration / 3, () => {
          renew();
          // A renewal that fails leaves the lease to expire, which is safe.
          acquire().catch(() => undefined);
        });
      };
      renew();
      try {
        return await task();
      } finally {
        cancel();
        await driver.transaction([{ sql: giveBack, rows: [[me]] }]);
      }
    },
  };
}
