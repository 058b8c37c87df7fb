// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { RegisteredMutation, RegisteredQuery } from "convex/server";
import type { PropertyValidators, Validator } from "convex/values";
import type { SyncMutationContext, SyncQueryContext } from "./context";
import type { DirectResult, PullReply } from "./shared/protocol";
import type {
  PullArgs,
  RemoveArgs,
  TypedUpsertArgs,
  UpsertArgs,
  UpsertValidators,
  pullArgs,
  removeArgs,
} from "./validators";

/** Builds the functions of a table, as `query` and `mutation` do. */
export interface TableFunctions {
  /** A query that answers with a page of rows. */
  readonly page: (definition: {
    readonly args: typeof pullArgs;
    readonly returns: Validator<PullReply, "required", string>;
    readonly handler: (
      ctx: SyncQueryContext,
      args: PullArgs,
    ) => Promise<PullReply>;
  }) => RegisteredQuery<"public", PullArgs, Promise<PullReply>>;
  /** A mutation that creates or changes a row. */
  readonly upsert: <Fields extends PropertyValidators>(definition: {
    readonly args: UpsertValidators<Fields>;
    readonly returns: Validator<DirectResult, "required", string>;
    readonly handler: (
      ctx: SyncMutationContext,
      args: UpsertArgs,
    ) => Promise<DirectResult>;
  }) => RegisteredMutation<
    "public",
    TypedUpsertArgs<Fields>,
    Promise<DirectResult>
  >;
  /** A mutation that deletes a row. */
  readonly remove: (definition: {
    readonly args: typeof removeArgs;
    readonly returns: Validator<DirectResult, "required", string>;
    readonly handler: (
      ctx: SyncMutationContext,
      args: RemoveArgs,
    ) => Promise<DirectResult>;
  }) => RegisteredMutation<"public", RemoveArgs, Promise<DirectResult>>;
}

/** `query` or `mutation`, whatever is built with it. */
export type Builder = (definition: never) => unknown;

/**
 * The project's own `query` and `mutation`, typed for what the sync does with a table. Said once: to infer it for every
 * function of every table takes the type checker three times as long.
 */
export function tableFunctions(
  query: Builder,
  mutation: Builder,
): TableFunctions {
  // Safe: Convex gives a function the arguments that its validators let through, and these are of the same types.
  return builders(query, mutation) as unknown as TableFunctions;
}

/** What builds each of the functions. */
export function builders(query: Builder, mutation: Builder) {
  return { page: query, upsert: mutation, remove: mutation };
}
