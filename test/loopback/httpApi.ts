import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONValue } from "convex/values";
import type { FunctionKind } from "./functions";
import { type Deployment, encodeTimestamp } from "./session";
import { readToken } from "./tokens";

const kinds: Readonly<Record<string, FunctionKind>> = {
  "/api/query": "query",
  "/api/query_at_ts": "query",
  "/api/mutation": "mutation",
  "/api/action": "action",
};

/** Answers one request of Convex's HTTP API, as `ConvexHttpClient` sends it; `false` when the path is none of it. */
export async function answerHttp(
  deployment: Deployment,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = request.url ?? "/";
  const reply = (status: number, body: JSONValue): true => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    return true;
  };
  if (path === "/version" || path === "/instance_name") {
    response.end("loopback");
    return true;
  }
  if (path === "/api/query_ts") return reply(200, { ts: encodeTimestamp(deployment.timestamp()) });
  const kind = kinds[path];
  if (kind === undefined) return false;

  const body = JSON.parse(await readBody(request)) as { path: string; args: JSONValue[] };
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? null;
  let identity;
  try {
    identity = readToken(token, deployment.now());
  } catch (error) {
    return reply(401, { code: "InvalidAuthHeader", message: String(error) });
  }
  const result = await deployment.runner.run(kind, body.path, body.args[0] ?? {}, identity);
  if (kind !== "query" && result.ok) deployment.committed();
  if (result.ok) return reply(200, { status: "success", value: result.value, logLines: [] });
  return reply(560, {
    status: "error",
    errorMessage: result.message,
    ...(result.data === undefined ? {} : { errorData: result.data }),
    logLines: [],
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString() || "{}";
}
