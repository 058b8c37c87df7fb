// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  Cursor,
  Fields,
  Head,
  Hlc,
  OpKind,
  OpOutcome,
  PullReply,
  PushBatch,
  PushReply,
  RejectionCode,
  Stamp,
} from "./shared/protocol";

/**
 * Everything the engine needs from outside. It never calls `Date.now`, `Math.random`, `setTimeout` or `fetch`:
 * whoever owns these ports owns time, chance, storage and network, which is how the engine is simulated.
 */
export interface Ports {
  readonly store: LocalStore;
  readonly backend: Backend;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly network: Network;
  readonly lifecycle: Lifecycle;
  /** Lets one runner at a time sync this database, across tabs and background tasks. */
  readonly lease: Lease;
}

/** The device's clock. */
export interface Clock {
  /** Milliseconds since 1970, as the device believes. May jump; nothing relies on it going forward. */
  now(): number;
}

/** Where ids and jitter come from. */
export interface Ids {
  /** `count` bytes that nobody else draws, and nobody twice. */
  randomBytes(count: number): Uint8Array;
  /** A number in [0, 1), for jitter only. */
  random(): number;
}

/** The device's timers. */
export interface Timers {
  /** Calls `task` once after `delay` ms; the result cancels it. */
  after(delay: number, task: () => void): () => void;
}

/** What the platform says of the network, which may be wrong. */
export interface Network {
  /** What is known now; optimistic (`true`) when nothing is. */
  readonly isOnline: () => boolean;
  /** Calls on every change; the result stops it. */
  readonly subscribe: (listener: (online: boolean) => void) => () => void;
}

/** Whether the app is in the foreground. */
export interface Lifecycle {
  /** Calls when the app comes to the foreground (`true`) or leaves it (`false`). */
  readonly subscribe: (listener: (active: boolean) => void) => () => void;
}

/** Lets one runner at a time sync a database. */
export interface Lease {
  /**
   * Waits until this runner may sync, runs `task`, and gives the lease back even when it throws.
   * `"held"`: another tab or task has it; `task` was not run.
   */
  run<T>(task: () => Promise<T>): Promise<T | "held">;
}

// --- storage ---------------------------------------------------------------------------------------------------------

/** What keeps a row from being as the server has it, if anything does. */
export type RowSyncStatus = "synced" | "pending" | "failed" | "conflict";

/** A row of a synced table as the engine handles it: decoded values, device-only fields apart. */
export interface StoredRow {
  readonly clientId: string;
  /** `null` until the server first answered. */
  readonly serverId: string | null;
  /** The scope that it is in; `null` where the table's rows are the user's own. */
  readonly scopeId: string | null;
  /** Whose row it is; in a table with a scope, who created it. */
  readonly userId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly syncStatus: RowSyncStatus;
  /** The server version that the row is built on; `null` when it never left the device. */
  readonly changed: Stamp | null;
  /** Synced fields. */
  readonly fields: Fields;
}

