// @vitest-environment jsdom
import { ConvexClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { openSession } from "../../templates/client/providers/openSession";
import { openSync } from "../../templates/client/providers/openSync";
import { syncInBackground } from "../../templates/client/providers/syncInBackground";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import type { Sync } from "../../templates/client/sync/types";
import { anyTable } from "../client/anyTable";
import { startLoopback, type Loopback } from "../loopback/deployment";
import { makeToken } from "../loopback/tokens";
import { modules, schema } from "../simulation/deployments";
import { currentVersion } from "../simulation/earlierApp";
import { registry } from "../simulation/project";
import { migrationsIn } from "../simulation/update";
import { resetDatabases } from "../standins/expoSqlite";

const account = "https://loopback.test|ann";
const migrations = migrationsIn[currentVersion];
const options = { webSocketConstructor: WebSocket as never };
let server: Loopback;

beforeEach(async () => {
  resetDatabases();
  server = await startLoopback({ schema, modules });
});
afterEach(() => server.close());

/** What an engine over Ann's database finds, which is not started. */
async function inDatabase<T>(work: (sync: Sync) => Promise<T>): Promise<T> {
  const { session, close } = openSession(account, migrations, () => undefined, {
    onWaiting: () => undefined,
    signal: new AbortController().signal,
  });
  const { database } = await session;
  const convex = new ConvexReactClient(server.url, options);
  const opened = await openSync({ registry, database, convex, account });
  try {
    return await work(opened.sync as unknown as Sync);
  } finally {
    await opened.close();
    await close();
    await convex.close();
  }
}

/** The client that `connectInBackground` makes, as it is after the cycle. */
async function run(convex: ConvexConnection, token: string | null): Promise<boolean> {
  convex.setAuth(async () => token);
  const connect = async () => ({ account, convex });
  const never = new AbortController().signal;
  return syncInBackground({ registry, migrations, connect }, never);
}

describe.each([
  ["ConvexClient", () => new ConvexClient(server.url, options)],
  ["ConvexReactClient", () => new ConvexReactClient(server.url, options)],
] as const)("in the background, a %s without React", (_name, makeClient) => {
  it("sends what was written offline with its token, and with none nothing", async () => {
    const waiting = () => inDatabase((sync) => sync.pendingCount("tasks"));
    await inDatabase((sync) => anyTable({ sync }, "tasks").create({ text: "a" }));

    expect(await run(makeClient(), null)).toBe(false);
    expect(await waiting()).toBe(1);

    expect(await run(makeClient(), makeToken("ann", Date.now()))).toBe(true);
    expect(await waiting()).toBe(0);
  });
});
