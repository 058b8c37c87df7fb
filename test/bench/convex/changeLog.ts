// The design of convex-localfirst 0.3.1 (github.com/Fanzzzd/convex-localfirst at 179587c; not on npm), for rows of one user:
// beside the rows a log of changes, a ledger of ops, a map of ids, and a version for each row. Written anew for the count:
// the same reads and writes in the same order, and nothing else of it.
import {
  defineTable,
  mutationGeneric,
  queryGeneric,
  type GenericMutationCtx,
  type GenericQueryCtx,
} from "convex/server";
import { v } from "convex/values";

/** An op as it is pushed: a new row, or changed fields of one. */
export interface LoggedOp {
  readonly opId: string;
  readonly localId: string;
  readonly kind: "insert" | "patch";
  readonly fields: Record<string, unknown>;
}

/** Where a download stands: the end of the log when it began, and the last row that came. */
interface Bootstrap {
  readonly end: string;
  readonly after: string;
}

interface Page {
  readonly cursor: string | null;
  readonly bootstrap: Bootstrap | null;
  readonly changes: readonly unknown[];
}

type Query = GenericQueryCtx<never>;
type Mutation = GenericMutationCtx<never>;

const table = "logTasks";
const owner = "u:ana";
const pageRows = 500;

/** The tables; the app's own first. */
export const changeLogTables = {
  logTasks: defineTable(v.any()),
  logOps: defineTable(v.any()).index("by_user_op", ["userId", "opId"] as never),
  logChanges: defineTable(v.any())
    .index("by_scope_change", ["scopeKey", "changeId"] as never)
    .index("by_table_local", ["table", "localId"] as never),
  logRowVersions: defineTable(v.any())
    .index("by_table_local", ["table", "localId"] as never)
    .index("by_scope_row", ["scopeKey", "rowKey"] as never),
  logIdMaps: defineTable(v.any()).index("by_table_local", ["table", "localId"] as never),
};

// The generic data model knows none of these tables.
const all = ({ db }: Query) => db as unknown as import("convex/server").GenericDatabaseWriter<any>;

const byLocalId = (ctx: Query, from: string, localId: string) =>
  all(ctx)
    .query(from)
    .withIndex("by_table_local", (q) => q.eq("table", table).eq("localId", localId));

const serverIdOf = async (ctx: Query, localId: string) =>
  ((await byLocalId(ctx, "logIdMaps", localId).first())?.serverId ?? null) as string | null;

const changesOf = (ctx: Query, after = "") =>
  all(ctx)
    .query("logChanges")
    .withIndex("by_scope_change", (q) => q.eq("scopeKey", owner).gt("changeId", after));

const inLedger = (ctx: Query, opId: string) =>
  all(ctx)
    .query("logOps")
    .withIndex("by_user_op", (q) => q.eq("userId", "ana").eq("opId", opId))
    .first();

async function versionOf(ctx: Query, localId: string): Promise<number> {
  const known = await byLocalId(ctx, "logRowVersions", localId).first();
  if (known !== null) return Number(known.version);
  const last = await byLocalId(ctx, "logChanges", localId).order("desc").first();
  return Number(last?.version ?? 0);
}

/** The row as it is to be; returns its id on the server and its new version. */
async function write(ctx: Mutation, { localId, kind, fields }: LoggedOp) {
  const db = all(ctx);
  if (kind === "insert") {
    await serverIdOf(ctx, localId);
    const serverId = await db.insert(table, { ...fields, ownerId: "ana", localId });
    await byLocalId(ctx, "logIdMaps", localId).first();
    const map = { userId: "ana", table, localId, serverId, createdAt: Date.now() };
    await db.insert("logIdMaps", map);
    return { serverId, version: (await versionOf(ctx, localId)) + 1 };
  }
  await db.get((await serverIdOf(ctx, localId)) as never);
  const serverId = (await serverIdOf(ctx, localId)) as string;
  const version = (await versionOf(ctx, localId)) + 1;
  await db.patch(serverId as never, fields);
  return { serverId, version };
}

/** The log's entry, the row's version, and the ledger's entry, which holds the change once more. */
async function log(
  ctx: Mutation,
  { opId, localId, kind, fields }: LoggedOp,
  { serverId, version }: { serverId: string; version: number },
): Promise<void> {
  const db = all(ctx);
  await inLedger(ctx, opId);
  const last = await changesOf(ctx).order("desc").first();
  const changeId = String(Number(last?.changeId ?? 0) + 1).padStart(12, "0");
  const content = kind === "insert" ? "dataJson" : "patchJson";
  const change = {
    ...{ scopeKey: owner, table, localId, kind, [content]: JSON.stringify(fields) },
    ...{ version, serverTime: Date.now(), opId, changeId },
  };
  await db.insert("logChanges", change);
  const known = await byLocalId(ctx, "logRowVersions", localId).first();
  if (known !== null) await db.patch(known._id, { version, scopeKey: owner, serverId });
  else {
    const rowKey = `${table}:${localId}`;
    await db.insert("logRowVersions", { table, localId, rowKey, scopeKey: owner, version, serverId });
  }
  // It looks for changes that are old enough to go.
  await changesOf(ctx).take(5);
  await db.insert("logOps", {
    ...{ userId: "ana", opId, schemaVersion: 1, status: "accepted" },
    ...{ changesJson: JSON.stringify([change]), committedAt: Date.now() },
  });
}

/** Its two functions; a device also keeps a subscription of `pull` with `doorbell`. */
export const changeLog = {
  push: mutationGeneric(async (ctx, { ops }: { ops: readonly LoggedOp[] }) => {
    for (const op of ops) {
      if ((await inLedger(ctx, op.opId)) !== null) continue;
      await log(ctx, op, await write(ctx, op));
    }
  }),
  pull: queryGeneric(
    async (
      ctx,
      request: { cursor: string | null; bootstrap: Bootstrap | null; doorbell?: boolean },
    ): Promise<Page> => {
      const { cursor, bootstrap, doorbell = false } = request;
      if (!doorbell && (bootstrap !== null || cursor === null)) return download(ctx, bootstrap);
      if (!doorbell) await changesOf(ctx).first();
      const changes = await changesOf(ctx, cursor ?? "").take(doorbell ? 1 : pageRows);
      const rows = [];
      for (const { localId } of changes)
        rows.push(await all(ctx).get((await serverIdOf(ctx, localId as string)) as never));
      return { cursor: changes.at(-1)?.changeId ?? cursor, bootstrap: null, changes: rows };
    },
  ),
};

async function download(ctx: Query, bootstrap: Bootstrap | null): Promise<Page> {
  const lastId = async () => String((await changesOf(ctx).order("desc").first())?.changeId ?? "");
  const { end, after } = bootstrap ?? { end: await lastId(), after: "" };
  const versions = await all(ctx)
    .query("logRowVersions")
    .withIndex("by_scope_row", (q) => q.eq("scopeKey", owner).gt("rowKey", after))
    .take(pageRows);
  const changes = [];
  for (const { serverId } of versions) changes.push(await all(ctx).get(serverId as never));
  if (versions.length === pageRows)
    return { cursor: null, bootstrap: { end, after: versions.at(-1)?.rowKey as string }, changes };
  await lastId();
  return { cursor: end, bootstrap: null, changes };
}
