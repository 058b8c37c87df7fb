import { describe, expect, it } from "vitest";
import { createPace } from "../../templates/client/sync/pace";
import type { Backend, ChangeSet } from "../../templates/client/sync/ports";
import { limits } from "../../templates/shared/protocol";
import { createFakeServer, type FakeServer } from "./fakeServer";
import { createDevice, createManualTime, settle, type Device } from "./world";

const task = (text: string) => ({
  text,
  done: false,
  priority: "normal",
  project: null,
  weight: null,
  details: null,
});

function serverWithTasks(count: number): FakeServer {
  const server = createFakeServer();
  for (let index = 0; index < count; index += 1)
    server.write("tasks", taskId(index), task(String(index)));
  return server;
}

const taskId = (index: number) => `t${String(index).padStart(3, "0")}`;

const rowsIn = ({ rows = [] }: ChangeSet) =>
  rows.reduce((sum, change) => sum + (change.kind === "put" ? change.rows.length : 0), 0);

/** Every row that `device` writes takes `perRow` ms; what it commits is noted. */
function slowDown(device: Device, perRow: number): ChangeSet[] {
  const commits: ChangeSet[] = [];
  device.onCommit = (changes) => {
    device.time.now += rowsIn(changes) * perRow;
    commits.push(changes);
  };
  return commits;
}

/** A phone that has learned how slow it is. */
async function slowPhone(server: FakeServer): Promise<{
  readonly device: Device;
  readonly commits: ChangeSet[];
}> {
  const device = await createDevice({ server, time: createManualTime(7) });
  const commits = slowDown(device, 2);
  await device.sync.start();
  await device.time.pass(1_000);
  return { device, commits };
}

describe("a page of which the disk takes a part alone", () => {
  it("what is in is told of", async () => {
    const server = serverWithTasks(60);
    const { device } = await slowPhone(server);
    const told = new Set<string>();
    device.sync.onRowsChanged((tables) => {
      for (const table of tables) told.add(table);
    });
    device.setOnline(false);
    for (let index = 0; index < 60; index += 1)
      server.write("projects", `p${String(index)}`, { name: "a" });
    let parts = 0;
    device.onCommit = (changes) => {
      if (rowsIn(changes) > 0) parts += 1;
      if (parts === 2) throw new Error("database or disk is full");
    };
    device.setOnline(true);
    await device.time.pass(100);
    expect(Object.keys(await device.rows("projects")).length).toBeGreaterThan(0);
    expect([...told]).toContain("projects");
  });
});

