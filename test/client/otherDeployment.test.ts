import { describe, expect, it } from "vitest";
import { createFakeServer, type FakeServer } from "./fakeServer";
import { registry } from "./fixture/registry";
import { settle, startDevice, type Device } from "./world";

/** A deployment that was written to before. */
function deployed(identity: string): FakeServer {
  const server = createFakeServer();
  server.epoch = `${identity}.1`;
  return server;
}

/** The app is pointed to another deployment, and started. */
async function goTo(device: Device, server: FakeServer, online = true): Promise<Device> {
  const moved = await device.restart({ server, online });
  await moved.sync.start();
  await settle();
  return moved;
}

const bodies = (rows: Record<string, unknown>) =>
  Object.values(rows)
    .map((fields) => (fields as { body: string }).body)
    .sort();

const left = {
  state: "failed",
  outcome: "rejected",
  code: "other-deployment",
  message: "This change was made while the app was connected to another server.",
};

/** A device that knows rows of a preview deployment, with an edit of each kind that it has not sent. */
async function unsent() {
  const preview = deployed("preview");
  for (const id of ["edited", "deleted", "untouched"]) preview.write("notes", id, { body: id });
  const production = deployed("production");
  production.write("notes", "old", { body: "production, old" });
  const device = await startDevice({ server: preview });
  device.setOnline(false);
  const notes = device.sync.table("notes");
  const { clientId } = await notes.create({ body: "made on preview" });
  await notes.update("edited", { body: "edited on preview" });
  await notes.remove("deleted");
  production.write("notes", "new", { body: "production, new" });
  return { preview, production, device, clientId };
}

