import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import {
  startLoopback,
  type Loopback,
  type LoopbackOptions,
} from "../../../test/loopback/deployment";
import { makeToken } from "../../../test/loopback/tokens";

/** A deployment that also serves the app's web export, so that a browser needs one address. */
export interface Play extends Loopback {
  /** Serves another export from now on. */
  serve(folder: string): void;
  /** Lets calls of a function end in an error; `null` ends that. */
  failFunction(path: string | null): void;
}

export interface PlayOptions extends Pick<
  LoopbackOptions,
  "schema" | "modules"
> {
  /** What `expo export -p web` wrote. */
  readonly folder: string;
  /** Pages beside the app, by path. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly port?: number;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".ico": "image/x-icon",
};

/** Starts it; `port` 0 (the default) takes a free one. */
export async function startPlay({
  folder,
  pages = {},
  ...options
}: PlayOptions): Promise<Play> {
  let served = folder;
  const otherwise = async (
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const { pathname, searchParams } = new URL(
      request.url ?? "/",
      "http://localhost",
    );
    const send = (type: string, body: string | Buffer) => {
      // An export of the same name may be another one by now.
      response
        .writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" })
        .end(body);
      return true;
    };
    // Whoever says a name is believed: this is a toy, your auth provider is not.
    if (pathname === "/token")
      return send(
        "text/plain",
        makeToken(searchParams.get("name") ?? "nobody", Date.now()),
      );
    const page = pages[pathname];
    if (page !== undefined) return send("text/html; charset=utf-8", page);
    const path = normalize(
      pathname === "/" ? "/index.html" : decodeURIComponent(pathname),
    );
    const type = types[extname(path)] ?? "application/octet-stream";
    return readFile(join(served, path)).then(
      (body) => send(type, body),
      () => false,
    );
  };
  const loopback = await startLoopback({ ...options, otherwise });
  const { runner } = loopback;
  const { run } = runner;
  let failing: string | null = null;
  runner.run = (kind, path, args, identity) =>
    path.replace(/\.js:/, ":") === failing
      ? Promise.resolve({ ok: false, message: "Server Error", data: undefined })
      : run(kind, path, args, identity);
  return {
    ...loopback,
    failFunction: (path) => {
      failing = path;
    },
    serve: (next) => {
      served = next;
    },
  };
}
