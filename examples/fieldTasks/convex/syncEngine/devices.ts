// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { DeviceDocument, SystemReader, SystemWriter } from "./context";
import type { PushArgs } from "./validators";

/** What this server knows of the device; `null`: nothing yet. */
export async function findDevice(
  system: SystemReader,
  deviceId: string,
): Promise<DeviceDocument | null> {
  return await system
    .query("syncDevices")
    .withIndex("by_device", (q) => q.eq("deviceId", deviceId))
    .first();
}

/**
 * Where a batch stands in its device's numbering. `next` is to be applied, `repeated` was answered before.
 * `stale` is neither: a restored backup, a cloned phone, a late duplicate, or another content under a used number.
 */
export function placeBatch(
  device: DeviceDocument | null,
  batch: PushArgs,
): "next" | "repeated" | "stale" {
  const last = device?.batchSeq ?? 0;
  if (batch.batchSeq === last + 1) return "next";
  return device !== null &&
    batch.batchSeq === last &&
    batch.batchHash === device.batchHash
    ? "repeated"
    : "stale";
}

/** Makes the batch the device's last one. The receipt before it is no longer needed to answer, and starts to age. */
export async function advanceDevice(
  system: SystemWriter,
  device: DeviceDocument | null,
  next: Omit<DeviceDocument, "_id" | "_creationTime">,
  now: number,
): Promise<void> {
  if (device === null) {
    await system.insert("syncDevices", next);
    return;
  }
  await system.patch("syncDevices", device._id, next);
  await system.patch("syncReceipts", device.receipt, { retiredAt: now });
}
