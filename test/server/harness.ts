import { convexTest } from "convex-test";
import type { FunctionReference } from "convex/server";
import { hlcAt, tickHlc } from "../../templates/shared/clock";
import { hashOps } from "../../templates/shared/hash";
import { naturalId } from "../../templates/shared/naturalId";
import type { Fields, Op, PullReply, WireRow } from "../../templates/shared/protocol";
import { stampFromBigint } from "../../templates/shared/stamp";
import type {
  OutgoingPushReply,
  PushArgs,
} from "../../templates/server/convex/syncEngine/validators";
import { api } from "./fixture/convex/_generated/api";
import schema from "./fixture/convex/schema";

/** The functions of the reference project; written out, because a glob does not follow the link to the engine. */
export const modules = {
  "./fixture/convex/_generated/api.js": () => import("./fixture/convex/_generated/api"),
  "./fixture/convex/sync.ts": () => import("./fixture/convex/sync"),
  "./fixture/convex/crons.ts": () => import("./fixture/convex/crons"),
  "./fixture/convex/web.ts": () => import("./fixture/convex/web"),
};

/** A deployment of the reference project, with Convex's limits on unless `limits` is false, or with a tighter one. */
export function deploy(options: { limits?: boolean | { documentsRead: number } } = {}) {
  return convexTest({ schema, modules, transactionLimits: options.limits ?? true });
}

export type Deployment = ReturnType<typeof deploy>;
export type Session = ReturnType<Deployment["withIdentity"]>;

/** The user that the reference project makes of a token with this subject. */
export const userOf = (name: string) => `https://issuer|${name}`;

/** A signed-in session. */
export function signIn(deployment: Deployment, name: string): Session {
  return deployment.withIdentity({
    subject: name,
    issuer: "https://issuer",
    tokenIdentifier: userOf(name),
  });
}

let ids = 0;

/** A fresh, deterministic UUID. */
export function newUuid(): string {
  ids += 1;
  return `01900000-0000-7000-8000-${ids.toString(16).padStart(12, "0")}`;
}

/** The id of a row with a natural key. */
export const keyOf = (name: string, table: string, ...values: string[]) =>
  naturalId(userOf(name), table, values);

/** The least of an op that a test has to say. */
export type OpDraft = Pick<Op, "table" | "kind"> & Partial<Op>;

/** A device that numbers its batches and reads the answers, and nothing more. */
export class Device {
  readonly deviceId: string;
  seq = 0;
  private hlc = hlcAt(0, "device");

  constructor(
    private readonly session: Session,
    deviceId: string = newUuid(),
  ) {
    this.deviceId = deviceId;
  }

  op(draft: OpDraft): Op {
    this.hlc = tickHlc(this.hlc, Date.now(), "device");
    return {
      opId: newUuid(),
      clientId: newUuid(),
      fields: {},
      base: null,
      baseStamp: null,
      edited: this.hlc,
      clocks: null,
      schemaVersion: 1,
      group: null,
      carriedBy: null,
      ...draft,
    };
  }

  /** The next batch, not yet sent. */
  batch(ops: readonly Op[], schemaVersion = 1) {
    this.seq += 1;
    return {
      deviceId: this.deviceId,
      batchSeq: this.seq,
      batchHash: hashOps(ops),
      schemaVersion,
      ops: ops.map((op) => ({
        ...op,
        fields: { ...op.fields },
        base: op.base === null ? null : { ...op.base },
        clocks: op.clocks === null ? null : { ...op.clocks },
        carriedBy: op.carriedBy === null ? null : { ...op.carriedBy },
      })),
    };
  }

  async send(batch: PushArgs): Promise<OutgoingPushReply> {
    return await this.session.mutation(api.sync.push, batch);
  }

  /** Sends the ops as the next batch and expects them to be looked at. */
  async push(...ops: Op[]) {
    return accepted(await this.send(this.batch(ops)));
  }

  /** Sends one op and returns its result. */
  async pushOne(draft: OpDraft) {
    const { results, stamp } = await this.push(this.op(draft));
    const result = results[0];
    if (result === undefined) throw new Error("an op without a result");
    return { ...result, stamp };
  }
}

/** The reply of a batch that was looked at, its stamp as devices keep it. */
export function accepted(reply: OutgoingPushReply) {
  if (reply.status !== "ok") throw new Error(`not accepted: ${JSON.stringify(reply)}`);
  if (typeof reply.stamp !== "bigint") throw new Error("the stamp was not filled in");
  return { ...reply, stamp: stampFromBigint(reply.stamp) };
}

export type PageQuery = FunctionReference<
  "query",
  "public",
  { cursor: string | null; limit?: number },
  PullReply
>;

/** Reads one page. */
export async function pull(
  session: Session,
  query: PageQuery,
  cursor: string | null,
  limit?: number,
) {
  return await session.query(query, limit === undefined ? { cursor } : { cursor, limit });
}

/** The reply of a pull that is not told to start again. */
export function page(reply: PullReply) {
  if (reply.status !== "ok") throw new Error("told to resync");
  return reply;
}

/** Reads pages until there are no more; `between` runs after each. */
export async function pullAll(
  session: Session,
  query: PageQuery,
  start: string | null,
  limit?: number,
  between: () => Promise<unknown> = async () => null,
) {
  const rows: WireRow[] = [];
  const sizes: number[] = [];
  let cursor = start;
  for (let pages = 0; pages < 1000; pages += 1) {
    const reply = page(await pull(session, query, cursor, limit));
    if (reply.hasMore && reply.cursor === cursor) throw new Error("no progress");
    rows.push(...reply.rows);
    sizes.push(reply.rows.length);
    cursor = reply.cursor;
    if (!reply.hasMore) return { rows, sizes, cursor };
    await between();
  }
  throw new Error("no end of pages");
}

/** Values of a task that is complete. */
export const task = (fields: Fields = {}): Fields => ({ text: "water the plants", ...fields });
