// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  v,
  type ObjectType,
  type PropertyValidators,
  type VString,
} from "convex/values";
import type { TableHistory } from "./history";
import {
  directResult,
  forgetFrom,
  pageOf,
  pullArgs,
  removeArgs,
  upsertArgs,
  type PullArgs,
  type RemoveArgs,
  type TypedUpsertArgs,
  type UpsertValidators,
} from "./validators";

/** Names the scope that a call is about: whether the caller may see it, or write in it, is looked up. */
const inScope = { scopeId: v.string() };

/** What `inScope` accept. */
type InScope = ObjectType<typeof inScope>;

/** Arguments of the queries that answer with a page of a table whose rows are in scopes. */
export const scopedPullArgs = { ...pullArgs, ...inScope };

/** What `scopedPullArgs` accept. */
export type ScopedPullArgs = PullArgs & InScope;

/** Arguments of `removeX` of a table whose rows are in scopes. */
export const scopedRemoveArgs = { ...removeArgs, ...inScope };

/** What `scopedRemoveArgs` accept. */
export type ScopedRemoveArgs = RemoveArgs & InScope;

/** As `upsertArgs`, for a table whose rows are in scopes: a row that is there is one of this scope, or none. */
export function scopedUpsertArgs<Fields extends PropertyValidators>(
  fields: Fields,
): ScopedUpsertValidators<Fields> {
  return { ...upsertArgs(fields), ...inScope };
}

/** The validators of the arguments of `upsertX` of a table whose rows are in scopes. */
export interface ScopedUpsertValidators<
  Fields extends PropertyValidators,
> extends UpsertValidators<Fields> {
  readonly scopeId: VString;
}

/** What `upsertX` takes of one table whose rows are in scopes. */
export type ScopedTypedUpsertArgs<Fields extends PropertyValidators> =
  TypedUpsertArgs<Fields> & InScope;

/** As `pullReply`, for a table whose rows are in scopes: each row says which one it is in. */
export function scopedPullReply(
  fields: PropertyValidators,
  history?: TableHistory,
) {
  return pageOf(fields, history, inScope);
}

/** As `opReply`, for a table whose rows are in scopes. */
export function scopedOpReply(fields: PropertyValidators) {
  return directResult(fields, inScope);
}

/** Arguments of `forgetScope`, which is internal: who calls it says which scope it is about. */
export const forgetScopeArgs = { ...forgetFrom, scope: v.string(), ...inScope };

/** What `forgetScopeArgs` accept. */
export type ForgetScopeArgs = ObjectType<typeof forgetScopeArgs>;
