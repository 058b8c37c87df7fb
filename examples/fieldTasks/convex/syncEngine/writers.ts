// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { ConvexError, type Value } from "convex/values";
import { changeRow, newId, type RowChange } from "./changeRow";
import {
  writerOf,
  type SyncedDocument,
  type SyncMutationContext,
  type SyncQueryContext,
} from "./context";
import { liveRow, renewed } from "./documents";
import { dropUndefined } from "./dropUndefined";
import { loadRow } from "./loadRows";
import {
  entryOf,
  withHistory,
  type ServerRules,
  type SyncRules,
} from "./rules";
import { checkFields, completeFields } from "./shared/codec";
import { naturalId } from "./shared/ids";
import type { Policy } from "./shared/policy";
import type { Fields } from "./shared/protocol";
import type { Upgrade } from "./shared/upgrade";
import { removeRow } from "./removeRow";
import { requireUser } from "./user";

/** What writers need to know of the project. */
export interface WritersConfig<Rules extends SyncRules> {
  readonly rules: Rules;
  readonly policies: Readonly<Record<keyof Rules, Policy>>;
  /** What changed between schema versions; needed where rows of earlier versions are stored. */
  readonly upgrades?: readonly Upgrade[];
  /** Who is signed in; `null` for nobody. */
  user(ctx: SyncQueryContext): Promise<string | null>;
}

/**
 * Writes to one synced table that reach every device of the row's owner. They throw a `ConvexError` when refused.
 * Await each before the next one of the same row: two at once would both start from the row as it was.
 */
export interface TableWriters<Row, Defaults> {
  /** The row; `null` when there is none, or when it was deleted. */
  get(clientId: string): Promise<Row | null>;
  /** Creates a row and returns its `clientId`. A table with a natural key has one id for each key. */
  insert(values: NewValues<Row, Defaults>, origin?: Origin): Promise<string>;
  /** The `clientId` of the row that is, or will be, inserted with `copyOf`: for references to it. */
  idOfCopy(copyOf: string): Promise<string>;
  /** Sets the given fields; `null` takes a value away. */
  patch(clientId: string, changes: Changes<Row>): Promise<void>;
  /** Deletes the row, whatever the table's policy: nothing of its content is left. */
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

/** The own fields of a row as `patch` takes them. */
export type Changes<Row> = {
  [Key in Exclude<keyof Row, SyncColumn>]?:
    | Exclude<Row[Key], undefined>
    | (Key extends OptionalKey<Row> ? null : never);
};

/** The own fields of a row as `insert` takes them: those with a default may be left out. */
export type NewValues<Row, Defaults> = Omit<
  Changes<Row>,
  RequiredKey<Row, Defaults>
> & { [Key in RequiredKey<Row, Defaults>]: Row[Key] };

type RequiredKey<Row, Defaults> = Exclude<
  keyof Row,
  SyncColumn | OptionalKey<Row> | Defaults
>;

/** The fields of a table's rules that have a default. */
type DefaultOf<Rules extends ServerRules> = {
  [Key in keyof Rules["fields"]]: Rules["fields"][Key] extends {
    readonly default: unknown;
  }
    ? Key
    : never;
}[keyof Rules["fields"]];

/** A row of the table that was not deleted, as Convex stores it. */
export type LiveRow<DataModel, Table> = Table extends keyof DataModel
  ? DataModel[Table] extends { document: infer Document }
    ? Extract<Document, { deletedAt: null }>
    : never
  : never;

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
    owner: { readonly userId?: string } = {},
  ): TableWriters<LiveRow<DataModel, Table>, DefaultOf<Rules[Table]>> {
    const userId = async () => owner.userId ?? (await requireUser(ctx, config));
    const writers = untypedWriters(ctx, userId, table, { ...config, rules });
    // Safe: the types above describe the documents that the table's rules and validators let through.
    return writers as TableWriters<
      LiveRow<DataModel, Table>,
      DefaultOf<Rules[Table]>
    >;
  };
}

type Values = Readonly<Record<string, Value | undefined>>;

