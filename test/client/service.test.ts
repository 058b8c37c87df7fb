import { describe, expect, it } from "vitest";
import { backoffDelay } from "../../templates/client/sync/backoff";
import { BackendError, type Backend } from "../../templates/client/sync/ports";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice } from "./world";

describe("triggers", () => {
  it("a network that comes back starts a cycle at once and forgets earlier failures", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("network", "network");
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "network" },
    });
    device.setOnline(false);
    expect(device.sync.getStatus()).toMatchObject({ phase: "offline", online: false });
    device.setOnline(true);
    await settle();
    device.setOnline(false);
    device.setOnline(true);
    await settle();
    expect(await device.ops()).toEqual([]);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("offline, nothing is tried by itself", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, online: false });
    await device.sync.table("tasks").create({ text: "a" });
    await device.time.pass(86_400_000);
    expect([server.batches, server.pulls]).toEqual([[], []]);
    expect(device.time.waiting).toBe(0);
  });

  it("the app in the foreground, and a timer while nothing happens, look for changes", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, interval: 60_000 });
    const before = server.heads;
    await device.time.pass(60_000);
    expect(server.heads).toBe(before + 1);
    device.setActive(false);
    await device.time.pass(600_000);
    expect(server.heads).toBe(before + 1);
    device.setActive(true);
    await settle();
    expect(server.heads).toBe(before + 2);
  });

  it("what nothing has changed in is not fetched, by the timer or after a start", async () => {
    const server = createFakeServer();
    server.write("tasks", "t1", { text: "one" });
    const device = await startDevice({ server, interval: 60_000 });
    const before = server.pulls.length;
    await device.time.pass(600_000);
    await device.sync.syncNow();
    const again = await device.restart({ server });
    await again.sync.start();
    await settle();
    expect(again.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect(server.pulls.slice(before)).toEqual([]);
  });

  it("I17: what a connection swallowed is fetched by the timer, and nothing else", async () => {
    const server = createFakeServer();
    const { backend } = server;
    let isDeaf = false;
    const subscribe: Backend["subscribe"] = (onHead, onError) =>
      backend.subscribe((head) => {
        if (!isDeaf) onHead(head);
      }, onError);
    const ports = { backend: { ...backend, subscribe } };
    const device = await startDevice({ server, interval: 60_000, ports });
    const before = server.pulls.length;
    isDeaf = true;
    server.write("tasks", "t1", { text: "one" });
    await settle();
    expect(await device.row("tasks", "t1")).toBeNull();
    await device.time.pass(60_000);
    expect(await device.row("tasks", "t1")).not.toBeNull();
    expect(server.pulls.slice(before).map(({ table }) => table)).toEqual(["tasks"]);
  });

  it("I6: a feed whose fetching was cut short is fetched to its end", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.pageRows = 1;
    server.faults.pull.push(null, "network");
    for (const id of ["a", "b"]) server.write("tasks", id, { text: id });
    await settle();
    const again = await device.restart({ server });
    await again.sync.start();
    await settle();
    for (const id of ["a", "b"]) expect(await again.row("tasks", id)).not.toBeNull();
  });

  it("a write pushes without asking every table for changes", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const before = server.pulls.length;
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(server.pulls.slice(before).map(({ table }) => table)).toEqual(["tasks"]);
  });

  it("E19: writes during a failure wait for its next try", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("network");
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    for (let index = 0; index < 10; index += 1)
      await device.sync.table("tasks").create({ text: "b" });
    await settle();
    expect(server.batches).toHaveLength(1);
    await device.time.pass(60_000);
    expect(await device.ops()).toEqual([]);
  });
});

