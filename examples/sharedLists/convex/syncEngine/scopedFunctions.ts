// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { RegisteredMutation, RegisteredQuery } from "convex/server";
import type { PropertyValidators, Validator } from "convex/values";
import type { SyncMutationContext, SyncQueryContext } from "./context";
import { builders, type Builder } from "./functions";
import type {
  ScopedPullArgs,
  ScopedRemoveArgs,
  ScopedTypedUpsertArgs,
  ScopedUpsertValidators,
  scopedPullArgs,
  scopedRemoveArgs,
} from "./scopedValidators";
import type { DirectResult, PullReply } from "./shared/protocol";
import type { UpsertArgs } from "./validators";

/** Builds the functions of a table whose rows are in scopes. */
export interface ScopedTableFunctions {
  /** A query that answers with a page of rows of one scope. */
  readonly page: (definition: {
    readonly args: typeof scopedPullArgs;
    readonly returns: Validator<PullReply, "required", string>;
    readonly handler: (
      ctx: SyncQueryContext,
      args: ScopedPullArgs,
    ) => Promise<PullReply>;
  }) => RegisteredQuery<"public", ScopedPullArgs, Promise<PullReply>>;
  /** A mutation that creates or changes a row of a scope. */
  readonly upsert: <Fields extends PropertyValidators>(definition: {
    readonly args: ScopedUpsertValidators<Fields>;
    readonly returns: Validator<DirectResult, "required", string>;
    readonly handler: (
      ctx: SyncMutationContext,
      args: UpsertArgs & { readonly scopeId: string },
    ) => Promise<DirectResult>;
  }) => RegisteredMutation<
    "public",
    ScopedTypedUpsertArgs<Fields>,
    Promise<DirectResult>
  >;
  /** A mutation that deletes a row of a scope. */
  readonly remove: (definition: {
    readonly args: typeof scopedRemoveArgs;
    readonly returns: Validator<DirectResult, "required", string>;
    readonly handler: (
      ctx: SyncMutationContext,
      args: ScopedRemoveArgs,
    ) => Promise<DirectResult>;
  }) => RegisteredMutation<"public", ScopedRemoveArgs, Promise<DirectResult>>;
}

/** As `tableFunctions`, for a table whose rows are in scopes. */
export function scopedTableFunctions(
  query: Builder,
  mutation: Builder,
): ScopedTableFunctions {
  // Safe: as in `tableFunctions`.
  return builders(query, mutation) as unknown as ScopedTableFunctions;
}
