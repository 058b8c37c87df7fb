import type { BackendError } from "../../templates/client/sync/ports";
import { type Backend, type PullRequest } from "../../templates/client/sync/ports";
import { stampFromBigint } from "../../templates/client/sync/shared/stamp";
import type {
  Fields,
  Head,
  Op,
  OpResult,
  PullReply,
  Scope,
  WireRow,
} from "../../templates/client/sync/shared/protocol";

type Answer = Pick<OpResult, "outcome" | "code" | "message">;

const applied: Answer = { outcome: "applied", code: null, message: null };

/** A server in memory whose answers a test decides. */
export class ScriptedBackend implements Backend {
  readonly rows = new Map<string, WireRow & { readonly table: string; readonly stamp: string }>();
  readonly pushed: Op[] = [];
  /** Every call fails while it is set. */
  failure: BackendError | null = null;
  /** Who is signed in. */
  userId = "ada";
  /** What the user may read beside their own rows; `null` for an app without scopes. */
  scopes: readonly Scope[] | null = null;
  /** The tables of each kind of scope. */
  tablesIn: Readonly<Record<string, readonly string[]>> = {};
  /** What becomes of an op. */
  decide: (op: Op) => Answer = () => applied;
  #stamp = 0n;
  readonly #listeners = new Set<(head: Head) => void>();

  /** A row that somebody else wrote. */
  put(table: string, clientId: string, fields: Fields, scopeId?: string): void {
    this.#write({ table, clientId, scopeId }, fields);
    this.#ring();
  }

  /** From now on the user is in these scopes and no others. */
  tell(scopes: readonly Scope[]): void {
    this.scopes = scopes;
    this.#ring();
  }

  async push(batch: Parameters<Backend["push"]>[0]): ReturnType<Backend["push"]> {
    await this.#arrive();
    const results = batch.ops.map((op): OpResult => {
      this.pushed.push(op);
      const answer = this.decide(op);
      if (answer.outcome === "applied") {
        const deletedAt = op.kind === "delete" ? Date.now() : null;
        this.#write(op, { ...this.rows.get(op.clientId)?.fields, ...op.fields }, deletedAt);
      }
      return { opId: op.opId, ...answer, row: this.rows.get(op.clientId) ?? null };
    });
    this.#ring();
    return { status: "ok", results, stamp: this.#now(), serverTime: Date.now(), epoch: "e" };
  }

  pull(request: PullRequest): Promise<PullReply> {
    return this.#page(request);
  }

  snapshot(request: PullRequest): Promise<PullReply> {
    return this.#page(request);
  }

  subscribe(onHead: (head: Head) => void): () => void {
    this.#listeners.add(onHead);
    queueMicrotask(() => this.#listeners.has(onHead) && onHead(this.#head()));
    return () => void this.#listeners.delete(onHead);
  }

  async #page({ table, scopeId, cursor }: PullRequest): Promise<PullReply> {
    await this.#arrive();
    const rows = [...this.rows.values()]
      .filter((row) => row.table === table && row.scopeId === scopeId)
      .filter((row) => row.stamp > (cursor ?? ""))
      .sort((left, right) => (left.stamp < right.stamp ? -1 : 1));
    return {
      status: "ok",
      rows,
      cursor: rows.at(-1)?.stamp ?? cursor ?? this.#now(),
      hasMore: false,
      serverTime: Date.now(),
      epoch: "e",
    };
  }

  async #arrive(): Promise<void> {
    await Promise.resolve();
    if (this.failure !== null) throw this.failure;
  }

  #write(
    { table, clientId, scopeId }: Pick<Op, "table" | "clientId"> & { scopeId?: string | undefined },
    fields: Fields,
    deletedAt: number | null = null,
  ): void {
    this.#stamp += 1n;
    this.rows.set(clientId, {
      table,
      clientId,
      ...(scopeId === undefined ? {} : { scopeId }),
      serverId: `server-${clientId}`,
      stamp: this.#now(),
      userId: this.userId,
      createdAt: 1,
      updatedAt: Number(this.#stamp),
      deletedAt,
      fields: deletedAt === null ? fields : {},
    });
  }

  #now(): string {
    return stampFromBigint(this.#stamp);
  }

  #head(): Head {
    const stampsIn = (scopeId: string | undefined, tables: readonly string[] = []) =>
      Object.fromEntries<string | null>([
        ...tables.map((table) => [table, null] as const),
        ...[...this.rows.values()]
          .filter((row) => row.scopeId === scopeId)
          .map((row) => [row.table, row.stamp] as const),
      ]);
    return {
      userId: this.userId,
      epoch: "e",
      stamps: stampsIn(undefined),
      ...(this.scopes && {
        scopes: this.scopes.map((scope) => ({
          ...scope,
          stamps: stampsIn(scope.scopeId, this.tablesIn[scope.scope]),
        })),
      }),
    };
  }

  #ring(): void {
    for (const listener of [...this.#listeners]) listener(this.#head());
  }
}
