import { describe, expect, it } from "vitest";
import { BackendError, type Backend } from "../../templates/client/sync/ports";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice } from "./world";

/** As Convex's client does when another live query of the same kind has brought an answer already. */
function answersAtOnce(server: ReturnType<typeof createFakeServer>): Backend["subscribe"] {
  return (onHead) => {
    onHead({ userId: server.userId, epoch: server.epoch, marks: { tasks: null } });
    return () => undefined;
  };
}

describe("a head that is known when it is asked for", () => {
  it("F5: an error shows at once what it is, at every try", async () => {
    const server = createFakeServer();
    let isSignedIn = false;
    const subscribe: Backend["subscribe"] = (onHead, onError) => {
      if (isSignedIn) return server.backend.subscribe(onHead, onError);
      onError(new BackendError("unauthenticated", "no token"));
      return () => undefined;
    };
    const device = await startDevice({
      server,
      ports: { backend: { ...server.backend, subscribe } },
    });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(device.sync.getStatus().error?.code).toBe("unauthenticated");
      await device.time.pass(3_000);
      await device.sync.syncNow();
      expect(device.sync.getStatus()).toMatchObject({
        phase: "signed-out",
        error: { code: "unauthenticated" },
      });
    }
    isSignedIn = true;
    await device.sync.syncNow();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  });

  it("is the answer that the first cycle waits for, and starts no second one", async () => {
    const server = createFakeServer();
    const backend = { ...server.backend, subscribe: answersAtOnce(server) };
    const device = await createDevice({ server, ports: { backend } });
    await device.sync.start();
    await settle();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect(device.sync.getSyncStats().cycles).toBe(1);
  });
});

describe("a head that breaks while a cycle for one table waits", () => {
  it("the cycle fetches what the broken head could not tell", async () => {
    const server = createFakeServer();
    let isBroken = false;
    const subscribe: Backend["subscribe"] = (onHead, onError) => {
      isBroken = false;
      return server.backend.subscribe((head) => isBroken || onHead(head), onError);
    };
    const device = await startDevice({
      server,
      ports: { backend: { ...server.backend, subscribe } },
    });
    server.write("tasks", "t1", { text: "told" });
    server.breakHead("server");
    isBroken = true;
    server.write("pages", "p1", { title: "not told" });
    await settle();
    expect(await device.row("tasks", "t1")).toMatchObject({ fields: { text: "told" } });
    expect(await device.row("pages", "p1")).toMatchObject({ fields: { title: "not told" } });
  });
});
