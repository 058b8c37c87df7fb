// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { applyOps } from "./applyOps";
import { checkOp, rejected, settledOp, type CheckedOp } from "./checkOp";
import type { SyncServerConfig } from "./config";
import {
  writerOf,
  type DeviceDocument,
  type SyncMutationContext,
} from "./context";
import { advanceDevice, findDevice, markCopied, placeBatch } from "./devices";
import { rowsAsOf } from "./earlierApps";
import { nameDeployment, readEpoch } from "./epoch";
import { loadRows, type RowName } from "./loadRows";
import {
  firstBatches,
  recallOps,
  recordCopied,
  verdictOf,
  type ReceiptResult,
} from "./receipts";
import { bytesOf, refusalOf, refused } from "./refusal";
import { rowKey, type RowKey } from "./rowKey";
import { storedName, tableStoredAs, type SyncRules } from "./rules";
import { rowIn, sentRow } from "./sentRow";
import { isHlc } from "./shared/clock";
import type { WireRow } from "./shared/protocol";
import { requireUser } from "./user";
import type {
  OutgoingPushReply,
  OutgoingStamp,
  PushArgs,
  UncheckedOp,
} from "./validators";

/**
 * Takes a batch from a device: every op gets its own answer, rows and receipt are written in this one mutation, and
 * a batch that arrives again is answered again without another effect.
 */
export async function push(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  batch: PushArgs,
): Promise<OutgoingPushReply> {
  const userId = await requireUser(ctx, config);
  if ((batch.forUser ?? userId) !== userId) return refused("wrong-user");
  const bytes = bytesOf(batch);
  const refusal = refusalOf(config, batch, bytes);
  if (refusal !== null) return refusal;
  const call = { userId, ops: batch.ops.length, bytes };
  const retryAfter = (await config.rateLimit?.(ctx, call)) ?? null;
  if (retryAfter !== null) return refused("rate-limited", retryAfter);

  const { system } = writerOf(ctx, config.rules);
  const epoch = await readEpoch(system);
  if ((batch.epoch ?? epoch) !== epoch) return { status: "stale-epoch", epoch };
  const device = await findDevice(system, batch.deviceId);
  if (device !== null && device.userId !== userId)
    // The batch is this user's all the same: somebody else took its device's id first, which gets another one.
    return batch.forUser === undefined
      ? refused("wrong-user")
      : { status: "stale-device" };
  switch (placeBatch(device, batch)) {
    case "stale":
      return { status: "stale-device" };
    case "repeated":
      return await answerAgain(ctx, config, { device, batch, epoch });
    case "next":
      return await applyBatch(ctx, config, { userId, device, batch, epoch });
  }
}

/** A batch, what is known of its device, and the epoch of this deployment. */
interface Arrived {
  readonly device: DeviceDocument | null;
  readonly batch: PushArgs;
  readonly epoch: string;
}

async function applyBatch(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  { userId, device, batch, epoch }: Arrived & { readonly userId: string },
): Promise<OutgoingPushReply> {
  const { rules, policies, scopes } = config;
  const { rows, system } = writerOf(ctx, rules);
  const now = Date.now();

  const recalled = await recallOps(system, userId, batch.ops);
  const checked = checkOps(config, batch.ops, recalled, now);
  const ops = scopes
    ? await scopes.within(checked, scopes.accessOf(ctx, rules, userId))
    : checked;
  const context = { userId, rules, policies, now, namesOps: true };
  const applied = await applyOps(rows, context, ops);
  if (applied === null) return refused("too-large");
  const named = await nameDeployment(system, epoch, now);

  const { deviceId, batchSeq, batchHash } = batch;
  const changed = rows.vars.commitTs;
  const results = checked.map((op, index): ReceiptResult => ({
    opId: opIdOf(op),
    // Also of a row that the user may not see now; and by the name that stays, whatever the table is called by then.
    table: op.table === null ? null : storedName(rules, op.table),
    clientId: op.clientId,
    ...(applied[index]?.verdict ?? rejected("failed")),
    ...editedOf(batch.ops[index]),
  }));
  const receipt = await system.insert("syncReceipts", {
    deviceId,
    userId,
    batchSeq,
    changed,
    results,
  });
  const next = { deviceId, userId, batchSeq, batchHash, receipt };
  await advanceDevice(system, device, next, now);
  const carried = results.filter(
    ({ opId }, index) =>
      batch.ops[index]?.carriedBy !== null &&
      (recalled.get(opId)?.outcome ?? "rejected") === "rejected",
  );
  await recordCopied(system, userId, carried, now);
  // What was rejected had no effect that a copy could repeat, and whatever id it names leaves nothing behind.
  const landed = batch.ops.filter(
    (_, index) => results[index]?.outcome !== "rejected",
  );
  const earlier = firstBatches(landed).keys();
  await markCopied(
    system,
    userId,
    [...earlier].filter((id) => id !== deviceId),
  );

  const written = applied.map(({ row }) => row);
  const { schemaVersion } = batch;
  const readable = inShapeOf(config, schemaVersion, ops, written);
  return okReply(named, changed, results, readable);
}

