// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  v,
  type CommitTsPlaceholder,
  type GenericValidator,
  type Infer,
  type ObjectType,
  type PropertyValidators,
  type Validator,
  type VString,
} from "convex/values";
import type { TableHistory } from "./history";
import { oneOf } from "./oneOf";
import { requiredValidator } from "./requiredValidator";
import {
  opOutcomes,
  pullRefusals,
  pushRefusals,
  scopeAccess,
  type DirectResult,
  type Head,
  type PullReply,
  type PushReply,
} from "./shared/protocol";

const nullable = <V extends Validator<unknown, "required", string>>(
  validator: V,
) => v.union(validator, v.null());

/**
 * One op of a batch. Only its frame: what an op says is checked op by op, so that a bad one is answered and does not
 * make Convex refuse the whole batch.
 */
const op = v.object({
  opId: v.string(),
  table: v.string(),
  scopeId: v.optional(v.string()),
  clientId: v.string(),
  kind: v.string(),
  fields: v.record(v.string(), v.any()),
  base: nullable(v.record(v.string(), v.any())),
  baseStamp: nullable(v.string()),
  edited: v.string(),
  clocks: nullable(v.record(v.string(), v.string())),
  schemaVersion: v.number(),
  group: nullable(v.string()),
  carriedBy: nullable(v.object({ deviceId: v.string(), batchSeq: v.number() })),
});

/** Arguments of `push`. There is no user among them: that comes from the token. */
export const pushArgs = {
  deviceId: v.string(),
  forUser: v.optional(v.string()),
  epoch: v.optional(v.string()),
  batchSeq: v.number(),
  batchHash: v.string(),
  schemaVersion: v.number(),
  ops: v.array(op),
};

/** A batch as it arrives: its frame is checked, its ops are not. */
export type PushArgs = ObjectType<typeof pushArgs>;

/** An op as it arrives. */
export type UncheckedOp = Infer<typeof op>;

/**
 * Arguments of the queries that answer with a page. `limit` counts rows; the server has its own upper bound. `forUser`
 * says whose cursor it is: compared with the signed-in user, never believed. `schemaVersion` says which rows the app can
 * hold: rows come back in that version's shape.
 */
export const pullArgs = {
  cursor: nullable(v.string()),
  limit: v.optional(v.number()),
  forUser: v.optional(v.string()),
  schemaVersion: v.optional(v.number()),
};

/** What `pullArgs` accept. */
export type PullArgs = ObjectType<typeof pullArgs>;

/** A call that may name a scope, whatever the table: where its rows are in scopes, it does. */
export type MaybeInScope<Args> = Args & { readonly scopeId?: string };

/** Arguments of `head`. `schemaVersion`: the version whose names of tables the app knows. */
export const headArgs = {
  schemaVersion: v.optional(v.number()),
  /** Makes it another question than that of a live query, which clients answer themselves; any number. */
  look: v.optional(v.number()),
};

/** What `headArgs` accept. */
export type HeadArgs = ObjectType<typeof headArgs>;

const collectFrom = {
  from: v.optional(v.object({ table: v.string(), time: v.number() })),
};

/**
 * Arguments of `collectGarbage`. Only a run that goes on with another one's work has any: typed as none, as
 * `crons.ts` calls it.
 */
export const collectArgs: Record<never, never> = collectFrom;

/** What `collectFrom` accept. */
export type CollectArgs = ObjectType<typeof collectFrom>;

/** Where a run goes on with another one's work. */
export const forgetFrom = {
  from: v.optional(v.object({ table: v.string(), stamp: v.string() })),
};

/** Arguments of `forgetUser`, which is internal: who calls it says whom it is about. */
export const forgetUserArgs = { ...forgetFrom, userId: v.string() };

/** What `forgetUserArgs` accept. */
export type ForgetUserArgs = ObjectType<typeof forgetUserArgs>;

/** Arguments of `removeX`. `baseStamp`: the version that the caller saw; without it, the newest counts as seen. */
export const removeArgs = {
  clientId: v.string(),
  baseStamp: v.optional(v.string()),
};

/** What `removeArgs` accept. */
export type RemoveArgs = ObjectType<typeof removeArgs>;

/** Arguments of `upsertX`: the fields to set (all required ones for a new row); `null` takes a value away. */
export function upsertArgs<Fields extends PropertyValidators>(
  fields: Fields,
): UpsertValidators<Fields> {
  return {
    clientId: v.string(),
    fields: wireFields(fields).partial() as Validator<
      UpsertFields<Fields>,
      "required",
      string
    >,
    baseStamp: v.optional(v.string()),
  };
}

/** The validators of the arguments of `upsertX`. */
export interface UpsertValidators<Fields extends PropertyValidators> {
  readonly clientId: VString;
  readonly fields: Validator<UpsertFields<Fields>, "required", string>;
  readonly baseStamp: VString<string | undefined, "optional">;
}

/** What `upsertX` takes of one table. */
export type TypedUpsertArgs<Fields extends PropertyValidators> = {
  clientId: string;
  fields: UpsertFields<Fields>;
  baseStamp?: string;
};

/** The fields of a table as `upsertX` takes them. */
export type UpsertFields<Fields extends PropertyValidators> = {
  [Name in keyof Fields]?: Fields[Name]["isOptional"] extends "optional"
    ? Exclude<Fields[Name]["type"], undefined> | null
    : Fields[Name]["type"];
};

