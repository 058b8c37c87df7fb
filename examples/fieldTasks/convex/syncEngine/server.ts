// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { collectGarbage } from "./collect";
import type { SyncServerConfig } from "./config";
import {
  writerOf,
  type SyncMutationContext,
  type SyncQueryContext,
} from "./context";
import { remove, upsert } from "./direct";
import { writeEpoch } from "./epoch";
import { forgetUser } from "./forget";
import { head } from "./head";
import { all, changesSince } from "./pull";
import { push } from "./push";
import { withHistory } from "./rules";
import type {
  CollectArgs,
  ForgetUserArgs,
  HeadArgs,
  MaybeInScope,
  PullArgs,
  PushArgs,
  RemoveArgs,
  UpsertArgs,
} from "./validators";

export type { SyncServerConfig } from "./config";

/** The handlers of the functions in `sync.ts`, for the tables of one project. */
export function createSyncServer(project: SyncServerConfig) {
  const rules = withHistory(project.rules, project.upgrades);
  const config = { ...project, rules };
  const shared = Object.keys(rules).find((table) => rules[table]?.scope);
  if (shared !== undefined && config.scopes === undefined)
    throw new Error(
      `sync.ts: ${shared} has a scope, and nothing says who is in one: give createSyncServer its \`scopes\``,
    );
  return {
    push: (ctx: SyncMutationContext, batch: PushArgs) =>
      push(ctx, config, batch),
    head: (ctx: SyncQueryContext, args: HeadArgs = {}) =>
      head(ctx, config, args),
    upsert: (
      ctx: SyncMutationContext,
      table: string,
      args: MaybeInScope<UpsertArgs>,
    ) => upsert(ctx, config, table, args),
    remove: (
      ctx: SyncMutationContext,
      table: string,
      args: MaybeInScope<RemoveArgs>,
    ) => remove(ctx, config, table, args),
    changesSince: (
      ctx: SyncQueryContext,
      table: string,
      args: MaybeInScope<PullArgs>,
    ) => changesSince(ctx, config, table, args),
    all: (ctx: SyncQueryContext, table: string, args: MaybeInScope<PullArgs>) =>
      all(ctx, config, table, args),
    collectGarbage: (ctx: SyncMutationContext, args: CollectArgs = {}) =>
      collectGarbage(ctx, config, args),
    startEpoch: (ctx: SyncMutationContext) =>
      writeEpoch(writerOf(ctx, rules).system, Date.now()),
    forgetUser: (ctx: SyncMutationContext, args: ForgetUserArgs) =>
      forgetUser(ctx, config, args),
  };
}