describe("a network that is said to be none, and is one", () => {
  async function startApart() {
    const server = createFakeServer();
    const device = await startDevice({ server });
    device.misjudgeNetwork();
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "offline", pendingCount: 1 });
    return { server, device };
  }
  type Device = Awaited<ReturnType<typeof startApart>>["device"];

  it.each([
    ["syncNow", ({ sync }: Device) => void sync.syncNow()],
    ["the app that comes to the foreground", ({ setActive }: Device) => setActive(true)],
  ])("I17: is found by %s", async (_name, ask) => {
    const { device } = await startApart();
    ask(device);
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", online: true, pendingCount: 0 });
    await device.sync.table("tasks").create({ text: "b" });
    await settle();
    expect(await device.ops()).toEqual([]);
  });

  it("I17: is found by the server's doorbell", async () => {
    const { server, device } = await startApart();
    server.write("notes", "n1", { body: "news" });
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", online: true, pendingCount: 0 });
    expect(await device.rows("notes")).toEqual({ n1: { body: "news" } });
  });

  it("is none again once it fails, and is tried again when there is one", async () => {
    const { server, device } = await startApart();
    await device.sync.syncNow();
    server.faults.push.push("network");
    await device.sync.table("tasks").create({ text: "b" });
    await device.time.pass(3_600_000);
    expect(server.batches).toHaveLength(2);
    expect(device.sync.getStatus()).toMatchObject({ phase: "offline", pendingCount: 1 });
    device.setOnline(true);
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
  });
});

describe("a network that is said to be none, and is none", () => {
  it("is tried once for whoever asks, who waits for a few seconds only", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("tasks").create({ text: "a" });
    server.faults.push.push("hang");
    let told: unknown = null;
    void device.sync.syncNow().then((status) => (told = status));
    await device.time.pass(4_000);
    expect(told).toBe(null);
    await device.time.pass(2_000);
    expect(told).toMatchObject({ phase: "offline", online: false, pendingCount: 1 });
    await device.time.pass(86_400_000);
    expect(server.batches).toHaveLength(1);
    expect(device.sync.getStatus()).toMatchObject({ phase: "offline", error: { code: "network" } });
    expect(device.time.waiting).toBe(0);
  });
});

describe("a push at which the server throws", () => {
  it("I5, I16 (F6): does not keep news away", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("tasks").create({ text: "a" });
    server.write("notes", "n1", { body: "news" });
    server.faults.push.push("server");
    device.setOnline(true);
    await settle();
    expect(await device.rows("notes")).toEqual({ n1: { body: "news" } });
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "server" },
      pendingCount: 1,
    });
  });
});

describe("backoff", () => {
  it("E20: spreads over everything up to a growing bound, and never beyond five minutes", () => {
    expect(backoffDelay(1, 0)).toBe(0);
    expect(backoffDelay(1, 0.999)).toBeLessThan(2_000);
    expect(backoffDelay(4, 0.5)).toBe(8_000);
    expect(backoffDelay(1_000_000, 0.999)).toBeLessThan(300_000);
    const delays = Array.from({ length: 100 }, (_, index) => backoffDelay(50, index / 100));
    expect(new Set(delays).size).toBe(100);
  });
});

describe("signing in", () => {
  it("F5: an expired token is shown as signed out, and everything goes on once it is valid", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push(...Array<"unauthenticated">(20).fill("unauthenticated"));
    await device.sync.table("tasks").create({ text: "a" });
    await device.time.pass(3_000);
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "signed-out",
      error: { code: "unauthenticated" },
    });
    server.faults.push.length = 0;
    expect((await device.ops())[0]?.attempts).toBe(0);
    await device.time.pass(60_000);
    expect(device.sync.getStatus().phase).toBe("idle");
    expect(await device.ops()).toEqual([]);
  });

  it("F5: a token that is not valid at the first contact is shown, and is asked for again", async () => {
    const server = createFakeServer();
    const { subscribe } = server.backend;
    server.backend.subscribe = (_onHead, onError) => {
      queueMicrotask(() => onError(new BackendError("unauthenticated", "no token")));
      return () => undefined;
    };
    const device = await startDevice({ server });
    await device.time.pass(3_000);
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "signed-out",
      error: { code: "unauthenticated" },
    });
    expect([server.batches, server.pulls]).toEqual([[], []]);
    server.backend.subscribe = subscribe;
    await device.time.pass(60_000);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      initialSync: { complete: true },
    });
  });

  it("nobody is asked to sign in while the token of an app that has just started is fetched", async () => {
    const server = createFakeServer();
    let isSignedIn = false;
    const backend: typeof server.backend = {
      ...server.backend,
      subscribe: (onHead, onError) => {
        if (isSignedIn) return server.backend.subscribe(onHead, onError);
        queueMicrotask(() => onError(new BackendError("unauthenticated", "no token")));
        return () => undefined;
      },
    };
    const device = await createDevice({ server, ports: { backend } });
    const phases = new Set<string>();
    device.sync.subscribe(() => phases.add(device.sync.getStatus().phase));
    await device.sync.start();
    await device.time.pass(2_000);
    expect(device.sync.getStatus().error?.code).toBe("unauthenticated");
    isSignedIn = true;
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect([...phases]).not.toContain("signed-out");
  });

  it("a subscription that breaks is opened again", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const heard: string[] = [];
    device.sync.on("sync.subscription:action:statusChange", ({ status }) => heard.push(status));
    server.breakHead("unauthenticated");
    await device.sync.syncNow();
    expect(heard).toEqual(["closed", "connecting", "live"]);
    expect(server.watchers).toBe(1);
    expect(device.sync.getStatus().phase).toBe("idle");
  });

  it("a token of the same user that was refreshed is no switch", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.breakHead("unauthenticated");
    server.ringAll();
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(await device.ops()).toEqual([]);
  });
});

