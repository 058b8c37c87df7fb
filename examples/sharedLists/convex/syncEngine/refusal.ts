// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { SyncServerConfig } from "./config";
import { versionProblem } from "./earlierApps";
import { utf8Bytes } from "./shared/codec";
import { batchBudget } from "./shared/budget";
import { limits, type PushReply } from "./shared/protocol";
import type { PushArgs } from "./validators";

/** The answer to a call of which nothing was looked at. */
export type Refusal = Extract<PushReply, { readonly status: "refused" }>;

/** Why a batch of `bytes` is not even looked at; `null` to go on. Reads nothing, so that refusing costs next to nothing. */
export function refusalOf(
  config: SyncServerConfig,
  batch: PushArgs,
  bytes: number,
): Refusal | null {
  if (batch.ops.length > limits.batchOps) return refused("too-large");
  const { deviceId, batchHash } = batch;
  if (Math.max(deviceId.length, batchHash.length) > maxNameLength)
    return refused("too-large");
  if (bytes > batchBudget(batch.ops)) return refused("too-large");
  const problem = versionProblem(config, batch.schemaVersion);
  return problem === null ? null : refused(problem);
}

/** Ids and hashes that devices make are shorter. They are stored. */
const maxNameLength = 64;

/** Bytes as JSON of what a call brings. A bigint, which JSON does not know, is rejected later and only counted here. */
export function bytesOf(sent: object): number {
  const countable = (_key: string, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value;
  return utf8Bytes(JSON.stringify(sent, countable));
}

/** Nothing of the batch was looked at. */
export function refused(
  code: Refusal["code"],
  retryAfter: number | null = null,
): Refusal {
  return { status: "refused", code, retryAfter };
}
