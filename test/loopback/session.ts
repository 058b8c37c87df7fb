import type { JSONValue } from "convex/values";
import type { WebSocket } from "ws";
import type { FunctionResult, FunctionRunner } from "./functions";
import { type Identity, readToken } from "./tokens";

/** What sessions share: the functions, the deployment's time line, and who to tell about a commit. */
export interface Deployment {
  readonly runner: FunctionRunner;
  readonly now: () => number;
  /** Answers of mutations by `sessionId:requestId`: a client that reconnects sends its incomplete ones again. */
  readonly answers: Map<string, object>;
  /** The timestamp of the newest commit. */
  timestamp(): number;
  /** Counts a commit and lets every session look at its queries again. */
  committed(): void;
}

interface Version {
  readonly querySet: number;
  readonly identity: number;
  readonly ts: string;
}

interface WatchedQuery {
  readonly path: string;
  readonly args: JSONValue;
  last?: string;
}

/** The messages of Convex's sync protocol that a client sends, as far as they are used here. */
type ClientMessage =
  | { readonly type: "Connect"; readonly sessionId: string }
  | {
      readonly type: "Authenticate";
      readonly tokenType: "User" | "None" | "Admin";
      readonly value?: string;
      readonly baseVersion: number;
    }
  | {
      readonly type: "ModifyQuerySet";
      readonly newVersion: number;
      readonly modifications: readonly (
        | {
            readonly type: "Add";
            readonly queryId: number;
            readonly udfPath: string;
            readonly args: readonly JSONValue[];
          }
        | { readonly type: "Remove"; readonly queryId: number }
      )[];
    }
  | {
      readonly type: "Mutation" | "Action";
      readonly requestId: number;
      readonly udfPath: string;
      readonly args: readonly JSONValue[];
    }
  | { readonly type: "Event" };

/** A commit timestamp as the protocol carries it: base64 of an unsigned little-endian 64-bit number. */
export function encodeTimestamp(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.toString("base64");
}

/** One WebSocket of one client, speaking Convex's sync protocol. Messages are handled one after the other. */
export class Session {
  private version: Version = { querySet: 0, identity: 0, ts: encodeTimestamp(0) };
  private sessionId = "";
  private identity: Identity | null = null;
  private readonly queries = new Map<number, WatchedQuery>();
  private turn: Promise<void> = Promise.resolve();
  /** Answers to mutations are dropped while this is set: the commit happened, the client never hears of it. */
  dropAnswers = false;

  constructor(
    readonly socket: WebSocket,
    private readonly deployment: Deployment,
  ) {
    socket.on("message", (data: Buffer) =>
      this.inTurn(() => this.handle(JSON.parse(data.toString()) as ClientMessage)),
    );
  }

  /** Looks at every query again and sends what changed. */
  refresh(): void {
    this.inTurn(() => this.transition({}, [], true));
  }

  private inTurn(task: () => Promise<void>): void {
    this.turn = this.turn.then(task).catch(() => this.socket.close(1011, "InternalServerError"));
  }

  private async handle(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case "Connect":
        this.sessionId = message.sessionId;
        return;
      case "Authenticate":
        return this.authenticate(
          message.tokenType === "User" ? (message.value ?? null) : null,
          message.baseVersion,
        );
      case "ModifyQuerySet": {
        const removed: number[] = [];
        for (const change of message.modifications) {
          if (change.type === "Add")
            this.queries.set(change.queryId, { path: change.udfPath, args: change.args[0] ?? {} });
          else if (this.queries.delete(change.queryId)) removed.push(change.queryId);
        }
        return this.transition({ querySet: message.newVersion }, removed, true);
      }
      case "Mutation":
      case "Action":
        return this.call(message.type, message.requestId, message.udfPath, message.args[0] ?? {});
      case "Event":
        return;
    }
  }

  private async authenticate(token: string | null, baseVersion: number): Promise<void> {
    try {
      this.identity = readToken(token, this.deployment.now());
    } catch (error) {
      this.send({
        type: "AuthError",
        error: String(error),
        baseVersion,
        authUpdateAttempted: true,
      });
      return;
    }
    await this.transition({ identity: baseVersion + 1 }, [], true);
  }

  private async call(
    type: "Mutation" | "Action",
    requestId: number,
    path: string,
    args: JSONValue,
  ): Promise<void> {
    const key = `${this.sessionId}:${requestId}`;
    let answer = type === "Mutation" ? this.deployment.answers.get(key) : undefined;
    if (answer === undefined) {
      const result = await this.deployment.runner.run(
        type === "Mutation" ? "mutation" : "action",
        path,
        args,
        this.identity,
      );
      if (result.ok) this.deployment.committed();
      answer = toAnswer(type, requestId, result, this.deployment.timestamp());
      this.deployment.answers.set(key, answer);
    }
    if (this.dropAnswers) return;
    this.send(answer);
    // A client resolves the mutation's promise only once it saw a transition to its timestamp.
    await this.transition({}, [], true);
  }

  private async transition(
    next: Partial<Version>,
    removed: readonly number[],
    always: boolean,
  ): Promise<void> {
    const modifications: object[] = removed.map((queryId) => ({ type: "QueryRemoved", queryId }));
    for (const [queryId, query] of this.queries) {
      const result = await this.deployment.runner.run(
        "query",
        query.path,
        query.args,
        this.identity,
      );
      const text = JSON.stringify(result);
      if (text === query.last) continue;
      query.last = text;
      modifications.push(
        result.ok
          ? { type: "QueryUpdated", queryId, value: result.value, logLines: [], journal: null }
          : {
              type: "QueryFailed",
              queryId,
              errorMessage: result.message,
              errorData: result.data,
              logLines: [],
              journal: null,
            },
      );
    }
    const endVersion = {
      ...this.version,
      ...next,
      ts: encodeTimestamp(this.deployment.timestamp()),
    };
    if (modifications.length === 0 && !always && endVersion.ts === this.version.ts) return;
    this.send({ type: "Transition", startVersion: this.version, endVersion, modifications });
    this.version = endVersion;
  }

  private send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
}

function toAnswer(
  type: "Mutation" | "Action",
  requestId: number,
  result: FunctionResult,
  timestamp: number,
): object {
  const common = { type: `${type}Response`, requestId, logLines: [], success: result.ok };
  return result.ok
    ? { ...common, result: result.value, ts: encodeTimestamp(timestamp) }
    : {
        ...common,
        result: result.message,
        ...(result.data === undefined ? {} : { errorData: result.data }),
      };
}