describe("I21, I23: an app that is pointed to another deployment", () => {
  it("shows what that one has, and nothing of the former as if it were there", async () => {
    const { production, device } = await unsent();
    const moved = await goTo(device, production);

    expect(bodies(await moved.rows("notes"))).toEqual([
      "edited on preview",
      "made on preview",
      "production, new",
      "production, old",
    ]);
    expect((await moved.row("notes", "old"))?.syncStatus).toBe("synced");
    expect((await moved.row("notes", "edited"))?.syncStatus).toBe("failed");
    expect(moved.sync.getStatus().initialSync).toMatchObject({ complete: true, rows: 2 });
  });

  it("sends nothing there that was made before: each edit fails, in words, and none is lost", async () => {
    const { production, device } = await unsent();
    const moved = await goTo(device, production);

    expect(bodies(production.rows("notes"))).toEqual(["production, new", "production, old"]);
    expect(await moved.ops()).toMatchObject([left, left, left]);
    expect((await moved.sync.issues()).map(({ kind, theirs }) => [kind, theirs])).toEqual([
      ["create", null],
      ["update", null],
      ["delete", null],
    ]);
    expect(moved.sync.getStatus()).toMatchObject({ pendingCount: 0, failedCount: 3, error: null });
    await moved.sync.syncNow();
    expect(bodies(production.rows("notes"))).toEqual(["production, new", "production, old"]);
  });

  it("sends what somebody tries again, as a new device, and forgets what is discarded", async () => {
    const { production, device, clientId } = await unsent();
    const [made] = await device.ops();
    const { deviceId } = await device.store.readMetadata(["deviceId"]);
    const moved = await goTo(device, production);
    const [create, update, remove] = await moved.sync.issues();
    await moved.sync.retry(create?.opId ?? "");
    await moved.sync.discard(update?.opId ?? "");
    await moved.sync.discard(remove?.opId ?? "");
    await settle();

    expect(production.rows("notes")[clientId]).toEqual({ body: "made on preview" });
    expect(await moved.rows("notes")).toEqual(production.rows("notes"));
    expect(await moved.ops()).toEqual([]);
    const again = production.batches.at(-1);
    expect(again).toMatchObject({ batchSeq: 1, epoch: "production.1" });
    // It was on its way before: only who keeps the receipts knows where to.
    const carriedBy = { deviceId, batchSeq: 1 };
    expect(again?.ops).toMatchObject([{ opId: made?.opId, carriedBy, baseStamp: null }]);
    expect(again?.deviceId).not.toBe(deviceId);
  });

  it("I2: does nothing twice when it comes back to the former, which had taken an edit without the phone hearing of it", async () => {
    const { preview, production, device, clientId } = await unsent();
    preview.faults.push.push("lost");
    device.setOnline(true);
    await settle();
    const stamp = preview.row("notes", clientId)?.stamp;
    expect(stamp).toBeDefined();
    const moved = await goTo(device, production);
    const back = await goTo(moved, preview);
    expect(await back.ops()).toMatchObject([left, left, left]);
    await back.sync.retryAll();
    await back.time.pass(60_000);

    expect(preview.row("notes", clientId)?.stamp).toBe(stamp);
    expect(preview.rows("notes")).not.toHaveProperty("deleted");
    expect(await back.ops()).toEqual([]);
  });

  it("I2: does not send again what the former may have taken, when its answer was lost", async () => {
    const { preview, production, device } = await unsent();
    preview.faults.push.push("lost");
    await device.sync.table("tasks").create({ text: "task" });
    device.setOnline(true);
    await settle();
    await device.sync.table("notes").update("edited", { body: "edited since" });
    expect((await device.ops()).map(({ state }) => state)).toContain("sealed");
    const moved = await goTo(device, production);

    expect(bodies(production.rows("notes"))).toEqual(["production, new", "production, old"]);
    for (const op of await moved.ops()) expect(op).toMatchObject(left);
    expect(await moved.ops()).toHaveLength(5);

    await moved.sync.retryAll();
    await settle();
    expect(bodies(production.rows("notes"))).toContain("made on preview");
    expect((await moved.ops()).every(({ state }) => state !== "sealed")).toBe(true);
  });

  it("tells whoever waits for the answer", async () => {
    const { production, device } = await unsent();
    // The other runner of the same database is an app that is connected elsewhere.
    const beside = await device.beside({ server: production, online: false });
    await beside.sync.start();
    const { settled } = await beside.sync.table("notes").create({ body: "made beside" });
    beside.setOnline(true);
    await settle();
    const { code, message, outcome } = left;
    expect(await settled).toEqual({ code, message, outcome });
  });

  it("does so before there is anything to edit, when the connection ends right then", async () => {
    const { production, device } = await unsent();
    production.faults.pull.push("network");
    const moved = await goTo(device, production);

    expect(Object.keys(await moved.rows("notes"))).not.toContain("untouched");
    expect(moved.sync.getStatus().initialSync).toMatchObject({ complete: false, rows: 0 });
    const again = await goTo(moved, production, false);
    expect(again.sync.getStatus().initialSync.complete).toBe(false);
    again.setOnline(true);
    await settle();
    expect(again.sync.getStatus().initialSync.complete).toBe(true);
    expect(await again.rows("notes")).toMatchObject(production.rows("notes"));
  });

  it("does so when it has nothing to send", async () => {
    const preview = deployed("preview");
    preview.write("notes", "n", { body: "preview" });
    const device = await startDevice({ server: preview });
    const production = deployed("production");
    production.write("notes", "m", { body: "production" });
    const moved = await goTo(device, production);
    expect(await moved.rows("notes")).toEqual({ m: { body: "production" } });
    expect(await moved.ops()).toEqual([]);
  });

  it("I1, I22: a crash at any commit leaves all of it or nothing", async () => {
    for (let crash = 1; ; crash += 1) {
      const { production, device } = await unsent();
      const moving = await device.restart({ server: production, online: true });
      let commits = 0;
      moving.onCommit = () => {
        if ((commits += 1) >= crash) throw new Error("crash");
      };
      await moving.sync.start().catch(() => undefined);
      await settle();
      const isOver = commits < crash;
      const ops = await moving.ops();
      const { epoch } = await moving.store.readMetadata(["epoch"]);
      if (epoch === "preview.1")
        for (const { state } of ops) expect(["waiting", "sealed"]).toContain(state);
      else expect(ops).toMatchObject([left, left, left]);

      const again = await goTo(moving, production);
      expect(await again.ops()).toMatchObject([left, left, left]);
      expect(await again.rows("notes")).toMatchObject(production.rows("notes"));
      expect(bodies(production.rows("notes"))).toEqual(["production, new", "production, old"]);
      if (isOver) break;
    }
  });

  it("comes back to the first one with its issues, and finds there what that had taken", async () => {
    const { preview, production, device } = await unsent();
    preview.faults.push.push("lost");
    device.setOnline(true);
    await settle();
    const moved = await goTo(await goTo(device, production), preview);

    expect(await moved.ops()).toMatchObject([left, left, left]);
    await moved.sync.retryAll();
    await settle();
    expect(bodies(preview.rows("notes"))).toEqual([
      "edited on preview",
      "made on preview",
      "untouched",
    ]);
    const issues = await moved.sync.issues();
    for (const { opId, state } of issues)
      if (state === "failed") await moved.sync.discard(opId);
      else await moved.sync.dismiss(opId);
    expect(await moved.rows("notes")).toEqual(preview.rows("notes"));
  });

  it("keeps back copies of a device, too, each for itself", async () => {
    const { production, device } = await unsent();
    const copy = await device.clone({ server: production, online: true });
    await copy.sync.start();
    await settle();
    const moved = await goTo(device, production);
    for (const phone of [copy, moved]) expect(await phone.ops()).toMatchObject([left, left, left]);
    expect(bodies(production.rows("notes"))).toEqual(["production, new", "production, old"]);
  });

  it("leaves what was an issue before as the issue that it is", async () => {
    const preview = deployed("preview");
    preview.write("notes", "n", { body: "0" });
    preview.write("documents", "d", { title: "0", body: null });
    const device = await startDevice({ server: preview });
    device.setOnline(false);
    await device.sync.table("notes").update("n", { body: "mine" });
    await device.sync.table("documents").update("d", { title: "mine" });
    preview.write("notes", "n", { body: "theirs" });
    preview.write("documents", "d", { title: "theirs" });
    device.setOnline(true);
    await settle();
    device.setOnline(false);
    await device.sync.table("notes").update("n", { body: "once more" });
    const moved = await goTo(device, deployed("production"));
    expect((await moved.sync.issues()).map(({ state, code }) => [state, code])).toEqual([
      ["superseded", null],
      ["conflict", null],
      ["failed", "other-deployment"],
    ]);
    expect(await moved.rows("notes")).toEqual({ n: { body: "once more" } });
  });

  it("keeps back ops of a table that this version of the app does not have", async () => {
    const { production, device } = await unsent();
    const { notes, ...tables } = registry.tables;
    const older = { ...registry, tables: tables as typeof registry.tables };
    const moved = await device.restart({ server: production, online: true, registry: older });
    await moved.sync.start();
    await settle();
    expect(notes.name).toBe("notes");
    expect(await moved.ops()).toMatchObject([left, left, left]);
  });
});