/** What `upsertX` takes, whatever the table. */
export interface UpsertArgs {
  readonly clientId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly baseStamp?: string | undefined;
}

/** A commit timestamp on its way out: Convex fills it in when the mutation commits. */
export type OutgoingStamp = bigint | CommitTsPlaceholder;

/** A `PushReply` before its stamp is known; a device reads the stamp with `stampFromBigint`. */
export type OutgoingPushReply =
  | (Omit<Extract<PushReply, { status: "ok" }>, "stamp"> & {
      readonly stamp: OutgoingStamp;
    })
  | Exclude<PushReply, { status: "ok" }>;

/** The columns of a row in a reply, whatever the table. */
type RowColumns = PropertyValidators;

/** The value of `fields` in a reply: all of them, or none when the row was deleted. */
function wireRow(fields: GenericValidator, columns: RowColumns) {
  return v.object({
    ...columns,
    clientId: v.string(),
    serverId: v.string(),
    stamp: nullable(v.string()),
    userId: v.string(),
    createdAt: v.number(),
    updatedAt: v.number(),
    deletedAt: nullable(v.number()),
    fields: requiredValidator(fields),
  });
}

function result(fields: GenericValidator, columns: RowColumns) {
  return v.object({
    opId: v.string(),
    outcome: oneOf(opOutcomes),
    code: nullable(v.string()),
    message: nullable(v.string()),
    row: nullable(wireRow(fields, columns)),
    isGone: v.optional(v.boolean()),
  });
}

/** Every field in the shape it has on the wire: `null` where Convex stores nothing. */
function wireFields(fields: PropertyValidators) {
  return v.object(
    Object.fromEntries(
      Object.entries(fields).map(([name, validator]) => [
        name,
        validator.isOptional === "optional"
          ? nullable(requiredValidator(validator))
          : requiredValidator(validator),
      ]),
    ),
  );
}

const rowFields = (fields: PropertyValidators) =>
  v.union(wireFields(fields), v.object({}));

/** The fields of a row for any app that is still answered: today's, or those that an earlier version knew. */
function pulledFields(
  fields: PropertyValidators,
  history: TableHistory | undefined,
) {
  if (history === undefined || history.known.size === 0)
    return rowFields(fields);
  const names = [...Object.keys(fields), ...history.known];
  const anyVersion = names.map((name) => [name, v.optional(v.any())] as const);
  return v.union(rowFields(fields), v.object(Object.fromEntries(anyVersion)));
}

/** What `push` returns. */
export const pushReply = typed<OutgoingPushReply>(
  v.union(
    v.object({
      status: v.literal("ok"),
      results: v.array(
        result(v.record(v.string(), v.any()), {
          scopeId: v.optional(v.string()),
        }),
      ),
      stamp: v.commitTs(),
      serverTime: v.number(),
      epoch: v.string(),
    }),
    v.object({ status: v.literal("stale-device") }),
    v.object({ status: v.literal("stale-epoch"), epoch: v.string() }),
    v.object({
      status: v.literal("refused"),
      code: oneOf(pushRefusals),
      retryAfter: nullable(v.number()),
    }),
  ),
);

/** By table, what is another text whenever something changed. */
const marks = v.record(v.string(), nullable(v.string()));

/** What `head` returns. */
export const headReply = typed<Head>(
  v.object({
    userId: v.string(),
    epoch: v.string(),
    marks,
    scopes: v.optional(
      v.array(
        v.object({
          scope: v.string(),
          scopeId: v.string(),
          access: oneOf(scopeAccess),
          marks,
        }),
      ),
    ),
  }),
);

/**
 * What `getXChangesSince` and `getAllXForUser` return: the table's own fields and no others.
 *
 * @param history what the table's fields were in earlier schema versions, of which there may still be apps
 */
export function pullReply(fields: PropertyValidators, history?: TableHistory) {
  return pageOf(fields, history, {});
}

/** A page of rows that have these columns beside those of every row. */
export function pageOf(
  fields: PropertyValidators,
  history: TableHistory | undefined,
  columns: RowColumns,
) {
  return typed<PullReply>(
    v.union(
      v.object({
        status: v.literal("ok"),
        rows: v.array(wireRow(pulledFields(fields, history), columns)),
        cursor: v.string(),
        hasMore: v.boolean(),
        serverTime: v.number(),
        epoch: v.string(),
      }),
      v.object({ status: v.literal("resync"), epoch: v.string() }),
      v.object({
        status: v.literal("refused"),
        code: oneOf(pullRefusals),
      }),
    ),
  );
}

/** What `upsertX` and `removeX` return. */
export function opReply(fields: PropertyValidators) {
  return directResult(fields, {});
}

/** The answer to one change of a row that has these columns beside those of every row. */
export function directResult(fields: PropertyValidators, columns: RowColumns) {
  return typed<DirectResult>(
    result(rowFields(fields), columns).extend({
      retryAfter: nullable(v.number()),
    }),
  );
}

/** The protocol's own type for what a validator lets through: inferred ones know no `readonly` and no literal unions. */
function typed<Type>(
  validator: GenericValidator,
): Validator<Type, "required", string> {
  // Safe: the validators above spell out exactly these types.
  return validator as Validator<Type, "required", string>;
}
