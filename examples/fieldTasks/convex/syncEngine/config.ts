// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncMutationContext, SyncQueryContext } from "./context";
import type { ServerUpgrade } from "./history";
import type { SyncRules } from "./rules";
import type { Policy } from "./shared/policy";

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
