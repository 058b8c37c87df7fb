import type { AppVersion } from "./earlierApp";

/** What a person did on one database and may rely on: the other half of every check. */
export interface Ledger {
  /** By `table clientId field`: what was last written there, until the server had it. */
  readonly dirty: Map<string, unknown>;
  /** As `dirty`: values whose write was never answered, because the process died; they may or may not be there. */
  readonly attempted: Map<string, Set<string>>;
  /** `table clientId` of rows that were deleted here, until the server knew. */
  readonly deleted: Set<string>;
  /** Rows that a person added since the queue was last looked at. */
  readonly added: Set<string>;
  /** Rows whose deletion a person took back. */
  readonly undone: Set<string>;
  /** Ops that a person gave up, retried or decided. */
  readonly decided: Set<string>;
  /** The newest version shown, by `table clientId`. */
  readonly versions: Map<string, string>;
  /** The queue at the last check, by op id. */
  queue: ReadonlyMap<string, QueuedOp>;
  /** The cursors at the last check. */
  cursors: Readonly<Record<string, string>>;
  epoch: string | null;
  /** The device's id at the last check. */
  deviceId: string | null;
  /** The scopes that it knew at the last check, as they are stored. */
  scopes: string | null;
  /** Its first sync was complete at the last check. */
  isWhole: boolean;
}

export interface QueuedOp {
  readonly opId: string;
  readonly table: string;
  /** The scope that its row is in. */
  readonly scopeId: string | null;
  readonly clientId: string;
  readonly kind: string;
  /** `fields` as they are stored. */
  readonly text: string;
  /** Under the names of today, whatever the app's. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** In whose words it is stored. */
  readonly version: AppVersion;
  readonly state: string;
  readonly edited: string;
  readonly baseStamp: string | null;
  readonly serverStamp: string | null;
  readonly sealedBy: string | null;
  readonly group: string | null;
  readonly userId: string;
  /** An edit of a row of which nothing is known but this edit. */
  readonly isBaseless: boolean;
  /** Of a failed op: why. */
  readonly code: string | null;
}

/** Of a database that nobody wrote to. */
export function createLedger(): Ledger {
  return {
    dirty: new Map(),
    attempted: new Map(),
    deleted: new Set(),
    added: new Set(),
    undone: new Set(),
    decided: new Set(),
    versions: new Map(),
    queue: new Map(),
    cursors: {},
    epoch: null,
    deviceId: null,
    scopes: null,
    isWhole: false,
  };
}

/** A copy, for a backup of the database. */
export function copyLedger(ledger: Ledger): Ledger {
  return {
    dirty: new Map(ledger.dirty),
    attempted: new Map([...ledger.attempted].map(([key, values]) => [key, new Set(values)])),
    deleted: new Set(ledger.deleted),
    added: new Set(ledger.added),
    undone: new Set(ledger.undone),
    decided: new Set(ledger.decided),
    versions: new Map(ledger.versions),
    queue: new Map(ledger.queue),
    cursors: { ...ledger.cursors },
    epoch: ledger.epoch,
    deviceId: ledger.deviceId,
    scopes: ledger.scopes,
    isWhole: ledger.isWhole,
  };
}

/** The person gave up what was written to the row. */
export function forgetRow(ledger: Ledger, table: string, clientId: string): void {
  const row = `${table} ${clientId}`;
  for (const key of ledger.dirty.keys()) if (key.startsWith(`${row} `)) ledger.dirty.delete(key);
  ledger.deleted.delete(row);
}
