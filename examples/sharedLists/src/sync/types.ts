// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type {
  ChangesOf,
  CreateOf,
  OperationOf,
  Registry,
  RowOf,
} from "./registry";
import type {
  Fields,
  OpOutcome,
  RejectionCode,
  Scope,
} from "./shared/protocol";
import type { OpState, Ports } from "./ports";

/** What `createSync` needs. */
export interface SyncOptions<R extends Registry = Registry> {
  readonly registry: R;
  readonly ports: Ports;
  /**
   * The signed-in user whose database this is, named as the server names them (`getSyncUser`). While the server says
   * that somebody else is signed in, nothing is sent or fetched.
   */
  readonly account: string;
  /** How often to look for changes while nothing happens, ms; default 5 minutes. */
  readonly interval?: number;
  /** How long a call may take before it counts as lost, ms; default 30 seconds. */
  readonly timeout?: number;
  /** The fewest rows of a page to commit together, however slow the device is; default 32. */
  readonly partRows?: number;
}

/** What the sync is doing. */
export type SyncPhase =
  /** Not started, or stopped. */
  | "stopped"
  /** The first download is not complete; the app has nothing reliable to show. */
  | "initial-sync"
  | "idle"
  | "syncing"
  | "offline"
  /** A call failed; the next try is scheduled. */
  | "retrying"
  /**
   * Nobody is signed in, for some seconds now, or somebody else is (`error` tells which); continues by itself once the
   * account's token is there.
   */
  | "signed-out"
  /** The server no longer answers this version of the app. Everything stays on the device until it is updated. */
  | "upgrade-required"
  /** Another tab or task syncs this database. */
  | "elsewhere";

/** Everything a status icon, a banner or a first-launch screen needs. A new object whenever something changed. */
export interface SyncStatus {
  readonly phase: SyncPhase;
  readonly online: boolean;
  readonly initialSync: InitialSyncProgress;
  /** Ops not acknowledged by the server yet. */
  readonly pendingCount: number;
  /** Ops that wait for `retry`, `edit` or `discard`. */
  readonly failedCount: number;
  /** Ops of `manual` tables that wait for a person. */
  readonly conflictCount: number;
  /** Edits that lost against a concurrent change, not dismissed yet. */
  readonly supersededCount: number;
  /** When push and pull last both ended well, ms since 1970. */
  readonly lastSyncedAt: number | null;
  /** Why the last cycle did not end well; `null` after one that did. */
  readonly error: SyncError | null;
}

/** How far the first download has come. */
export interface InitialSyncProgress {
  readonly complete: boolean;
  readonly tablesDone: number;
  /** A table with a scope counts once for each scope that the user is in. */
  readonly tablesTotal: number;
  /** The table being downloaded. */
  readonly table: string | null;
  /** Rows downloaded so far, all tables. */
  readonly rows: number;
}

/** What a `SyncError` says by its code. Stable; apps may switch on it. */
export const syncErrorCodes = [
  "network",
  "unauthenticated",
  "server",
  "refused",
  /** Too many changes in a short time; the rest goes when the server said. */
  "rate-limited",
  /** The server no longer answers this version of the app. */
  "upgrade-required",
  "wrong-user",
  "storage",
  "invalid-value",
  "not-allowed",
  "not-found",
  /** The user may look at the scope that the row is in, and change nothing there. */
  "no-access",
  /** What was decided about is not any more what was shown: look again. */
  "outdated",
] as const;

/** One of `syncErrorCodes`. */
export type SyncErrorCode = (typeof syncErrorCodes)[number];

/**
 * The only error that the engine throws or shows, but for a mistake in code: a table that there is not. `message` is for
 * people and never holds row contents.
 */
export class SyncError extends Error {
  override readonly name = "SyncError";
  readonly code: SyncErrorCode;
  /** `tasks.dueAt`, when one field is to blame. */
  readonly field: string | null;

  constructor(
    code: SyncErrorCode,
    message: string,
    options?: { cause?: unknown; field?: string },
  ) {
    super(message, options);
    this.code = code;
    this.field = options?.field ?? null;
  }
}

/** A write that is durable on this device. */
export interface Written {
  readonly clientId: string;
  /**
   * Resolves with the server's answer, however long that takes; never rejects. `"merged-away"`: a later edit of the
   * row took this one along before it was sent. `"stopped"`: the engine was disposed first; the op stays queued.
   */
  readonly settled: Promise<Settled>;
}

/** What became of a write. */
export interface Settled {
  readonly outcome:
    | OpOutcome
    | "merged-away"
    | "discarded"
    | "cancelled"
    /** The answer does not come here: the engine ended, or another tab or task received it. */
    | "stopped";
  readonly code: RejectionCode | null;
  readonly message: string | null;
}

/**
 * Writes to one table: only the operations that the table allows. `update` and `remove` take a row's `clientId`, or the
 * row itself, as it was shown to whoever decided on the write. Then the write counts from there: what others have
 * changed since is a concurrent change, a counter gets the difference to the value shown, and a set what was added and
 * taken out. With the id alone, it counts from what the device holds when it is made.
 */
export type TableWriter<
  Create,
  Changes,
  Operation extends string,
  Row,
> = ("create" extends Operation
  ? { readonly create: (values: Create) => Promise<Written> }
  : unknown) &
  ("update" extends Operation
    ? {
        readonly update: (
          row: string | Row,
          changes: Changes,
        ) => Promise<Written>;
      }
    : unknown) &
  ("delete" extends Operation
    ? { readonly remove: (row: string | Row) => Promise<Written> }
    : unknown);