describe("the doorbell", () => {
  it("I17: the first head after a time without an answer starts a cycle", async () => {
    const server = createFakeServer();
    let deliver = () => undefined as void;
    const { subscribe } = server.backend;
    server.backend.subscribe = (onHead, onError) => {
      let stop = () => undefined as void;
      deliver = () => {
        stop = subscribe(onHead, onError);
      };
      return () => stop();
    };
    const device = await createDevice({ server });
    await device.sync.start();
    await device.time.pass(600_000);
    // The next try is scheduled, and none runs.
    while (device.sync.getStatus().phase !== "retrying") await device.time.pass(1_000);
    deliver();
    await settle();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      initialSync: { complete: true },
    });
  });
});

describe("status", () => {
  it("begins stopped, and tells every phase to its listeners with a new object each time", async () => {
    const server = createFakeServer();
    const device = await createDevice({ server });
    const phases: string[] = [];
    const objects = new Set<unknown>();
    const stop = device.sync.subscribe(() => {
      const status = device.sync.getStatus();
      if (phases.at(-1) !== status.phase) phases.push(status.phase);
      objects.add(status);
    });
    expect(device.sync.getStatus()).toBe(device.sync.getStatus());
    expect(device.sync.getStatus().phase).toBe("stopped");
    await device.sync.start();
    await settle();
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.stop();
    expect(phases).toEqual(["initial-sync", "syncing", "idle", "syncing", "idle", "stopped"]);
    expect(objects.size).toBeGreaterThan(5);
    stop();
    await device.sync.start();
    expect(phases.at(-1)).toBe("stopped");
  });

  it("says when both directions last went well", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const at = device.time.now;
    expect(device.sync.getStatus().lastSyncedAt).toBe(at);
    device.time.now += 5_000;
    server.faults.head.push("server");
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({ lastSyncedAt: at, error: { code: "server" } });
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    expect(again.sync.getStatus().lastSyncedAt).toBe(at);
  });

  it("counts again what the last run left behind", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, online: false });
    await device.sync.table("tasks").create({ text: "a" });
    const again = await device.restart({ server, online: false });
    await again.sync.start();
    expect(again.sync.getStatus().pendingCount).toBe(1);
  });

  it("tells what the database says of a cycle that it fails, in whatever way", async () => {
    const device = await startDevice({ server: createFakeServer() });
    device.onCommit = () => {
      // What drivers throw is not always an error.
      throw "disk I/O error";
    };
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "storage", message: "disk I/O error" },
    });
  });

  it("counts the ops of a table that are on their way as they come and go", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server, online: false });
    expect(await device.sync.pendingCount("tasks")).toBe(0);
    await device.sync.table("tasks").create({ text: "a" });
    await device.sync.table("notes").create({ body: "a" });
    expect(await device.sync.pendingCount("tasks")).toBe(1);
    device.setOnline(true);
    await settle();
    expect(await device.sync.pendingCount("tasks")).toBe(0);
  });

  it("tells which tables changed after a commit", async () => {
    const device = await startDevice({ server: createFakeServer(), online: false });
    const heard: string[][] = [];
    device.sync.onRowsChanged((tables) => heard.push([...tables].sort()));
    await device.sync.table("tasks").create({ text: "a" });
    expect(heard).toEqual([["sync_queue", "tasks"]]);
  });
});

