// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { FunctionReference } from "convex/server";
import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import type { QueuedOp, RowState } from "./rowState";
import type { Session } from "./session";
import type { FieldRules, Policy, TableRules } from "./shared/policy";
import type { Fields, Head, OpKind, Scope, WireValue } from "./shared/protocol";
import type { LiveScopes, OpView } from "./types";

/** A query of one page; the engine reads its answer as a `PullReply`. */
export type PageReference = FunctionReference<
  "query",
  "public",
  {
    cursor: string | null;
    limit?: number;
    forUser?: string;
    schemaVersion?: number;
    /** The functions of a table with a scope need it. */
    scopeId?: string;
  }
>;

/** One synced table as data: everything the engine and the hooks need to know of it. */
export interface TableDefinition<
  Row = unknown,
  Create = unknown,
  Changes = unknown,
  Operation extends OpKind = OpKind,
> {
  readonly name: string;
  /**
   * The Drizzle table, for live queries. Known by its brand alone: to compare a
   * whole table with `SQLiteTable` takes the type checker 5,700 steps a table.
   */
  readonly sqlite: { readonly _: { readonly brand: "Table" } };
  readonly policy: Policy;
  readonly rules: TableRules;
  /** Columns that stay on the device. */
  readonly deviceFields: Readonly<Record<string, FieldRules>>;
  /** Convex functions that pages come from. */
  readonly remote: {
    readonly changesSince: PageReference;
    readonly all: PageReference;
  };
  /** Types only; never set. */
  readonly types?: {
    readonly row: Row;
    readonly create: Create;
    readonly changes: Changes;
    readonly operation: Operation;
  };
}

/** Ties a table's data to its row types. */
export function defineTable<Row, Create, Changes, Operation extends OpKind>(
  definition: Omit<TableDefinition, "types">,
): TableDefinition<Row, Create, Changes, Operation> {
  return definition;
}

/** How queued ops of earlier versions of the app become those of this one. */
export interface OpUpgrades {
  /** The op as this version has it, or failed with the reason. */
  upgrade(op: StoredOp): StoredOp;
  /** Does so with every op in the queue, page by page, and has rows say which failed. */
  upgradeAll(engine: Engine): Promise<void>;
  /** Tables that changed since `version`, under the names that they have now. */
  changedTables(version: number): ReadonlySet<string>;
}

/** The part of the engine for rows that several people share. */
export interface ScopeParts {
  /** The scope that a new row is to be in, and its other values. Throws a `SyncError` for what can be no scope's id. */
  place(
    table: TableDefinition,
    values: Values,
  ): { readonly scopeId: string | null; readonly values: Values };
  /** Throws a `SyncError` where the user may look at the row, and no more. */
  checkWrite(session: Session, state: RowState): void;
  /**
   * The row once an op of it was answered: without what its user may not read. `isSeen`: the server has just shown it.
   */
  redact(before: RowState, after: RowState, isSeen: boolean): RowState;
  /** What an op that is to wait again is built on, where its author was out of the scope meanwhile. */
  countAgain(state: RowState, op: QueuedOp): Partial<Pick<QueuedOp, "base">>;
  /** What a head tells of scopes, each once and always in the same order; `null`: nothing that is not known. */
  told(session: Session, head: Head): readonly Scope[] | null;
  /** From now on the user may read these scopes, which a head has told, and no others. Within a turn only. */
  adopt(
    engine: Engine,
    session: Session,
    scopes: readonly Scope[],
  ): Promise<void>;
  /** The scopes of the engine's user, for whoever shows them. */
  live(engine: Engine): LiveScopes;
}

/** Every table of the project, parents before the tables that reference them. */
export interface Registry {
  readonly schemaVersion: number;
  readonly tables: Readonly<Record<string, TableDefinition>>;
  // Parts of the engine that not every project uses: `null`, and in no app's bundle, where it does not.
  /** How ops of earlier schema versions become those of this one; `null` for a project of one version. */
  readonly upgrades: OpUpgrades | null;
  /** Makes the ids of rows with a natural key; `null` where no table has one. */
  readonly naturalId:
    | ((owner: string, table: string, values: readonly WireValue[]) => string)
    | null;
  /** For rows that several people share; `null` where no table has a scope. */
  readonly scopes: ScopeParts | null;
  /** Carries out what a person chose; `null` where no table has had a policy that leaves conflicts. */
  readonly resolveOp:
    | ((
        engine: Engine,
        conflict: string | OpView,
        chosen: Fields | "mine" | "theirs",
      ) => Promise<void>)
    | null;
  readonly remote: {
    readonly push: FunctionReference<"mutation", "public">;
    readonly head: FunctionReference<
      "query",
      "public",
      { schemaVersion?: number; look?: number }
    >;
  };
}

/** A row of the table, as it is read. */
export type RowOf<T> =
  T extends TableDefinition<infer Row, unknown, unknown> ? Row : never;
/** The values that a row of the table is created with. */
export type CreateOf<T> =
  T extends TableDefinition<unknown, infer Create, unknown> ? Create : never;
/** The values that a row of the table can be updated with. */
export type ChangesOf<T> =
  T extends TableDefinition<unknown, unknown, infer Changes> ? Changes : never;
/** What may be done to rows of the table. */
export type OperationOf<T> =
  T extends TableDefinition<unknown, unknown, unknown, infer Operation>
    ? Operation
    : never;

/** Synced and device-only values, as an app passes them. */
export type Values = Readonly<Record<string, Fields[string] | undefined>>;
