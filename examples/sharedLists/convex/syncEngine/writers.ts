// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { changeRow, newId, type RowChange } from "./changeRow";
import {
  writerOf,
  type SyncedDocument,
  type SyncMutationContext,
  type SyncQueryContext,
} from "./context";
import { liveRow, renewed } from "./documents";
import { scopeIdOf } from "./feed";
import type { ServerUpgrade } from "./history";
import { loadRow } from "./loadRows";
import {
  entryOf,
  withHistory,
  type ServerRules,
  type SyncRules,
} from "./rules";
import type { Policy } from "./shared/policy";
import type { OpOutcome } from "./shared/protocol";
import { removeRow } from "./removeRow";
import { requireUser } from "./user";
import {
  checkedScopeId,
  checkServerBytes,
  copyId,
  newClientId,
  refusal,
  splitValues,
  type Values,
} from "./writerValues";

/** What writers need to know of the project. */
export interface WritersConfig<Rules extends SyncRules> {
  readonly rules: Rules;
  readonly policies: Readonly<Record<keyof Rules, Policy>>;
  /** What changed between schema versions; needed where rows of earlier versions are stored. */
  readonly upgrades?: readonly ServerUpgrade[];
  /** Who is signed in; `null` for nobody. */
  user(ctx: SyncQueryContext): Promise<string | null>;
}

/**
 * What became of a change that was not refused, by the table's policy and the fields that only move one way.
 * `applied`: the row says what the change says. `merged`: it says some of it. `superseded`: it stays as it was, but for
 * counters, sets and server-only fields. `conflict`: so it does, because a `custom` merge wants a person to decide.
 */
export type ChangeOutcome = Exclude<OpOutcome, "rejected">;

/**
 * Writes to one synced table that reach every device of the row's owner, or of the scope's members. They throw a `ConvexError` when refused.
 * Await each before the next one of the same row: two at once would both start from the row as it was.
 */
export interface TableWriters<
  Row,
  Defaults,
  Kept extends PropertyKey = SyncColumn,
> {
  /** The row; `null` when there is none, when it was deleted, or when it is in another scope. */
  get(clientId: string): Promise<Row | null>;
  /**
   * Creates a row and returns its `clientId`. A table with a natural key has one id for each key: where a row has it
   * already, that one is changed as by `patch`. Where that row was deleted and the policy keeps it so, as `append-only`
   * does, the insert is refused with `already-deleted`.
   */
  insert(
    values: NewValues<Row, Defaults, Kept>,
    origin?: Origin,
  ): Promise<string>;
  /**
   * The `clientId` of the row that is inserted with `copyOf`, for references to it. Copy what is referred to first: a
   * reference has to lead to a row. A table with a natural key has no such ids, because its own are made of the row's
   * values: there the id is what `insert` returns, which can be called again.
   */
  idOfCopy(copyOf: string): Promise<string>;
  /** Sets the given fields; `null` takes a value away. The policy may keep what is there, and the outcome says so. */
  patch(clientId: string, changes: Changes<Row, Kept>): Promise<ChangeOutcome>;
  /** Deletes the row if there is one, whatever the table's policy: nothing of its content is left. */
  remove(clientId: string): Promise<void>;
}

/** Where a row comes from that is older than its table. */
export interface Origin {
  /**
   * What it is a copy of, by an id of that table's own. A copy that is there, or was deleted, stays as it is: copying can
   * be run again. What was deleted is known for `retentionDays`; copied again after that, it is back.
   */
  readonly copyOf?: string;
  /** Milliseconds since 1970; now, by default. A row that is there keeps its own. */
  readonly createdAt?: number;
}

/** Columns that the sync keeps: nobody else writes them. */
export type SyncColumn =
  | "_id"
  | "_creationTime"
  | "clientId"
  | "userId"
  | "createdAt"
  | "updatedAt"
  | "changed"
  | "deletedAt"
  | "edited"
  | "opId"
  | "clocks"
  | "upgradedTo";

type OptionalKey<Row> = {
  [Key in keyof Row]-?: Record<never, never> extends Pick<Row, Key>
    ? Key
    : never;
}[keyof Row];

/** What the sync keeps of the rows of a table: where a row is in a scope, it stays in that one. */
export type KeptColumn<Rules, Table> = Table extends keyof Rules
  ? Rules[Table] extends { readonly scope: string }
    ? SyncColumn | "scopeId"
    : SyncColumn
  : never;

