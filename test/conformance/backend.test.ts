import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { getFunctionName, type FunctionReference } from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type Value } from "convex/values";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../templates/client/sync/convexBackend";
import type { Backend } from "../../templates/client/sync/ports";
import { startLoopback, type Loopback } from "../loopback/deployment";
import { createFunctionRunner, type FunctionKind } from "../loopback/functions";
import { makeToken } from "../loopback/tokens";
import { modules, schema } from "../simulation/deployments";
import { registry } from "../simulation/project";
import {
  makeBatch,
  makeOp,
  ok,
  runBackendConformance,
  task,
  until,
  type BackendUnderTest,
} from "./backend";

const nameOf = (user: string) => `https://loopback.test|${user}`;

/** The least that the engine's backend calls of a client. */
interface Calls {
  mutation(reference: FunctionReference<"mutation">, args: object): Promise<unknown>;
  query(reference: FunctionReference<"query">, args: object): Promise<unknown>;
  onUpdate(
    reference: FunctionReference<"query">,
    args: object,
    onValue: (value: unknown) => void,
    onError: (error: unknown) => void,
  ): () => void;
}

const backendOver = (client: Calls) =>
  // Safe: `Calls` is all that the backend uses of a client with `onUpdate`.
  createConvexBackend(registry, client as unknown as ConvexConnection);

/** The functions themselves, without a wire: what the clients below are compared with. */
async function openConvexTest(): Promise<BackendUnderTest> {
  const runner = createFunctionRunner(schema, modules);
  const bells = new Set<() => void>();
  const connect = (user: string | null): Backend => {
    const issuer = "https://loopback.test";
    const identity =
      user === null ? null : { subject: user, issuer, tokenIdentifier: nameOf(user) };
    const call = async (
      kind: FunctionKind,
      reference: FunctionReference<"query"> | FunctionReference<"mutation">,
      args: object,
    ) => {
      const json = convexToJson(args as Value);
      const result = await runner.run(kind, getFunctionName(reference), json, identity);
      if (result.ok) return jsonToConvex(result.value);
      throw result.data === undefined ? new Error(result.message) : new ConvexError(result.data);
    };
    return backendOver({
      mutation: async (reference, args) => {
        const value = await call("mutation", reference, args);
        for (const bell of bells) bell();
        return value;
      },
      query: (reference, args) => call("query", reference, args),
      onUpdate: (reference, args, onValue, onError) => {
        const bell = () =>
          void call("query", reference, args).then((value) => {
            if (bells.has(bell)) onValue(value);
          }, onError);
        bells.add(bell);
        bell();
        return () => void bells.delete(bell);
      },
    });
  };
  return { connect, nameOf, close: async () => undefined };
}

/** Clients of Convex's own, unmodified, over a real connection. */
function overLoopback(
  makeClient: (
    loopback: Loopback,
    token: (() => Promise<string>) | null,
  ) => { connection: ConvexConnection; close(): Promise<void> },
): () => Promise<BackendUnderTest & { readonly loopback: Loopback }> {
  return async () => {
    const loopback = await startLoopback({ schema, modules });
    const closes: (() => Promise<void>)[] = [];
    return {
      loopback,
      nameOf,
      connect: (user) => {
        const token = user === null ? null : async () => makeToken(user, Date.now());
        const { connection, close } = makeClient(loopback, token);
        closes.push(close);
        return createConvexBackend(registry, connection);
      },
      close: async () => {
        await Promise.all(closes.map((close) => close()));
        await loopback.close();
      },
    };
  };
}

// The `ws` package is a WebSocket in all that the clients use.
const webSocketConstructor = WebSocket as unknown as typeof globalThis.WebSocket;

const openReact = overLoopback(({ url }, token) => {
  const client = new ConvexReactClient(url, { webSocketConstructor });
  if (token) client.setAuth(token);
  return { connection: client, close: () => client.close() };
});

const openBrowser = overLoopback(({ url }, token) => {
  const client = new ConvexClient(url, { webSocketConstructor });
  if (token) client.setAuth(token);
  return { connection: client, close: () => client.close() };
});

/** For tasks without a screen: calls over HTTP, and a head that is asked once. */
const openHttp = overLoopback(({ url }, token) => {
  const signedIn = async () => {
    const client = new ConvexHttpClient(url);
    if (token) client.setAuth(await token());
    return client;
  };
  const client: Calls = {
    mutation: async (reference, args) => (await signedIn()).mutation(reference, { ...args }),
    query: async (reference, args) => (await signedIn()).query(reference, { ...args }),
    onUpdate: (reference, args, onValue, onError) => {
      client.query(reference, args).then(onValue, onError);
      return () => undefined;
    },
  };
  return {
    connection: client as unknown as ConvexConnection,
    close: async () => undefined,
  };
});

runBackendConformance("the functions, without a wire", openConvexTest);
runBackendConformance("ConvexReactClient over WebSocket", openReact);
runBackendConformance("ConvexClient over WebSocket", openBrowser);
runBackendConformance("ConvexHttpClient over HTTP", openHttp, false);

const row = "01900000-0000-7000-8000-ffffffffffff";

describe.each([
  ["ConvexReactClient", openReact],
  ["ConvexClient", openBrowser],
])("%s, when the connection breaks", (_name, open) => {
  it("I2 (B1): an answer that is lost arrives after the client reconnected, and the batch took effect once", async () => {
    const world = await open();
    const phone = world.connect("ada");
    const tablet = world.connect("ada");
    let rings = 0;
    tablet.subscribe(
      () => (rings += 1),
      () => undefined,
    );
    await until(() => rings > 0);
    const heard = rings;
    world.loopback.setDropAnswers(true);
    const answer = phone.push(makeBatch([makeOp("create", row, task())]));
    await until(() => rings > heard);
    world.loopback.setDropAnswers(false);
    world.loopback.dropSockets();
    const reply = ok(await answer);
    expect(reply.results.map(({ outcome }) => outcome)).toEqual(["applied"]);
    const { rows } = ok(await phone.pull({ table: "tasks", cursor: null, limit: 5 }));
    expect(rows.map(({ clientId, stamp }) => [clientId, stamp])).toEqual([[row, reply.stamp]]);
    await world.close();
  });

  it("I17: the head is live again once the network is back", async () => {
    const world = await open();
    const phone = world.connect("ada");
    const marks: unknown[] = [];
    phone.subscribe(
      (head) => marks.push(head.marks["tasks"]),
      () => undefined,
    );
    await until(() => marks.length > 0);
    world.loopback.setUnreachable(true);
    await world.loopback.runner.run(
      "mutation",
      "sync:push",
      convexToJson(makeBatch([makeOp("create", row, task())]) as unknown as Value),
      { subject: "ada", issuer: "https://loopback.test", tokenIdentifier: nameOf("ada") },
    );
    world.loopback.setUnreachable(false);
    await until(() => typeof marks.at(-1) === "string");
    expect(marks[0]).toBeNull();
    await world.close();
  });
});
