// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/**
 * What travels between a device and the server. Both sides run this very file.
 * Pure: no clock, no randomness, no platform.
 */

/** A value of a synced field on the wire. A field without a value is `null`, never missing and never `undefined`. */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** Values by field name. */
export type Fields = Readonly<Record<string, WireValue>>;

/**
 * The server's order of changes, as 19 decimal digits: comparing stamps as text compares them in commit order.
 * Made from Convex's commit timestamp, which exceeds 2^53 and so never becomes a number.
 */
export type Stamp = string;

/** Where a pull continues: made and read by the server only, opaque to the device. */
export type Cursor = string;

/** A hybrid logical clock reading; see `clock.ts`. Comparing two as text compares them in time. */
export type Hlc = string;

/** What an op does to its row. */
export type OpKind = "create" | "update" | "delete";

/** One row's pending intent, as it is sent. */
export interface Op {
  /** UUID v7, made once; names the op for ever. */
  readonly opId: string;
  readonly table: string;
  /** The scope that the row is in; absent where the table's rows are the user's own. */
  readonly scopeId?: string;
  readonly clientId: string;
  readonly kind: OpKind;
  /** `create`: every field. `update`: the changed ones. `delete`: none. */
  readonly fields: Fields;
  /** The row as the device last saw it from the server before the first edit; `null` when it never did. */
  readonly base: Fields | null;
  /** The stamp of `base`. The edit is concurrent when the server's row has a later one. */
  readonly baseStamp: Stamp | null;
  /** When the last edit was made, on the device's hybrid clock. */
  readonly edited: Hlc;
  /** When each changed field was edited; only for policies that ask for it. */
  readonly clocks: Readonly<Record<string, Hlc>> | null;
  /** The schema version that the device ran when the op was written. */
  readonly schemaVersion: number;
  /** Ops with the same group land, or are rejected, together. */
  readonly group: string | null;
  /**
   * The batch that first carried the op, when it was sealed under an earlier device id, or failed without an answer: its
   * receipt tells whether it was applied.
   */
  readonly carriedBy: {
    readonly deviceId: string;
    readonly batchSeq: number;
  } | null;
}

/** One push. Sealed before it is sent, and resent unchanged until it is answered. */
export interface PushBatch {
  readonly deviceId: string;
  /**
   * Whose ops these are. Compared with the signed-in user and never believed: a batch that was on its way while somebody
   * else signed in would otherwise arrive with their token.
   */
  readonly forUser?: string;
  /**
   * The server's history that `baseStamp`s and the number belong to; see `epoch.ts`. A duplicate that arrives after the
   * server went back to a backup would otherwise take effect a second time.
   */
  readonly epoch?: string;
  /** One more than the last answered batch of this device; the first is 1. */
  readonly batchSeq: number;
  /** Hash of the ops: the same number with other content is never applied. */
  readonly batchHash: string;
  readonly schemaVersion: number;
  readonly ops: readonly Op[];
}

/** A row as the server holds it, projected to what its owner may read. */
export interface WireRow {
  readonly clientId: string;
  readonly serverId: string;
  /** `null`: written by this very call, whose stamp stands beside the results. */
  readonly stamp: Stamp | null;
  /** The scope that the row is in; absent where the table's rows are the user's own. */
  readonly scopeId?: string;
  /** Whose row it is; in a table with a scope, who created it. */
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** Milliseconds since 1970, or `null` for a live row. A deleted row has no fields. */
  readonly deletedAt: number | null;
  readonly fields: Fields;
}

/** What becomes of an op. */
export const opOutcomes = [
  /** The op decided the row. */
  "applied",
  /** The op and a concurrent change were combined. */
  "merged",
  /** A concurrent change won; the op had no effect and is shown once. */
  "superseded",
  /** `manual`: somebody has to choose. */
  "conflict",
  /** The op cannot be accepted; `code` says why. */
  "rejected",
] as const;

/** One of `opOutcomes`. */
export type OpOutcome = (typeof opOutcomes)[number];

/** Why an op was rejected. Stable: apps may switch on it. */
export const rejectionCodes = [
  "invalid",
  "unknown-table",
  "unknown-field",
  "operation-not-allowed",
  "not-found",
  /** The user may not read the scope, or not write in it. */
  "no-access",
  "already-deleted",
  "missing-reference",
  "too-large",
  "schema-too-old",
  "duplicate-op",
  "group",
  "append-only",
  "rate-limited",
  /** By the device alone: it is connected to another deployment than the op was made for. */
  "other-deployment",
  "failed",
] as const;

/** One of `rejectionCodes`. */
export type RejectionCode = (typeof rejectionCodes)[number];

/** Why an app is refused whatever it asks for: it is too old to hold today's rows, or newer than the server. */
export const versionRefusals = ["schema-too-old", "schema-too-new"] as const;