describe("I23: a deployment that was never written to", () => {
  it("gets its identity with the first batch, and goes on with its history", async () => {
    const server = createFakeServer();
    server.identity = "new";
    // Behind the batch in flight: in another history, it would be an edit that did not see what is there.
    let edit = async () => {};
    const { backend } = server;
    const push: typeof backend.push = async (batch) => {
      await edit();
      edit = async () => {};
      return backend.push(batch);
    };
    const device = await startDevice({ server, ports: { backend: { ...backend, push } } });
    const notes = device.sync.table("notes");
    const { clientId } = await notes.create({ body: "1" });
    edit = async () => void (await notes.update(clientId, { body: "2" }));
    await settle();

    expect(server.rows("notes")[clientId]).toEqual({ body: "2" });
    expect(await device.ops()).toEqual([]);
    const epochs = server.batches.map(({ epoch }) => epoch);
    expect(epochs).toEqual(["epoch-1", "epoch-1", "new.epoch-1"]);
    const downloads = server.pulls.filter(({ cursor }) => cursor === null);
    expect(downloads).toHaveLength(Object.keys(registry.tables).length);
  });

  it("goes on for a device that was there before, too, which does not fetch again", async () => {
    const server = createFakeServer();
    server.write("notes", "n", { body: "from before deployments had identities" });
    server.identity = "new";
    const early = await startDevice({ server });
    early.setOnline(false);
    await early.sync.table("notes").update("n", { body: "early" });
    const first = await startDevice({ server });
    await first.sync.table("notes").create({ body: "first" });
    await settle();
    early.setOnline(true);
    await settle();
    expect(bodies(server.rows("notes"))).toEqual(["early", "first"]);
    expect(bodies(await early.rows("notes"))).toEqual(["early", "first"]);
    expect(await early.ops()).toEqual([]);
    const downloads = server.pulls.filter(({ cursor }) => cursor === null);
    expect(downloads).toHaveLength(2 * Object.keys(registry.tables).length);
  });

  it("I2: takes the first batch once, though its answer was lost", async () => {
    const server = createFakeServer();
    server.identity = "new";
    server.faults.push.push("lost");
    const device = await startDevice({ server });
    await device.sync.table("notes").create({ body: "1" });
    await settle();
    await device.time.pass(60_000);
    expect(server.batches.map(({ epoch }) => epoch)).toEqual(["epoch-1", "epoch-1", "new.epoch-1"]);
    expect(bodies(server.rows("notes"))).toEqual(["1"]);
    expect(await device.ops()).toEqual([]);
  });

  it("is another one to a device that comes from one with an identity", async () => {
    const { device } = await unsent();
    const fresh = createFakeServer();
    fresh.identity = "fresh";
    const moved = await goTo(device, fresh);
    expect(await moved.ops()).toMatchObject([left, left, left]);
    const [create] = await moved.sync.issues();
    await moved.sync.retry(create?.opId ?? "");
    await settle();
    expect(bodies(fresh.rows("notes"))).toEqual(["made on preview"]);
    expect(fresh.epoch).toBe("fresh.epoch-1");
  });
});