/**
 * The stored answer of the device's last batch, with the rows as they are now, and as far as its user may read them by
 * now. Rows that have grown beyond what may be read at once are left out: the next pull brings them.
 */
async function answerAgain(
  ctx: SyncMutationContext,
  config: SyncServerConfig,
  { device, batch, epoch }: Arrived,
): Promise<OutgoingPushReply> {
  const { rows, system } = writerOf(ctx, config.rules);
  const receipt =
    device?.receipt && (await system.get("syncReceipts", device.receipt));
  if (!receipt) return { status: "stale-device" };
  const { userId, changed, results } = receipt;
  const scopeIds = new Map(batch.ops.map((op) => [op.opId, op.scopeId]));
  const accessIn = config.scopes?.accessOf(ctx, config.rules, userId);
  const answered = await Promise.all(
    results.map(async (result) => {
      const { opId, clientId } = result;
      const table = recordedTable(config.rules, result);
      const scopeId = scopeIds.get(opId) ?? null;
      const isHidden =
        table !== null &&
        scopeId !== null &&
        ((await accessIn?.(table, scopeId)) ?? null) === null;
      return { table: isHidden ? null : table, scopeId, clientId };
    }),
  );
  const names = new Map<RowKey, RowName>();
  for (const { table, clientId } of answered)
    if (table !== null) names.set(rowKey(table, clientId), { table, clientId });
  const loaded = await loadRows(rows, userId, names);
  const current = answered.map(({ table, scopeId, clientId }) => {
    const row =
      table === null ? undefined : loaded.get(rowKey(table, clientId));
    return row && rowIn(scopeId, sentRow(config.rules, row));
  });
  const readable = inShapeOf(config, batch.schemaVersion, answered, current);
  return okReply(epoch, changed, results, readable);
}

/** The table of a recorded op, as it is called now; `null` when it named none, or one that is no more. */
function recordedTable(
  rules: SyncRules,
  { table }: ReceiptResult,
): string | null {
  return table === null ? null : tableStoredAs(rules, table);
}

/** The row of an op; `null`: there is none, `undefined`: there may be one that is not shown. */
type ShownRow = WireRow | null | undefined;

/** The rows of these ops as an app of `schemaVersion` can hold them. */
function inShapeOf(
  config: SyncServerConfig,
  schemaVersion: number,
  ops: readonly { readonly table: string | null }[],
  rows: readonly ShownRow[],
): ShownRow[] {
  const asOf = rowsAsOf(config, schemaVersion);
  return ops.map(({ table }, index) => {
    const row = rows[index];
    return table === null ? undefined : row && asOf(table, row);
  });
}

function okReply(
  epoch: string,
  stamp: OutgoingStamp,
  results: readonly ReceiptResult[],
  rows: readonly ShownRow[],
): OutgoingPushReply {
  return {
    status: "ok",
    results: results.map((result, index) => {
      const row = rows[index];
      const { outcome } = result;
      const hadEffect = outcome === "applied" || outcome === "merged";
      return {
        opId: result.opId,
        ...verdictOf(result),
        row: row ?? null,
        ...(row === null && hadEffect ? { isGone: true } : {}),
      };
    }),
    stamp,
    serverTime: Date.now(),
    epoch,
  };
}

function checkOps(
  config: SyncServerConfig,
  ops: readonly UncheckedOp[],
  recalled: ReadonlyMap<string, ReceiptResult>,
  now: number,
): CheckedOp[] {
  const seen = new Set<string>();
  return ops.map((op) => {
    const { opId, group } = op;
    if (seen.has(opId)) return settledOp(op, rejected("duplicate-op"), null);
    seen.add(opId);
    const before = op.carriedBy === null ? undefined : recalled.get(opId);
    if (before === undefined) return checkOp(config, op, now);
    const hasGrown = hasLaterEdits(op, before);
    if (hasGrown && before.outcome === "rejected")
      return checkOp(config, op, now);
    return {
      kind: "settled",
      opId,
      table: recordedTable(config.rules, before),
      scopeId: op.scopeId ?? null,
      clientId: before.clientId,
      group,
      verdict: hasGrown
        ? rejected(
            "duplicate-op",
            "a copy of this device sent this op before its last edit",
          )
        : verdictOf(before),
    };
  });
}

/** For the receipt; whatever else a device claims, it keeps no long text there. */
function editedOf(op: UncheckedOp | undefined): Pick<ReceiptResult, "edited"> {
  return isHlc(op?.edited) ? { edited: op.edited } : {};
}

/** Its device went on with the op after a copy of it was taken, and the copy was here first. */
function hasLaterEdits(op: UncheckedOp, before: ReceiptResult): boolean {
  return before.edited !== undefined && op.edited > before.edited;
}

function opIdOf(checked: CheckedOp): string {
  return checked.kind === "open" ? checked.op.opId : checked.opId;
}