/** One of `versionRefusals`. */
export type VersionRefusal = (typeof versionRefusals)[number];

/** Why a pull was refused; `no-access`: the user is not, or no longer, in the scope. */
export const pullRefusals = [...versionRefusals, "no-access"] as const;

/** One of `pullRefusals`. */
export type PullRefusal = (typeof pullRefusals)[number];

/** Why a push was refused before anything of it was looked at. */
export const pushRefusals = [
  "wrong-user",
  "rate-limited",
  "too-large",
  ...versionRefusals,
] as const;

/** One of `pushRefusals`. */
export type PushRefusal = (typeof pushRefusals)[number];

/** What the server answers to one op. */
export interface OpResult {
  readonly opId: string;
  readonly outcome: OpOutcome;
  readonly code: RejectionCode | null;
  /** For people: never holds another user's data. */
  readonly message: string | null;
  /** The server's row after the op; `null` when it has none, or when the caller may not see it. */
  readonly row: WireRow | null;
  /** With an op that had an effect: its row is no more, and so has no tombstone that a pull could bring. */
  readonly isGone?: boolean;
}

/** The answer to `upsertX` and `removeX`, which no queue stands behind. */
export interface DirectResult extends OpResult {
  /** With the code `rate-limited`: when to call again, in milliseconds. */
  readonly retryAfter: number | null;
}

/** The answer to a batch. */
export type PushReply =
  | {
      readonly status: "ok";
      readonly results: readonly OpResult[];
      /** The stamp of every row in `results` whose own is `null`. */
      readonly stamp: Stamp;
      /** Milliseconds since 1970 on the server, for correcting the device's clock. */
      readonly serverTime: number;
      readonly epoch: string;
    }
  /** This device id's numbering does not continue here (restored backup, cloned phone, late duplicate): take a new id and send again. */
  | { readonly status: "stale-device" }
  /** The batch is of another history or another deployment: its ops may be sealed again, in `epoch`, in the first case. */
  | { readonly status: "stale-epoch"; readonly epoch: string }
  /** Nothing was looked at. `retryAfter` is in milliseconds. */
  | {
      readonly status: "refused";
      readonly code: PushRefusal;
      readonly retryAfter: number | null;
    };

/** The answer to the request of a page. */
export type PullReply =
  | {
      readonly status: "ok";
      /** In the order of the cursor. */
      readonly rows: readonly WireRow[];
      readonly cursor: Cursor;
      readonly hasMore: boolean;
      readonly serverTime: number;
      readonly epoch: string;
    }
  /** The cursor is older than the tombstones that are left, or is of another epoch: fetch the table again from the start. */
  | { readonly status: "resync"; readonly epoch: string }
  /** Nothing was read; the device keeps what it has. */
  | { readonly status: "refused"; readonly code: PullRefusal };

/** What a user may do in a scope. */
export const scopeAccess = ["read", "write"] as const;

/** One of `scopeAccess`; who may write may read. */
export type ScopeAccess = (typeof scopeAccess)[number];

/** A scope that the user may read: rows that its members share. */
export interface Scope<Kind extends string = string> {
  /** Which of the project's scopes it is one of: what tables name with `scope`. */
  readonly scope: Kind;
  /** Made by the app's own server code; never changes. */
  readonly scopeId: string;
  readonly access: ScopeAccess;
}

/** The doorbell: what a device watches while nothing happens. */
export interface Head {
  readonly userId: string;
  readonly epoch: string;
  /**
   * By table, what is another text whenever one of the user's own rows has changed: mostly the newest stamp. `null` for
   * a table without rows.
   */
  readonly marks: Readonly<Record<string, string | null>>;
  /**
   * Every scope that the user may read, with such marks of its rows; a table is left out where one call cannot look it
   * up. What scope is not here is not, or no longer, the user's to read. Absent where no table has one.
   */
  readonly scopes?: readonly (Scope & Pick<Head, "marks">)[];
}

/** Budgets of one request; the server refuses more, the device never sends more. */
export const limits = {
  /** Ops in a batch. */
  batchOps: 100,
  /** Bytes of a batch as JSON in UTF-8; one that cannot be sent as several may have `opBytes`. */
  batchBytes: 512 * 1024,
  /** Bytes of one op as JSON in UTF-8: two rows (`fields` and `base`) and what is around them. */
  opBytes: 2 * 1024 * 1024,
  /** Scopes that a user may be in. */
  scopes: 500,
  /** Characters of a scope's id. */
  scopeIdLength: 100,
  /** Rows in a page. */
  pageRows: 500,
  /** Bytes of a page, as Convex measures documents. */
  pageBytes: 2 * 1024 * 1024,
  /** Bytes of one row, both as JSON in UTF-8 and as Convex stores it; Convex holds at most 1 MiB a document. */
  rowBytes: 900 * 1024,
} as const;