/** The writer of a table of the registry. */
export type WriterOf<T> = TableWriter<
  CreateOf<T>,
  ChangesOf<T>,
  OperationOf<T>,
  RowOf<T>
>;

/** An op that a person can look at and decide on. */
export interface OpView {
  readonly opId: string;
  readonly table: string;
  readonly clientId: string;
  /** The scope that the row is in; `null` where the table has none. */
  readonly scopeId: string | null;
  readonly kind: "create" | "update" | "delete";
  readonly state: OpState;
  /** What this device wants the changed fields to be. */
  readonly mine: Fields;
  /** The row before the edit; `null` for a create. */
  readonly base: Fields | null;
  /** The server's newest row; `null` when there is none. */
  readonly theirs: Fields | null;
  readonly code: RejectionCode | null;
  readonly message: string | null;
  readonly attempts: number;
  readonly createdAt: number;
}

/** The scopes that the user may read, live. */
export interface LiveScopes {
  /** `null` until the server has told them once; the same list until it is another one. */
  readonly get: () => readonly Scope[] | null;
  /** Calls whenever it may be another one; the result stops it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The engine as apps and hooks see it. */
export interface Sync<R extends Registry = Registry> {
  /** Reads the state, starts the triggers and the first cycle. Safe to call twice. */
  readonly start: () => Promise<void>;
  /** Ends the triggers and waits for the running cycle. `start` continues. */
  readonly stop: () => Promise<void>;
  /**
   * `stop`, and the store is closed; that of a `DatabaseProvider` stays open until the provider itself closes it.
   * Nothing is left running, and it cannot start again.
   */
  readonly dispose: () => Promise<void>;

  readonly table: <Name extends keyof R["tables"] & string>(
    name: Name,
  ) => WriterOf<R["tables"][Name]>;
  /** Several writes that become durable together and land, or are rejected, together. */
  readonly batch: (
    write: (tables: {
      readonly [Name in keyof R["tables"]]: BatchWriterOf<R["tables"][Name]>;
    }) => void,
  ) => Promise<Written[]>;

  /** Runs a cycle now; resolves when it ended, well or not, or after 5 seconds where the network is said to be none. */
  readonly syncNow: () => Promise<SyncStatus>;

  readonly getStatus: () => SyncStatus;
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Calls after every commit with the names of the tables whose rows changed, and with all names once another tab or
   * task has had the database.
   */
  readonly onRowsChanged: (
    listener: (tables: ReadonlySet<string>) => void,
  ) => () => void;
  readonly on: <Name extends keyof SyncEvents>(
    event: Name,
    listener: (detail: SyncEvents[Name]) => void,
  ) => () => void;
  readonly getSyncStats: () => SyncStats;
  /** The scopes that the user may read; `null` in a project without any. */
  readonly scopes: LiveScopes | Extract<R["scopes"], null>;

  /** Failed, conflicting and superseded ops, oldest first. */
  readonly issues: () => Promise<readonly OpView[]>;
  readonly pendingCount: (table: string) => Promise<number>;
  /** A failed op waits again, with what failed of its group: that lands together, so all of it waits for the last. */
  readonly retry: (opId: string) => Promise<void>;
  readonly retryAll: () => Promise<void>;
  /** A failed op takes other values and waits again. */
  readonly edit: (opId: string, changes: Fields) => Promise<void>;
  /** The row goes back to the server's newest; the op is gone, and the rest of its group goes without it. */
  readonly discard: (opId: string) => Promise<void>;
  /**
   * `manual`: the chosen values become an edit of the newest row. Give the issue itself where a person chose: when
   * `theirs` has changed since, nothing is overwritten and the error is `outdated`.
   */
  readonly resolve: (
    conflict: string | OpView,
    chosen: Fields | "mine" | "theirs",
  ) => Promise<void>;
  /** A superseded edit was seen. */
  readonly dismiss: (opId: string) => Promise<void>;
  /** Every op of the queue as JSON text, for support and for moving unsent work elsewhere. */
  readonly export: () => Promise<string>;
}

/** As `TableWriter`, inside `batch`: collected, not yet durable. `create` returns the new row's `clientId`. */
export type BatchWriterOf<T> = ("create" extends OperationOf<T>
  ? { readonly create: (values: CreateOf<T>) => string }
  : unknown) &
  ("update" extends OperationOf<T>
    ? {
        readonly update: (
          row: string | RowOf<T>,
          changes: ChangesOf<T>,
        ) => void;
      }
    : unknown) &
  ("delete" extends OperationOf<T>
    ? { readonly remove: (row: string | RowOf<T>) => void }
    : unknown);

/** Names and numbers only: no event carries row contents. */
export interface SyncEvents {
  "sync.op:action:captured": {
    readonly table: string;
    readonly kind: "create" | "update" | "delete";
    readonly opId: string;
  };
  "sync.push:action:after": {
    readonly ops: number;
    readonly applied: number;
    readonly merged: number;
    readonly superseded: number;
    readonly rejected: number;
    readonly conflicts: number;
  };
  "sync.pull:action:received": {
    readonly table: string;
    readonly rows: number;
    readonly deleted: number;
  };
  "sync.conflict:action:detected": {
    readonly table: string;
    readonly opId: string;
    readonly outcome: "merged" | "superseded" | "conflict";
  };
  "sync.error:action": {
    readonly code: SyncErrorCode;
    readonly message: string;
  };
  "sync.subscription:action:statusChange": {
    readonly status: "connecting" | "live" | "closed";
  };
}

/** Counters since the engine was made. */
export interface SyncStats {
  readonly cycles: number;
  readonly opsPushed: number;
  readonly rowsPulled: number;
  readonly conflicts: number;
  readonly errors: number;
}