describe("a cycle that is asked for as soon as the last one has ended", () => {
  /** Asks for one more cycle, once, when told that the engine is in `phase`. */
  async function cyclesWhenAskedIn(phase: string): Promise<number> {
    const { sync } = await startDevice({ server: createFakeServer() });
    const { cycles } = sync.getSyncStats();
    let isAsked = false;
    sync.subscribe(() => {
      if (isAsked || sync.getStatus().phase !== phase) return;
      isAsked = true;
      void sync.syncNow();
    });
    await sync.syncNow();
    await settle();
    return sync.getSyncStats().cycles - cycles;
  }

  it.each(["idle", "syncing"])(
    "I17: runs, though whoever asks was just told of %s",
    async (phase) => {
      expect(await cyclesWhenAskedIn(phase)).toBe(2);
    },
  );
});

describe("the lease", () => {
  it("I17: while another tab or task syncs, this one waits, says so, and takes over", async () => {
    const server = createFakeServer();
    const device = await createDevice({ server });
    device.leaseHeld = true;
    await device.sync.start();
    await settle();
    expect(device.sync.getStatus().phase).toBe("elsewhere");
    expect(server.pulls).toEqual([]);
    device.leaseHeld = false;
    await device.time.pass(10_000);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      initialSync: { complete: true },
    });
  });
});

describe("stop and dispose", () => {
  it("I17: leave nothing running: no timer, no subscription, no promise", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.push.push("hang");
    const { settled } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    await device.sync.dispose();
    expect(await settled).toMatchObject({ outcome: "stopped" });
    expect([device.time.waiting, server.watchers]).toEqual([0, 0]);
    const { length } = server.pulls;
    device.setOnline(true);
    device.setActive(true);
    await device.time.pass(600_000);
    expect(server.pulls).toHaveLength(length);
  });

  it("stop keeps everything; start goes on, and twice is once", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    await device.sync.stop();
    await device.sync.table("tasks").create({ text: "a" });
    expect(server.batches).toEqual([]);
    await Promise.all([device.sync.start(), device.sync.start()]);
    await settle();
    expect(server.batches).toHaveLength(1);
    expect(server.watchers).toBe(1);
  });

  it("started again before it has stopped, it goes on in the end, and says so", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    server.faults.pull.push("hang");
    void device.sync.syncNow();
    await settle();
    const stopped = device.sync.stop();
    await device.sync.start();
    await stopped;
    await settle();
    expect(device.sync.getStatus().phase).toBe("idle");
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    expect(await device.ops()).toEqual([]);
  });
});

describe("a listener that throws", () => {
  const throwing = () => {
    throw new Error("the app's mistake");
  };

  it("stops neither the engine nor the other listeners", async () => {
    const device = await startDevice({ server: createFakeServer() });
    const heard: unknown[] = [];
    const failures = await unhandled(async () => {
      device.sync.on("sync.op:action:captured", throwing);
      device.sync.on("sync.op:action:captured", (detail) => heard.push(detail));
      await device.sync.table("tasks").create({ text: "a" });
      await settle();
    });
    expect(heard).toHaveLength(1);
    expect(failures).toHaveLength(1);
    expect(await device.ops()).toEqual([]);
  });

  it("I1, I17: a write that is durable resolves, and is sent, whatever a listener of rows does", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    await unhandled(async () => {
      device.sync.onRowsChanged(throwing);
      await device.sync.table("tasks").create({ text: "a" });
      await settle();
    });
    expect(Object.values(server.rows("tasks"))).toMatchObject([{ text: "a" }]);
    expect(await device.ops()).toEqual([]);
  });

  it("I17: a cycle ends, whatever a listener of the status does", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    await unhandled(async () => {
      device.sync.subscribe(throwing);
      await device.sync.table("tasks").create({ text: "a" });
      await settle();
    });
    expect(await device.ops()).toEqual([]);
    expect(device.sync.getStatus().phase).toBe("idle");
    expect(device.time.waiting).toBe(1);
  });
});

/** What nobody handled while `task` ran. */
async function unhandled(task: () => Promise<void>): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const report = (reason: unknown) => failures.push(reason);
  const reporters = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", report);
  try {
    await task();
  } finally {
    process.removeListener("unhandledRejection", report);
    for (const reporter of reporters) process.on("unhandledRejection", reporter);
  }
  return failures;
}
