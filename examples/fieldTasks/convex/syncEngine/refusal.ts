// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { SyncServerConfig } from "./config";
import { versionProblem } from "./earlierApps";
import { wireBytes } from "./shared/codec";
import { limits, type PushReply } from "./shared/protocol";
import type { PushArgs } from "./validators";

export type Refusal = Extract<PushReply, { readonly status: "refused" }>;

/** Why a batch is not even looked at; `null` to go on. Reads nothing, so that refusing costs next to nothing. */
export function refusalOf(
  config: SyncServerConfig,
  batch: PushArgs,
): Refusal | null {
  if (batch.ops.length > limits.batchOps) return refused("too-large");
  if (batch.deviceId.length > maxDeviceIdLength) return refused("too-large");
  const maxBytes = batch.ops.length === 1 ? limits.opBytes : limits.batchBytes;
  if (wireBytes(batch) > maxBytes) return refused("too-large");
  const problem = versionProblem(config, batch.schemaVersion);
  return problem === null ? null : refused(problem);
}

const maxDeviceIdLength = 64;

/** Nothing of the batch was looked at. */
export function refused(
  code: Refusal["code"],
  retryAfter: number | null = null,
): Refusal {
  return { status: "refused", code, retryAfter };
}
