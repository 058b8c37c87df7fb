import {
  BackendError,
  type Backend,
  type BackendErrorKind,
  type PullRequest,
} from "../../templates/client/sync/ports";
import { decide, isConcurrent } from "../../templates/shared/merge";
import type { CurrentRow } from "../../templates/shared/policy";
import {
  limits,
  type Fields,
  type Head,
  type Op,
  type OpResult,
  type PullReply,
  type PushBatch,
  type PushReply,
  type Scope,
  type Stamp,
  type WireRow,
} from "../../templates/shared/protocol";
import { hlcTime } from "../../templates/shared/clock";
import { deploymentOf, epochWith, isNamed } from "../../templates/shared/epoch";
import { registry as fixture } from "./fixture/registry";
import type { Registry } from "../../templates/client/sync/registry";

interface ServerRow extends CurrentRow {
  readonly table: string;
  readonly clientId: string;
  readonly scopeId: string | null;
  readonly userId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface Device {
  batchSeq: number;
  batchHash: string;
}

/** How one call goes wrong. `lost`: it takes effect, and its answer never arrives. */
export type Fault = BackendErrorKind | "lost" | "hang";

/** A server in memory that follows the protocol, for one user, with the faults that a test asks for. */
export interface FakeServer {
  readonly backend: Backend;
  /** Every batch that arrived, in order. */
  readonly batches: PushBatch[];
  /** How often the head was asked for. */
  heads: number;
  readonly pulls: (PullRequest & { readonly kind: "pull" | "snapshot" })[];
  /** What goes wrong with the next calls of this kind, in order; `null` for nothing. */
  readonly faults: { push: (Fault | null)[]; pull: (Fault | null)[]; head: (Fault | null)[] };
  /** Ops on which `push` throws. */
  poison: (op: Op) => boolean;
  /** Ops that are rejected as invalid. */
  invalid: (op: Op) => boolean;
  userId: string;
  /** What the user may read beside their own rows; `null` for a server that knows of no scopes. Tell with `ringAll`. */
  scopes: readonly Scope[] | null;
  epoch: string;
  /** Named in the epoch once a batch was taken; `null`: never. */
  identity: string | null;
  pageRows: number;
  /** Answers of the next pushes, instead of looking at them. */
  readonly replies: PushReply[];
  /** Cursors at or before this stamp are told to fetch again. */
  horizon: Stamp | null;
  serverTime: number;
  /** A write by other code or another device, in a scope by somebody else; `null` deletes. */
  write(table: string, clientId: string, fields: Fields | null, scopeId?: string): Stamp;
  row(table: string, clientId: string): ServerRow | undefined;
  rows(table: string): Record<string, Fields>;
  forgetRow(table: string, clientId: string): void;
  devices: Map<string, Device>;
  /** A copy of everything, as a backup. */
  snapshot(): () => void;
  /** Sends an error to whoever watches the head. */
  breakHead(kind: BackendErrorKind): void;
  ringAll(): void;
  readonly watchers: number;
}

const stampText = (value: number): Stamp => String(value).padStart(19, "0");

/** An empty server. */
export function createFakeServer(registry: Registry = fixture): FakeServer {
  let rows = new Map<string, ServerRow>();
  let receipts = new Map<string, readonly OpResult[]>();
  let clock = 1_000;
  const watchers = new Set<{
    onHead: (head: Head) => void;
    onError: (error: BackendError) => void;
  }>();
  const key = (table: string, clientId: string) => `${table}/${clientId}`;

  const marksOf = (kind: string | undefined, scopeId: string | null) => {
    const tables = Object.values(registry.tables).filter(({ rules }) => rules.scope === kind);
    return Object.fromEntries(tables.map(({ name }) => [name, newest(name, scopeId)]));
  };
  const head = (): Head => ({
    userId: server.userId,
    epoch: server.epoch,
    marks: marksOf(undefined, null),
    ...(server.scopes && {
      scopes: server.scopes.map((scope) => ({
        ...scope,
        marks: marksOf(scope.scope, scope.scopeId),
      })),
    }),
  });
  const accessIn = (table: string, scopeId: string | null) => {
    const kind = registry.tables[table]?.rules.scope;
    if (kind === undefined) return "write";
    const scope = server.scopes?.find((one) => one.scope === kind && one.scopeId === scopeId);
    return scope?.access ?? null;
  };
  const newest = (table: string, scopeId: string | null): Stamp | null =>
    [...rows.values()]
      .filter((row) => row.table === table && row.scopeId === scopeId)
      .map((row) => row.stamp)
      .sort()
      .at(-1) ?? null;

  const wire = (row: ServerRow): WireRow => ({
    clientId: row.clientId,
    serverId: `server-${row.clientId}`,
    stamp: row.stamp,
    ...(row.scopeId === null ? {} : { scopeId: row.scopeId }),
    userId: row.userId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deleted ? row.updatedAt : null,
    fields: row.fields,
  });

  function apply(op: Op, stamp: Stamp): OpResult {
    const table = registry.tables[op.table];
    const scopeId = op.scopeId ?? null;
    const answer = (outcome: OpResult["outcome"], code: OpResult["code"] = null): OpResult => {
      const row = readable(op);
      return {
        opId: op.opId,
        outcome,
        code,
        message: code === null ? null : `rejected: ${code}`,
        row: row ? { ...wire(row), stamp: row.stamp === stamp ? null : row.stamp } : null,
      };
    };
    if (!table) return answer("rejected", "unknown-table");
    if (server.invalid(op)) return answer("rejected", "invalid");
    if (accessIn(op.table, scopeId) !== "write") return answer("rejected", "no-access");
    const carried =
      op.carriedBy && receipts.get(`${op.carriedBy.deviceId} ${op.carriedBy.batchSeq}`);
    const former = carried?.find((result) => result.opId === op.opId);
    if (former) return { ...former, row: answer("applied").row };
    for (const [field, rules] of Object.entries(table.rules.fields)) {
      const target = op.fields[field];
      if (
        rules.references &&
        typeof target === "string" &&
        !rows.has(key(rules.references, target))
      )
        return answer("rejected", "missing-reference");
    }
    const current = rows.get(key(op.table, op.clientId)) ?? null;
    const decision = decide(table.policy, {
      op: { ...op, clocks: op.clocks ?? {} },
      current,
      concurrent: isConcurrent(op.baseStamp, current),
      rules: table.rules,
    });
    if (decision.kind === "reject") return answer("rejected", decision.code);
    if (decision.kind === "conflict") return answer("conflict");
    if ("row" in decision && decision.row) {
      const at = hlcTime(op.edited);
      rows.set(key(op.table, op.clientId), {
        ...decision.row,
        table: op.table,
        clientId: op.clientId,
        stamp,
        opId: op.opId,
        scopeId,
        userId: current?.userId ?? server.userId,
        createdAt: current?.createdAt ?? at,
        updatedAt: at,
      });
    }
    if (decision.kind === "keep") return answer("superseded");
    return answer(decision.kind === "merge" ? "merged" : "applied");
  }

  /** The row of an op, where the user may read it. */
  function readable({ table, scopeId, clientId }: Op): ServerRow | undefined {
    const access = accessIn(table, scopeId ?? null);
    return access === null ? undefined : rows.get(key(table, clientId));
  }

  /** Ops of one group take effect together, or none of them does. */
  function applyAll(ops: readonly Op[], stamp: Stamp): readonly OpResult[] {
    const before = rows;
    const withdrawn = new Map<string, OpResult>();
    for (;;) {
      rows = new Map(before);
      const results = ops.map((op) => withdrawn.get(op.opId) ?? apply(op, stamp));
      const failed = new Map(
        results
          .filter(({ outcome }) => outcome === "rejected" || outcome === "conflict")
          .map((result) => [result.opId, result]),
      );
      const torn = ops.filter(
        ({ opId, group }) => group !== null && failed.has(opId) && !withdrawn.has(opId),
      );
      if (torn.length === 0) return results;
      for (const { opId, group, table, scopeId = null, clientId } of ops) {
        if (torn.every((op) => op.group !== group)) continue;
        const isReadable = accessIn(table, scopeId) !== null;
        const row = isReadable ? before.get(key(table, clientId)) : undefined;
        const message = "rejected: group";
        const refused = { opId, outcome: "rejected", code: "group", message } as const;
        withdrawn.set(opId, failed.get(opId) ?? { ...refused, row: row ? wire(row) : null });
      }
    }
  }

  function takeBatch(batch: PushBatch): PushReply {
    const scripted = server.replies.shift();
    if (scripted) return scripted;
    if (batch.ops.length > limits.batchOps)
      return { status: "refused", code: "too-large", retryAfter: null };
    if ((batch.epoch ?? server.epoch) !== server.epoch)
      return { status: "stale-epoch", epoch: server.epoch };
    const device = server.devices.get(batch.deviceId) ?? { batchSeq: 0, batchHash: "" };
    const name = `${batch.deviceId} ${batch.batchSeq}`;
    const ok = (results: readonly OpResult[], stamp: Stamp): PushReply => ({
      status: "ok",
      results,
      stamp,
      serverTime: server.serverTime,
      epoch: server.epoch,
    });
    if (batch.batchSeq === device.batchSeq && batch.batchHash === device.batchHash) {
      const results = receipts.get(name) ?? [];
      const now = batch.ops.map(readable);
      return ok(
        results.map((result, position) => {
          const row = now[position];
          return { ...result, row: row ? wire(row) : null };
        }),
        stampText(clock),
      );
    }
    if (batch.batchSeq !== device.batchSeq + 1) return { status: "stale-device" };
    if (batch.ops.some((op) => server.poison(op))) throw new BackendError("server", "Server Error");
    if (server.identity !== null && deploymentOf(server.epoch) === null)
      server.epoch = epochWith(server.identity, server.epoch);
    clock += 1;
    const stamp = stampText(clock);
    const results = applyAll(batch.ops, stamp);
    receipts.set(name, results);
    server.devices.set(batch.deviceId, { batchSeq: batch.batchSeq, batchHash: batch.batchHash });
    return ok(results, stamp);
  }

  function page(kind: "pull" | "snapshot", request: PullRequest): PullReply {
    server.pulls.push({ ...request, kind });
    const { scopeId = null } = request;
    if (accessIn(request.table, scopeId) === null) return { status: "refused", code: "no-access" };
    const cursor = JSON.parse(request.cursor ?? "null") as {
      stamp: Stamp;
      id: string;
      epoch: string;
    } | null;
    const isOld =
      kind === "pull" && server.horizon !== null && (cursor?.stamp ?? "") < server.horizon;
    const isKnown = (epoch: string) => epoch === server.epoch || isNamed(epoch, server.epoch);
    if (cursor && (!isKnown(cursor.epoch) || isOld))
      return { status: "resync", epoch: server.epoch };
    const after = [...rows.values()]
      .filter((row) => row.table === request.table && row.scopeId === scopeId)
      .filter((row) => kind === "pull" || !row.deleted)
      .sort((a, b) => (a.stamp + a.clientId < b.stamp + b.clientId ? -1 : 1))
      .filter((row) => cursor === null || row.stamp + row.clientId > cursor.stamp + cursor.id);
    const taken = after.slice(0, Math.min(request.limit, server.pageRows));
    const hasMore = taken.length < after.length;
    const last = taken.at(-1);
    const end =
      hasMore || kind === "pull" ? (last?.stamp ?? cursor?.stamp ?? "") : stampText(clock);
    return {
      status: "ok",
      rows: taken.map(wire),
      cursor: JSON.stringify({
        stamp: end,
        id: hasMore || kind === "pull" ? (last?.clientId ?? cursor?.id ?? "") : "~",
        epoch: server.epoch,
      }),
      hasMore,
      serverTime: server.serverTime,
      epoch: server.epoch,
    };
  }

  async function withFaults<T>(faults: (Fault | null)[], call: () => T): Promise<T> {
    await Promise.resolve();
    const fault = faults.shift() ?? null;
    if (fault === "hang") return new Promise<T>(() => undefined);
    if (fault === null) return structuredClone(call());
    if (fault !== "lost") throw new BackendError(fault, `scripted: ${fault}`);
    call();
    throw new BackendError("network", "the answer was lost");
  }

  const server: FakeServer = {
    backend: {
      push: async (batch) => {
        server.batches.push(structuredClone(batch));
        const before = clock;
        const reply = await withFaults(server.faults.push, () => takeBatch(batch)).finally(() => {
          if (clock !== before) server.ringAll();
        });
        return reply;
      },
      pull: (request) => withFaults(server.faults.pull, () => page("pull", request)),
      snapshot: (request) => withFaults(server.faults.pull, () => page("snapshot", request)),
      head: () => {
        server.heads += 1;
        return withFaults(server.faults.head, head);
      },
      subscribe: (onHead, onError) => {
        const watcher = { onHead, onError };
        watchers.add(watcher);
        queueMicrotask(() => {
          if (watchers.has(watcher)) onHead(head());
        });
        return () => void watchers.delete(watcher);
      },
    },
    batches: [],
    heads: 0,
    pulls: [],
    faults: { push: [], pull: [], head: [] },
    poison: () => false,
    invalid: () => false,
    userId: "user",
    scopes: null,
    epoch: "epoch-1",
    identity: null,
    pageRows: limits.pageRows,
    replies: [],
    horizon: null,
    serverTime: 1_700_000_000_000,
    write: (table, clientId, fields, scopeId) => {
      clock += 1;
      const stamp = stampText(clock);
      const current = rows.get(key(table, clientId));
      rows.set(key(table, clientId), {
        table,
        clientId,
        fields: fields === null ? {} : { ...current?.fields, ...fields },
        deleted: fields === null,
        stamp,
        edited: `${String(server.serverTime).padStart(15, "0")}-0000-server00`,
        opId: null,
        clocks: {},
        scopeId: scopeId ?? null,
        userId: current?.userId ?? (scopeId === undefined ? server.userId : "somebody"),
        createdAt: current?.createdAt ?? server.serverTime,
        updatedAt: server.serverTime,
      });
      server.ringAll();
      return stamp;
    },
    row: (table, clientId) => rows.get(key(table, clientId)),
    rows: (table) =>
      Object.fromEntries(
        [...rows.values()]
          .filter((row) => row.table === table && !row.deleted)
          .map((row) => [row.clientId, row.fields]),
      ),
    forgetRow: (table, clientId) => void rows.delete(key(table, clientId)),
    devices: new Map(),
    snapshot: () => {
      const copy = structuredClone({ rows, receipts, devices: server.devices });
      return () => {
        ({ rows, receipts } = structuredClone(copy));
        server.devices = structuredClone(copy.devices);
      };
    },
    breakHead: (kind) => {
      for (const { onError } of [...watchers]) onError(new BackendError(kind, `scripted: ${kind}`));
    },
    ringAll: () => {
      for (const { onHead } of [...watchers]) onHead(head());
    },
    get watchers() {
      return watchers.size;
    },
  };
  return server;
}