/** The own fields of a row as `patch` takes them. */
export type Changes<Row, Kept extends PropertyKey = SyncColumn> = {
  [Key in Exclude<keyof Row, Kept>]?:
    | Exclude<Row[Key], undefined>
    | (Key extends OptionalKey<Row> ? null : never);
};

/** The own fields of a row as `insert` takes them: those with a default may be left out. */
export type NewValues<
  Row,
  Defaults,
  Kept extends PropertyKey = SyncColumn,
> = Omit<Changes<Row, Kept>, RequiredKey<Row, Defaults, Kept>> & {
  [Key in RequiredKey<Row, Defaults, Kept>]: Row[Key];
};

type RequiredKey<Row, Defaults, Kept> = Exclude<
  keyof Row,
  Kept | OptionalKey<Row> | Defaults
>;

/** Whose rows are written, or which scope's: nobody is asked whether the user is in it. */
export type OwnerArgument<Rules extends ServerRules> = Rules extends {
  readonly scope: string;
}
  ? [
      owner: {
        readonly scopeId: string;
        /** Who creates rows; the signed-in user, by default. */
        readonly userId?: string;
      },
    ]
  : [
      owner?: {
        /** The signed-in user, by default. */
        readonly userId?: string;
      },
    ];

/** The fields of a table's rules that have a default. */
type DefaultOf<Rules extends ServerRules> = {
  [Key in keyof Rules["fields"]]: Rules["fields"][Key] extends {
    readonly default: unknown;
  }
    ? Key
    : never;
}[keyof Rules["fields"]];

/** A document of the Convex table that holds the rows of a synced one. */
export type StoredRow<DataModel, Rules, Table> = DocumentOf<
  DataModel,
  StoredName<Rules, Table>
>;

type DocumentOf<DataModel, Name> = Name extends keyof DataModel
  ? DataModel[Name] extends { document: infer Document }
    ? Document
    : never
  : never;

type StoredName<Rules, Table> = Table extends keyof Rules
  ? Rules[Table] extends { readonly storedAs: infer Name }
    ? Name
    : Table
  : never;

/** One that was not deleted. */
export type LiveRow<DataModel, Rules, Table> = Extract<
  StoredRow<DataModel, Rules, Table>,
  { deletedAt: null }
>;

/**
 * Makes `synced(ctx, table)`, which writes rows of synced tables from the project's own functions. `DataModel` is not
 * held against Convex's own bounds: the type checker would look at every field of every table for it.
 */
export function createWriters<DataModel, Rules extends SyncRules>(
  config: WritersConfig<Rules>,
) {
  const rules = Object.fromEntries(
    Object.entries(withHistory(config.rules, config.upgrades ?? [])).map(
      ([table, tableRules]) => [
        table,
        // What `operations` leaves out is closed to devices, not to the project's own code.
        { ...tableRules, operations: ["create", "update", "delete"] as const },
      ],
    ),
  );
  return function synced<Table extends keyof Rules & string>(
    ctx: SyncMutationContext,
    table: Table,
    ...owner: OwnerArgument<Rules[Table]>
  ): TypedWriters<DataModel, Rules, Table> {
    // Safe: one of these is what the type of the argument says, for each table.
    const [{ userId, scopeId = null } = {}] = owner as [Owner?];
    const writers = untypedWriters(ctx, table, {
      ...config,
      rules,
      scopeId: checkedScopeId(entryOf(rules, table), scopeId),
      findUserId: async () => userId ?? (await requireUser(ctx, config)),
    });
    // Safe: the types above describe the documents that the table's rules and validators let through.
    return writers as TypedWriters<DataModel, Rules, Table>;
  };
}

type TypedWriters<
  DataModel,
  Rules extends SyncRules,
  Table extends keyof Rules,
> = TableWriters<
  LiveRow<DataModel, Rules, Table>,
  DefaultOf<Rules[Table]>,
  KeptColumn<Rules, Table>
>;

interface Owner {
  readonly userId?: string;
  readonly scopeId?: string;
}

