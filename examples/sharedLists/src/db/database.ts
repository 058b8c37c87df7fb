// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import type { SqlDriver } from "../sync/ports";

/** drizzle-kit's journal and the SQL of every migration by key: what `db/migrations/migrations.ts` exports. */
export interface Migrations {
  readonly journal: {
    readonly entries: readonly {
      readonly idx: number;
      /** Milliseconds since 1970; strictly increasing. */
      readonly when: number;
      readonly tag: string;
      readonly breakpoints: boolean;
      /** Of the SQL: how a database that ran another migration of the same number is found out. */
      readonly hash?: string;
    }[];
  };
  /** `m0000`, `m0001` … */
  readonly migrations: Readonly<Record<string, string>>;
}

/**
 * Drizzle for reading: what live queries are built with. Writes go through the sync engine,
 * because a row and its op become durable together or not at all.
 */
export type ReadDatabase = Pick<
  SqliteRemoteDatabase,
  "select" | "selectDistinct" | "$count" | "$with" | "with"
>;

/** A database that is open and migrated. */
export interface OpenedDatabase {
  readonly name: string;
  readonly driver: SqlDriver;
  readonly drizzle: ReadDatabase;
  close(): Promise<void>;
  /** Closes it and deletes its file, before anybody else can open it. */
  closeAndDelete(): Promise<void>;
}

/** What to do while another tab has the database. */
export interface OpenOptions {
  /** Web: another tab has the database; opening continues by itself once that tab closes. */
  readonly onWaiting?: () => void;
  /** Gives up waiting for another tab. */
  readonly signal?: AbortSignal;
}

/**
 * The database of one account: a file name that is safe on every platform, tells nobody the account,
 * and differs for every account.
 */
export function databaseName(account: string): string {
  return `sync_${fingerprint(account, 0x811c9dc5)}${fingerprint(account, 0x01000193)}.db`;
}

/** FNV-1a with a finishing mix; two seeds make 64 bits. It names files, it protects nothing. */
function fingerprint(text: string, seed: number): string {
  let hash = seed;
  for (let position = 0; position < text.length; position += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