/** The server's state of a row, kept beside a pending op. */
export interface ServerState {
  /** `null` when the server deleted the row, or never had it. */
  readonly fields: Fields | null;
  readonly stamp: Stamp | null;
  readonly serverId: string | null;
  /** Whose row it is; `null` when nobody has told. */
  readonly userId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Where an op is on its way. */
export type OpState =
  /** Takes further edits; not sent yet. */
  | "waiting"
  /** In flight: part of a sealed batch, never changes. */
  | "sealed"
  /** Refused or broken; waits for `retry`, `edit` or `discard`. */
  | "failed"
  /** `manual`: waits for a person. */
  | "conflict"
  /** The server's row won; kept until it was seen. */
  | "superseded";

/** An op in the queue. */
export interface StoredOp {
  /** Greater than that of every op in the queue; the order in which ops are sent. */
  readonly seq: number;
  readonly opId: string;
  readonly table: string;
  readonly clientId: string;
  /** The scope that the row is in; `null` where the table's rows are the user's own. */
  readonly scopeId: string | null;
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly base: Fields | null;
  readonly baseStamp: Stamp | null;
  /** `updatedAt` of the row before the edit, ms since 1970. */
  readonly baseUpdatedAt: number | null;
  readonly edited: Hlc;
  readonly clocks: Readonly<Record<string, Hlc>> | null;
  readonly schemaVersion: number;
  readonly group: string | null;
  readonly userId: string;
  readonly state: OpState;
  /** The newest row of the server, what `discard` goes back to; `null` while that is still `base`. */
  readonly server: ServerState | null;
  /** The batch that carries it, or carried it last. */
  readonly sealedBy: BatchName | null;
  /** The batch that first carried it, when another one carries it now though that may have landed: sent along. */
  readonly carriedBy: BatchName | null;
  /** Times that the server threw at a batch with this op in it. */
  readonly attempts: number;
  /** Ms since 1970; `null` before the first attempt. */
  readonly lastAttemptAt: number | null;
  readonly outcome: OpOutcome | null;
  readonly code: RejectionCode | null;
  readonly message: string | null;
  readonly createdAt: number;
}

/** Names one batch for ever. */
export interface BatchName {
  readonly deviceId: string;
  readonly batchSeq: number;
}

/** An op that was not stored yet. */
export type NewOp = Omit<StoredOp, "seq">;

/** What one step of the engine changes, worked out in full before it is handed over. */
export interface ChangeSet {
  readonly rows?: readonly RowChange[];
  readonly ops?: readonly OpChange[];
  /** `null` removes the key. */
  readonly metadata?: Readonly<Record<string, string | null>>;
  /** The runner that the database has to belong to, as its metadata `writer` says; without it, to anybody. */
  readonly writer?: string;
  /** The rest of the same page follows: listeners are told of all of it together. */
  readonly more?: boolean;
}

/** A commit was refused: another runner took the database over, so what this one read may no longer be so. */
export class TakenOver extends Error {
  override readonly name = "TakenOver";
}

/** A change of rows in a change set. */
export type RowChange =
  /** Writes the row. With `guard`, only when the stored `changed` is not later. Device-only fields keep their values unless given. */
  | {
      readonly kind: "put";
      readonly table: string;
      readonly rows: readonly StoredRow[];
      readonly guard: boolean;
      readonly deviceFields?: Fields;
    }
  /** As `put` for a row that is stored as `before`: fields that are the same need not be written. */
  | {
      readonly kind: "update";
      readonly table: string;
      readonly before: StoredRow;
      readonly row: StoredRow;
      readonly deviceFields?: Fields;
    }
  | {
      readonly kind: "delete";
      readonly table: string;
      readonly clientIds: readonly string[];
    }
  /** First step of fetching rows again: each of them forgets its version. */
  | ({ readonly kind: "forget-versions" } & RowSet)
  /** Last step: those without a version and without an op (superseded ones aside) are gone. */
  | ({ readonly kind: "delete-unversioned" } & RowSet);

/** Rows of a table: those in one scope, or with `null` all of them. */
export interface RowSet {
  readonly table: string;
  readonly scopeId: string | null;
}

/** A change of ops in a change set. */
export type OpChange =
  | { readonly kind: "add"; readonly op: NewOp }
  /** Replaces the op that is stored as `before`, which has the same `seq`: what is the same need not be written. */
  | {
      readonly kind: "replace";
      readonly before: StoredOp;
      readonly op: StoredOp;
    }
  /** Marks waiting ops as part of a batch. */
  | {
      readonly kind: "seal";
      readonly seqs: readonly number[];
      readonly sealedBy: BatchName;
    }
  | { readonly kind: "remove"; readonly seqs: readonly number[] };

/** How far recording has come. */
export interface LatestOp {
  readonly seq: number;
  readonly edited: Hlc;
}

/** What says whose way an op stands in. */
export type OpName = Pick<StoredOp, "table" | "clientId" | "kind">;

/** Which ops to read: those that fit all that is given. */
export interface OpFilter {
  readonly opIds?: readonly string[];
  readonly table?: string;
  /** `null`: of any, as without it. */
  readonly scopeId?: string | null;
  readonly clientIds?: readonly string[];
  readonly states?: readonly OpState[];
  /** Only ops of these groups. */
  readonly groups?: readonly string[];
  /** Only ops recorded after this one. */
  readonly afterSeq?: number;
  /** Not these. */
  readonly exceptSeqs?: readonly number[];
  readonly limit?: number;
}

/**
 * The device's database as the engine sees it: reads, and `commit`.
 * A change set is one transaction: all of it is durable, or none. No transaction stays open across an `await`.
 */
export interface LocalStore {
  /** Whether the JavaScript thread itself runs the statements, and nothing else meanwhile. */
  readonly isSynchronous: boolean;
  readRows(
    table: string,
    clientIds: readonly string[],
  ): Promise<readonly StoredRow[]>;
  /** False where there is nothing. */
  hasRows(rows: RowSet): Promise<boolean>;
  /** In the order of `seq`. */
  readOps(filter: OpFilter): Promise<readonly StoredOp[]>;
  /** Likewise, without their content: many cost little. */
  readOpNames(filter: OpFilter): Promise<readonly OpName[]>;
  countOps(table?: string): Promise<Readonly<Record<OpState, number>>>;
  /** The largest `seq` and the latest `edited` of all ops; `null` without ops. */
  latest(): Promise<LatestOp | null>;
  /** The values of those of the keys that are set. */
  readMetadata<Key extends string>(
    keys: readonly Key[],
  ): Promise<{ readonly [Name in Key]?: string }>;
  /** Rejects with `TakenOver`, and changes nothing, when the database belongs to another writer. */
  commit(changes: ChangeSet): Promise<void>;
  /** Calls once after every commit without `more` with the tables whose rows changed; `sync_queue` stands for the ops. */
  subscribe(listener: (tables: ReadonlySet<string>) => void): () => void;
  /** Tells the listeners of commits that went past this store: another runner made them. */
  announce(tables: readonly string[]): void;
  close(): Promise<void>;
}

// --- SQLite drivers --------------------------------------------------------------------------------------------------

/** What a column holds. */
export type SqlValue = string | number | null;

/** One statement, run once for each row of parameters; `rows: [[]]` for none. */
export interface SqlStatement {
  readonly sql: string;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** The least that `SqliteStore` needs of a SQLite library. */
export interface SqlDriver {
  /**
   * How many rows are written fastest. `row`: one prepared statement, run per row (synchronous drivers).
   * `json`: one statement per page over `json_each` (drivers that cross a thread).
   */
  readonly bulk: "row" | "json";
  /** Rows as arrays, in the order of the selected columns. */
  select(
    sql: string,
    parameters: readonly SqlValue[],
  ): Promise<readonly (readonly SqlValue[])[]>;
  /** All statements in one transaction, with nothing in between. */
  transaction(statements: readonly SqlStatement[]): Promise<void>;
  close(): Promise<void>;
}

// --- server ----------------------------------------------------------------------------------------------------------

/** Which page of a table is asked for. */
export interface PullRequest {
  readonly table: string;
  /** In which scope, where the table has one. */
  readonly scopeId?: string;
  /** `null`: from the start. */
  readonly cursor: Cursor | null;
  readonly limit: number;
  /** Whose database asks: somebody else's page must not land in it. */
  readonly forUser?: string;
}

/** The server's answer to a batch. */
export type PushAnswer = PushReply & {
  /** When the batch was handed over, where that was before the call: by the device's clock, ms. */
  readonly sentAt?: number;
};

/** The server as the engine sees it. Every call may fail with a `BackendError`. */
export interface Backend {
  push(batch: PushBatch): Promise<PushAnswer>;
  /** Changes after the cursor, deletions included. */
  pull(request: PullRequest): Promise<PullReply>;
  /** Every live row, page by page; the last page's cursor continues with `pull`. */
  snapshot(request: PullRequest): Promise<PullReply>;
  /** What has changed, asked of the server whatever a live query has brought. */
  head(): Promise<Head>;
  /** Calls with the head, at first and whenever it changes; the result stops it. */
  subscribe(
    onHead: (head: Head) => void,
    onError: (error: BackendError) => void,
  ): () => void;
}

/**
 * Why a call had no answer.
 * `network`: it may or may not have arrived. `unauthenticated`: no valid token. `server`: the function threw.
 */
export type BackendErrorKind = "network" | "unauthenticated" | "server";

/** A call that had no answer. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly kind: BackendErrorKind;

  constructor(
    kind: BackendErrorKind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.kind = kind;
  }
}