function untypedWriters(
  ctx: SyncMutationContext,
  table: string,
  config: {
    readonly rules: SyncRules;
    readonly policies: Readonly<Record<string, Policy>>;
    readonly scopeId: string | null;
    readonly findUserId: () => Promise<string>;
  },
): TableWriters<unknown, string> & {
  insert(values: Values, origin?: Origin): Promise<string>;
  patch(clientId: string, changes: Values): Promise<ChangeOutcome>;
} {
  const { scopeId } = config;
  const rules = entryOf(config.rules, table);
  const { rows } = writerOf(ctx, config.rules);

  // Whoever it is may be read from a table of the app's own: once is enough.
  let found: Promise<string> | undefined;
  const getUserId = async () => await (found ??= config.findUserId());

  // In a scope, whoever writes: its rows are found without.
  const getOwner = async () => scopeId ?? (await getUserId());

  const load = async (clientId: string) =>
    await loadRow(rows, await getOwner(), { table, clientId });
  const find = async (clientId: string) => {
    const row = liveOrNull(await load(clientId));
    return row === null || scopeIdOf(row, rules) !== scopeId ? null : row;
  };

  /** Changes the row that was read as `document`; resolves with what became of the change, and the row after it. */
  const change = async (
    rowChange: Required<
      Omit<RowChange, "opId" | "table" | "scopeId" | "baseStamp">
    >,
  ) => {
    const serverFields = rowChange.serverValues.fields;
    checkServerBytes(rules, rowChange.document, serverFields);
    // Who has created the row is known once it is there.
    const userId = rowChange.document?.userId ?? (await getUserId());
    const opId = newId(Date.now());
    const changed = await changeRow(
      ctx,
      { ...config, userId },
      { ...rowChange, opId, table, scopeId, baseStamp: null },
    );
    if (changed === null) throw refusal("too-large", table, null);
    const { outcome, code, message } = changed.verdict;
    if (outcome === "rejected") throw refusal(code ?? "failed", table, message);
    const document = liveOrNull(rowChange.document);
    if (!changed.isWritten && document !== null)
      await setServerFields(document, serverFields);
    return { outcome, row: changed.row };
  };

  /** Without a stamp: devices cannot see these fields, so there is nothing for them to fetch. */
  const setServerFields = async (document: SyncedDocument, values: Values) => {
    if (Object.keys(values).length === 0) return;
    const patch = { ...renewed(document, rules), ...values };
    await rows.patch(table, document._id, patch);
  };

  return {
    get: async (clientId) => {
      const row = await find(clientId);
      return row === null ? null : liveRow(row, rules);
    },
    insert: async (values, { copyOf, createdAt } = {}) => {
      const { synced, server } = splitValues(rules, values);
      const owner = await getOwner();
      const clientId = newClientId(rules, owner, synced, copyOf);
      const isFresh = copyOf === undefined && rules.uniqueBy.length === 0;
      const document = isFresh ? null : await load(clientId);
      if (copyOf !== undefined && document !== null) {
        if (scopeIdOf(document, rules) === scopeId) return clientId;
        // Nothing is here, and whoever goes on would remove what was to be copied.
        throw refusal("invalid", table, "a row of another scope has its id");
      }
      if (createdAt !== undefined && !Number.isFinite(createdAt))
        throw refusal("invalid", table, "createdAt must be a number");
      const serverValues = { fields: server, createdAt };
      const put = { kind: "put", clientId, fields: synced } as const;
      const { row } = await change({ ...put, document, serverValues });
      if (row?.deletedAt === null) return clientId;
      const message = "a row with this natural key was deleted, and stays so";
      throw refusal("already-deleted", table, message);
    },
    idOfCopy: async (copyOf) => {
      if (rules.uniqueBy.length === 0)
        return copyId(rules, await getOwner(), copyOf);
      const key = rules.uniqueBy.join(", ");
      const message = `a row's id is made of ${key}, and not of what it is a copy of: use the id that insert returns`;
      throw refusal("invalid", table, message);
    },
    patch: async (clientId, changes) => {
      const { synced, server } = splitValues(rules, changes);
      const document = await find(clientId);
      if (document === null) throw refusal("not-found", table, null);
      if (Object.keys(synced).length === 0) {
        checkServerBytes(rules, document, server);
        await setServerFields(document, server);
        return "applied";
      }
      const update = { kind: "update", clientId, fields: synced } as const;
      const serverValues = { fields: server };
      return (await change({ ...update, document, serverValues })).outcome;
    },
    remove: async (clientId) => {
      const document = await find(clientId);
      if (document !== null)
        await removeRow(rows, table, document, rules, Date.now());
    },
  };
}

function liveOrNull(document: SyncedDocument | null): SyncedDocument | null {
  return document === null || document.deletedAt !== null ? null : document;
}
