import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GenericSchema, SchemaDefinition } from "convex/server";
import { WebSocketServer } from "ws";
import { createFunctionRunner, type FunctionRunner, type Modules } from "./functions";
import { answerHttp } from "./httpApi";
import { type Deployment, Session } from "./session";

/**
 * A deployment on the loopback address: convex-test runs the functions, the unmodified Convex clients connect over
 * HTTP and WebSocket. A test double: no conflicts between mutations, no check of a token's signature.
 */
export interface Loopback {
  readonly url: string;
  readonly runner: FunctionRunner;
  /** Cuts every WebSocket; clients reconnect by themselves. */
  dropSockets(): void;
  /** While `true`, new sockets are refused and HTTP calls break off: the network is gone. */
  setUnreachable(unreachable: boolean): void;
  /** While `true`, mutations are committed but their answers never arrive. */
  setDropAnswers(drop: boolean): void;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly schema: SchemaDefinition<GenericSchema, boolean>;
  readonly modules: Modules;
  readonly port?: number;
  /** Milliseconds since 1970, for token expiry. */
  readonly now?: () => number;
  /** Answers requests that are not Convex's, such as an app's files; `false` gives 404. */
  readonly otherwise?: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => boolean | Promise<boolean>;
}

/** Starts a deployment; `port` 0 (the default) takes a free one. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const sessions = new Set<Session>();
  let timestamp = 1;
  let unreachable = false;
  let dropAnswers = false;
  const deployment: Deployment = {
    runner: createFunctionRunner(options.schema, options.modules),
    now: options.now ?? Date.now,
    answers: new Map(),
    timestamp: () => timestamp,
    committed: () => {
      timestamp += 1;
      for (const session of sessions) session.refresh();
    },
  };

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (unreachable && request.url?.startsWith("/api/") === true) {
      request.socket.destroy();
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, Convex-Client",
    );
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    if (await answerHttp(deployment, request, response)) return;
    if (options.otherwise !== undefined && (await options.otherwise(request, response))) return;
    response.writeHead(404).end();
  };

  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (unreachable || !/^\/api\/[^/]+\/sync$/.test(request.url ?? "")) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const session = new Session(webSocket, deployment);
      session.dropAnswers = dropAnswers;
      sessions.add(session);
      // Clients reconnect after 60 s of silence.
      const ping = setInterval(() => webSocket.send('{"type":"Ping"}'), 15_000);
      webSocket.on("close", () => {
        clearInterval(ping);
        sessions.delete(session);
      });
    });
  });

  const dropSockets = (): void => {
    for (const session of sessions) session.socket.terminate();
  };
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    runner: deployment.runner,
    dropSockets,
    setUnreachable(value) {
      unreachable = value;
      if (value) dropSockets();
    },
    setDropAnswers(value) {
      dropAnswers = value;
      for (const session of sessions) session.dropAnswers = value;
    },
    async close() {
      dropSockets();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
