// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../templates/client/db/client";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import { appLifecycle, openPorts, systemClock } from "../../templates/client/sync/platform";
import { taskOp } from "../conformance/samples";
import { resetDatabases } from "../standins/expoSqlite";
import { migrations } from "./app";
import { registry } from "./project";

beforeEach(resetDatabases);

describe("storage that a browser may throw away", () => {
  afterEach(() => vi.unstubAllGlobals());

  async function countAsked(navigator: object | undefined, persist = vi.fn()): Promise<number[]> {
    vi.stubGlobal("navigator", navigator);
    const database = await openDatabase("kept.db", migrations);
    const convex = {} as ConvexConnection;
    const { ports, close } = await openPorts({ registry, database, convex });
    const asked: number[] = [];
    const note = () => asked.push(persist.mock.calls.length);
    await ports.store.commit({ metadata: { key: "value" } });
    note();
    for (const clientId of ["a", "b"]) {
      await ports.store.commit({ ops: [{ kind: "add", op: taskOp(`op-${clientId}`, clientId) }] });
      note();
    }
    close();
    await database.close();
    return asked;
  }

  it("is asked for once, when the first edit waits", async () => {
    const persist = vi.fn(async () => true);
    expect(await countAsked({ storage: { persist } }, persist)).toEqual([0, 1, 1]);
  });

  it("is used all the same when the browser fails to answer", async () => {
    const persist = vi.fn(() => Promise.reject(new Error("blocked")));
    expect(await countAsked({ storage: { persist } }, persist)).toEqual([0, 1, 1]);
  });

  it.each([
    ["a phone", {}],
    ["a test", undefined],
  ])("is no matter of %s", async (_name, navigator) => {
    expect(await countAsked(navigator)).toEqual([0, 0, 0]);
  });
});

describe("the platform's ports", () => {
  it("are all there, work on the account's database, and stop listening", async () => {
    const database = await openDatabase("ports.db", migrations);
    // Nothing is called on it here.
    const convex = {} as ConvexConnection;
    const { ports, close } = await openPorts({ registry, database, convex });
    expect(await ports.lease.run(async () => "ran")).toBe("ran");
    await ports.store.commit({ metadata: { key: "value" } });
    expect(await ports.store.readMetadata(["key"])).toEqual({ key: "value" });
    expect(ports.ids.randomBytes(10)).toHaveLength(10);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
    expect(ports.network.isOnline()).toBe(true);
    await expect(ports.backend.pull({ table: "nobody", cursor: null, limit: 1 })).rejects.toThrow(
      "no such table",
    );
    close();
    await database.close();
  });

  it("tell when the app comes to the foreground and leaves it", () => {
    const heard: boolean[] = [];
    let state: DocumentVisibilityState = "visible";
    Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
    const stop = appLifecycle.subscribe((active) => heard.push(active));
    const turn = (next: DocumentVisibilityState) => {
      state = next;
      document.dispatchEvent(new Event("visibilitychange"));
    };
    turn("hidden");
    turn("visible");
    stop();
    turn("hidden");
    expect(heard).toEqual([false, true]);
  });
});