describe("a page on a slow phone", () => {
  it("is committed in parts once the phone is known to be slow, its cursor with the last", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const { device, commits } = await slowPhone(server);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    expect(device.sync.getStatus().initialSync).toMatchObject({
      complete: true,
      rows: 60,
    });
    const sizes = commits.map(rowsIn).filter((rows) => rows > 0);
    // The first page tells the pace.
    expect(sizes[0]).toBe(30);
    expect(Math.max(...sizes.slice(1))).toBeLessThan(30);
    const withRows = commits.filter((changes) => rowsIn(changes) > 0);
    const cursors = withRows.filter(({ metadata }) => metadata?.["table:tasks"] !== undefined);
    expect(cursors).toHaveLength(2);
    expect(withRows.at(-1)?.metadata?.["table:tasks"]).toBeDefined();
  });

  it("is told of once, like that of a fast phone: live queries run once a page", async () => {
    const toldOn = async (perRow: number) => {
      const server = serverWithTasks(60);
      server.pageRows = 30;
      const device = await createDevice({ server, time: createManualTime(7) });
      const commits = slowDown(device, perRow);
      let told = 0;
      device.sync.onRowsChanged((tables) => (told += Number(tables.has("tasks"))));
      await device.sync.start();
      await device.time.pass(1_000);
      return {
        told,
        commits: commits.filter((changes) => rowsIn(changes) > 0).length,
      };
    };
    const [slow, fast] = [await toldOn(2), await toldOn(0)];
    expect(slow.told).toBe(fast.told);
    expect(slow.commits).toBeGreaterThan(fast.commits);
  });

  it("is committed whole where a worker runs the statements, however large it is", async () => {
    const server = serverWithTasks(700);
    server.pageRows = limits.pageRows;
    const device = await createDevice({ server, time: createManualTime(7) });
    const commits = slowDown(device, 2);
    Object.assign(device.store, { isSynchronous: false });
    await device.sync.start();
    await device.time.pass(5_000);
    expect(commits.map(rowsIn).filter((rows) => rows > 0)).toEqual([500, 200]);
  });

  it("lets a local write in between, which stays on top (I8)", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const device = await createDevice({ server, time: createManualTime(7) });
    const commits = slowDown(device, 2);
    await device.sync.start();
    await settle();
    // The second page is under way; its last rows are not here yet.
    expect(Object.keys(await device.rows("tasks")).length).toBeGreaterThan(30);
    expect(await device.row("tasks", taskId(59))).toBeNull();
    const written = await device.sync.table("tasks").update(taskId(35), { text: "mine" });
    const before = commits.length;
    await device.time.pass(1_000);
    expect(commits.length).toBeGreaterThan(before);
    expect(await device.row("tasks", taskId(35))).toMatchObject({
      fields: { text: "mine" },
    });
    expect(await written.settled).toMatchObject({ outcome: "applied" });
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });

  it("I6, I22: is asked for again when the phone dies between two parts", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const device = await createDevice({ server, time: createManualTime(7) });
    slowDown(device, 2);
    await device.sync.start();
    await settle();
    const asked = server.pulls.filter(({ table }) => table === "tasks");
    const again = await device.restart({ server });
    expect(again.sync.getStatus().initialSync).toMatchObject({
      complete: false,
    });
    const before = server.pulls.length;
    await again.sync.start();
    await again.time.pass(1_000);
    const resumed = server.pulls.slice(before).find(({ table }) => table === "tasks");
    expect(resumed?.cursor).toBe(asked.at(-1)?.cursor);
    expect(await again.rows("tasks")).toEqual(server.rows("tasks"));
    expect(again.sync.getStatus().initialSync).toMatchObject({
      complete: true,
      rows: 60,
    });
  });

  it("I5, I13: keeps what its first part brought when a table is fetched again", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const { device } = await slowPhone(server);
    server.forgetRow("tasks", taskId(3));
    server.write("tasks", taskId(4), task("changed"));
    // Everything before this is unknown to the server now: the device fetches the table again.
    server.horizon = server.row("tasks", taskId(4))?.stamp ?? null;
    server.ringAll();
    await device.time.pass(5_000);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    expect(await device.row("tasks", taskId(3))).toBeNull();
  });

  it("I5: begins again, with no row left out, when the server's history is another one by then", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const { device } = await slowPhone(server);
    server.epoch = "restored";
    server.write("tasks", taskId(60), task("after the restore"));
    server.ringAll();
    await device.time.pass(5_000);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });

  it("I5, D11: goes with its whole page when its first part shows that the server's history is another one", async () => {
    const server = serverWithTasks(30);
    for (let index = 0; index < 30; index += 1)
      server.write("projects", `p${String(index)}`, { name: String(index) });
    // The projects tell how slow the phone is; the tasks come from a server that was restored since.
    const snapshot: Backend["snapshot"] = async (request) => {
      if (request.table === "tasks") server.epoch = "restored";
      return server.backend.snapshot(request);
    };
    const device = await createDevice({
      server,
      time: createManualTime(7),
      ports: { backend: { ...server.backend, snapshot } },
    });
    slowDown(device, 2);
    await device.sync.start();
    await device.time.pass(5_000);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
    expect(await device.rows("projects")).toEqual(server.rows("projects"));
  });

  it("is left when the sync is stopped, and goes on from its cursor", async () => {
    const server = serverWithTasks(60);
    server.pageRows = 30;
    const device = await createDevice({ server, time: createManualTime(7) });
    slowDown(device, 2);
    await device.sync.start();
    await settle();
    const stopped = device.sync.stop();
    await device.time.pass(10);
    await stopped;
    expect(await device.row("tasks", taskId(59))).toBeNull();
    expect(device.sync.getStatus().initialSync.complete).toBe(false);
    await device.sync.start();
    await device.time.pass(1_000);
    expect(await device.rows("tasks")).toEqual(server.rows("tasks"));
  });
});

describe("the pace", () => {
  it("begins with half a page, and comes to a whole one where that takes a moment", () => {
    const pace = createPace(32, 500);
    expect(pace.rows).toBe(250);
    for (let page = 0; page < 20; page += 1) pace.took(500, 5);
    expect(pace.rows).toBe(500);
  });

  it("comes to what takes 8 ms, and back", () => {
    const pace = createPace(32, 500);
    for (let page = 0; page < 40; page += 1) pace.took(100, 20);
    expect(pace.rows).toBe(40);
    for (let page = 0; page < 40; page += 1) pace.took(40, 0.1);
    expect(pace.rows).toBe(500);
  });

  it("is not upset by one slow commit, a clock that was set, or a few rows", () => {
    const pace = createPace(32, 500);
    for (let page = 0; page < 20; page += 1) pace.took(500, 4);
    pace.took(500, 15);
    expect(pace.rows).toBe(500);
    pace.took(500, -3_600_000);
    pace.took(2, 50);
    expect(pace.rows).toBe(500);
    pace.took(500, 3_600_000);
    expect(pace.rows).toBeGreaterThan(100);
  });

  it("never falls below what is worth a commit", () => {
    const pace = createPace(32, 500);
    for (let page = 0; page < 40; page += 1) pace.took(40, 5_000);
    expect(pace.rows).toBe(32);
  });
});