function untypedWriters(
  ctx: SyncMutationContext,
  findUserId: () => Promise<string>,
  table: string,
  config: {
    readonly rules: SyncRules;
    readonly policies: Readonly<Record<string, Policy>>;
  },
): TableWriters<unknown, string> & {
  insert(values: Values, origin?: Origin): Promise<string>;
  patch(clientId: string, changes: Values): Promise<void>;
} {
  const rules = entryOf(config.rules, table);
  const { rows } = writerOf(ctx);

  // Whoever it is may be read from a table of the app's own: once is enough.
  let found: Promise<string> | undefined;
  const getUserId = async () => await (found ??= findUserId());

  const load = async (clientId: string) =>
    await loadRow(rows, await getUserId(), { table, clientId });
  const find = async (clientId: string) => liveOrNull(await load(clientId));

  /** Changes the row that was read as `document`. */
  const change = async (
    rowChange: Required<Omit<RowChange, "opId" | "table" | "baseStamp">>,
  ) => {
    const userId = await getUserId();
    const changed = await changeRow(
      ctx,
      { ...config, userId },
      { ...rowChange, opId: newId(Date.now()), table, baseStamp: null },
    );
    if (changed === null) throw refusal("too-large", table, null);
    const { outcome, code, message } = changed.verdict;
    if (outcome === "rejected") throw refusal(code ?? "failed", table, message);
    if (changed.isWritten) return;
    const document = liveOrNull(rowChange.document);
    if (document !== null)
      await setServerFields(document, rowChange.serverValues.fields);
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
      const userId = await getUserId();
      const clientId = newClientId(rules, userId, synced, copyOf);
      const isFresh = copyOf === undefined && rules.uniqueBy.length === 0;
      const document = isFresh ? null : await load(clientId);
      if (copyOf !== undefined && document !== null) return clientId;
      if (createdAt !== undefined && !Number.isFinite(createdAt))
        throw refusal("invalid", table, "createdAt must be a number");
      const serverValues = { fields: server, createdAt };
      const put = { kind: "put", clientId, fields: synced } as const;
      await change({ ...put, document, serverValues });
      return clientId;
    },
    idOfCopy: async (copyOf) => copyId(rules, await getUserId(), copyOf),
    patch: async (clientId, changes) => {
      const { synced, server } = splitValues(rules, changes);
      const document = await find(clientId);
      if (document === null) throw refusal("not-found", table, null);
      if (Object.keys(synced).length === 0)
        return await setServerFields(document, server);
      const update = { kind: "update", clientId, fields: synced } as const;
      await change({ ...update, document, serverValues: { fields: server } });
    },
    remove: async (clientId) => {
      const document = await find(clientId);
      if (document !== null) await removeRow(rows, table, document, Date.now());
    },
  };
}

function liveOrNull(document: SyncedDocument | null): SyncedDocument | null {
  return document === null || document.deletedAt !== null ? null : document;
}

/** Checks the names and values of server-only fields; those of synced fields are checked with the change. */
function splitValues(
  rules: ServerRules,
  values: Values,
): { readonly synced: Fields; readonly server: Values } {
  const serverFields = rules.serverFields ?? {};
  const isServer = (name: string) => Object.hasOwn(serverFields, name);
  const entries = Object.entries(dropUndefined(values));
  const server = Object.fromEntries(entries.filter(([name]) => isServer(name)));
  const [problem] = checkFields(
    { ...rules, fields: serverFields },
    server,
    "update",
  );
  if (problem !== undefined)
    throw refusal("invalid", rules.name, `${problem.field} ${problem.message}`);
  return {
    // Safe: what is no wire value is found by the check of the change.
    synced: Object.fromEntries(
      entries.filter(([name]) => !isServer(name)),
    ) as Fields,
    server: Object.fromEntries(
      Object.entries(server).map(
        ([name, value]): [string, Value | undefined] => [
          name,
          value ?? undefined,
        ],
      ),
    ),
  };
}

function newClientId(
  rules: ServerRules,
  userId: string,
  values: Fields,
  copyOf: string | undefined,
): string {
  if (rules.uniqueBy.length === 0)
    return copyOf === undefined
      ? newId(Date.now())
      : copyId(rules, userId, copyOf);
  const row = completeFields(rules, values);
  const key = rules.uniqueBy.map((field) => row[field] ?? null);
  return naturalId(userId, rules.firstName ?? rules.name, key);
}

/** Of a table without a natural key. */
function copyId(rules: ServerRules, userId: string, copyOf: string): string {
  const name = rules.firstName ?? rules.name;
  return naturalId(userId, name, ["copy of", copyOf]);
}

function refusal(
  code: string,
  table: string,
  message: string | null,
): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code, message: `${table}: ${message ?? code}` });
}
