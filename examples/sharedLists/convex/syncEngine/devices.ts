// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

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
 * `stale` is neither: a restored backup, a cloned phone, a late duplicate, another content under a used number, or a
 * device whose copy has taken another id.
 */
export function placeBatch(
  device: DeviceDocument | null,
  { batchSeq, batchHash }: PushArgs,
): "next" | "repeated" | "stale" {
  const last = device?.batchSeq ?? 0;
  if (batchSeq === last + 1)
    return device?.isCopied === true ? "stale" : "next";
  return device !== null && batchSeq === last && batchHash === device.batchHash
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
  if (device.receipt !== undefined)
    await system.patch("syncReceipts", device.receipt, { retiredAt: now });
}

/**
 * Ops took effect under another id than `deviceIds`, under which they were sealed first: a copy of that database may
 * still use those, and hold the same ops. From now on it has to name them, too, so that they are searched. An id that
 * this server does not know, because it was restored, is closed before it is used.
 */
export async function markCopied(
  system: SystemWriter,
  userId: string,
  deviceIds: Iterable<string>,
): Promise<void> {
  for (const deviceId of deviceIds) {
    const device = await findDevice(system, deviceId);
    const isCopied = true;
    if (device === null) {
      const unused = { deviceId, userId, batchSeq: 0, batchHash: "" };
      await system.insert("syncDevices", { ...unused, isCopied });
    } else if (device.userId === userId && device.isCopied !== true)
      await system.patch("syncDevices", device._id, { isCopied });
  }
}
