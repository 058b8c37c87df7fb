// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncMutationContext, SyncQueryContext } from "./context";
import type { ServerUpgrade } from "./history";
import type { SyncRules } from "./rules";
import type { Policy } from "./shared/policy";
import type { Scope, ScopeAccess } from "./shared/protocol";

/**
 * Who may see and change the rows of a scope: asked of every call, in the same transaction as the rows, so that whoever
 * is removed sees nothing from then on. The user is who is signed in; nothing of it is taken from a device's word.
 */
export interface ScopesConfig {
  /** Every scope that the user may read, `limits.scopes` at most: what devices are told to hold. */
  list(ctx: SyncQueryContext, userId: string): Promise<readonly Scope[]>;
  /** What the user may do in one; `null` for nothing, or where there is no such scope. Says the same as `list`. */
  access(
    ctx: SyncQueryContext,
    userId: string,
    scope: string,
    scopeId: string,
  ): Promise<ScopeAccess | null>;
}

/** What the server needs to know of the project. */
export interface SyncServerConfig {
  readonly rules: SyncRules;
  /** How concurrent changes are decided, by table. */
  readonly policies: Readonly<Record<string, Policy>>;
  readonly schemaVersion: number;
  /** How many earlier schema versions ops may be written under. */
  readonly accepts: number;
  /** What changed between schema versions. */
  readonly upgrades: readonly ServerUpgrade[];
  /** How long a device may stay away without fetching everything again, in days. */
  readonly retentionDays: number;
  /** Who is signed in; `null` for nobody. Never taken from an argument. */
  user(ctx: SyncQueryContext): Promise<string | null>;
  /** For tables with a scope. Without it, nobody is in any. */
  readonly scopes?: ScopesConfig;
  /**
   * Counts a call of `ops` changes, which are `bytes` as JSON, against the user's budget: `null` to go on, else how long
   * to wait, in milliseconds. The refusal is returned to the device and not thrown, so that what was counted stays counted.
   */
  rateLimit?(
    ctx: SyncMutationContext,
    call: {
      readonly userId: string;
      readonly ops: number;
      readonly bytes: number;
    },
  ): Promise<number | null>;
  /** Deletes what `rateLimit` counted of a user. */
  resetRateLimit?(ctx: SyncMutationContext, userId: string): Promise<void>;
}
