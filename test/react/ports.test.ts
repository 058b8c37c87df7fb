// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../templates/client/db/client";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import { appLifecycle, openPorts, systemClock } from "../../templates/client/sync/platform";
import { migrations } from "./app";
import { registry } from "./project";

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
