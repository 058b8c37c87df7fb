import { beforeAll, describe, expect, it, vi } from "vitest";
import type { DirectResult } from "../../templates/shared/protocol";
import { anyTable } from "../client/anyTable";
import { phone, quiet } from "./phone";
import { deployVersion, generateVersion, type Deployment, type Version } from "./versions";

let v1: Version;
let v2: Version;
let v3: Version;

beforeAll(async () => {
  [v1, v2, v3] = await Promise.all([
    generateVersion(1, "earlier"),
    generateVersion(2, "earlier"),
    generateVersion(3, "earlier"),
  ]);
}, 120_000);

const list = "01900000-0000-7000-8000-00000000000a";
const task = "01900000-0000-7000-8000-000000000001";
const upsert = (server: Deployment, name: string, clientId: string, fields: object) =>
  server.call("mutation", name, { clientId, fields }) as Promise<DirectResult>;

describe("I20 (D8): an app of version 1 against the emitted server of version 2", () => {
  async function startOld() {
    const server = deployVersion(v2);
    await upsert(server, "upsertList", list, { name: "home" });
    await upsert(server, "upsertTask", task, { text: "milk", level: "high", list, stars: 5 });
    return { server, device: await phone(v1, server) };
  }

  it("has rows in its own shape: former names, and a fitting value where a row has none", async () => {
    const { server, device } = await startOld();
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", error: null });
    expect(await device.rows("todos")).toEqual({
      [task]: { title: "milk", level: "high", color: "", note: "", done: false, list },
    });
    expect(await device.rows("places")).toEqual({});

    await upsert(server, "upsertTask", task, { text: "oat milk", note: "two" });
    await quiet(device);
    expect(await device.rows("todos")).toMatchObject({
      [task]: { title: "oat milk", note: "two" },
    });
    await server.call("mutation", "removeTask", { clientId: task });
    await quiet(device);
    expect(await device.rows("todos")).toEqual({});
  });

  it("is told at once of a change of a table that it knows by another name", async () => {
    const { server, device } = await startOld();
    await upsert(server, "upsertTask", task, { text: "rung" });
    await vi.waitFor(async () => {
      expect(await device.rows("todos")).toMatchObject({ [task]: { title: "rung" } });
    }, 10_000);
  });

  it("sends edits, which are translated or visibly rejected, and holds what the server answers", async () => {
    const { server, device } = await startOld();
    const todos = anyTable(device, "todos");
    const made = await todos.create({ title: "new", color: "red", note: "n", list });
    const odd = await todos.create({
      title: "odd",
      level: "middle",
      color: "red",
      note: "n",
      list,
    });
    const place = await anyTable(device, "places").create({ name: "gone" });
    await quiet(device);

    expect((await device.row("todos", made.clientId))?.fields).toEqual({
      title: "new",
      level: "low",
      color: "",
      note: "n",
      done: false,
      list,
    });
    const issues = await device.sync.issues();
    expect(issues.map(({ clientId, code }) => [clientId, code])).toEqual([
      [odd.clientId, "invalid"],
      [place.clientId, "unknown-table"],
    ]);
    const today = await phone(v2, server);
    expect(await today.rows("tasks")).toMatchObject({
      [made.clientId]: { text: "new", level: "low", note: "n", stars: 3 },
    });
  });

  it("wins a row as a whole without touching what it cannot know", async () => {
    const { server, device } = await startOld();
    device.setOnline(false);
    await upsert(server, "upsertTask", task, { stars: 1, done: true });
    await new Promise((resolve) => setTimeout(resolve, 5));
    device.time.now = Date.now();
    await anyTable(device, "todos").update(task, { title: "mine" });
    device.setOnline(true);
    await quiet(device);

    const today = await phone(v2, server);
    expect(await today.rows("tasks")).toEqual({
      // `done` is version 1's own, and goes back with the row; `stars` and the missing note are not.
      [task]: { text: "mine", level: "high", note: null, done: false, list, stars: 1 },
    });
  });
});

describe("I20: an app that the server no longer serves, or does not know yet", () => {
  it("is told to upgrade, keeps its work, and goes on where it was after the update", async () => {
    const before = deployVersion(v2);
    await upsert(before, "upsertList", list, { name: "home" });
    const device = await phone(v2, before);
    const server = deployVersion(v3);
    const behind = await phone(v2, server, device.file());
    await anyTable(behind, "tasks").create({ text: "kept", list });
    await quiet(behind);

    const { phase, error, pendingCount } = behind.sync.getStatus();
    expect([phase, error?.code, pendingCount]).toEqual(["upgrade-required", "upgrade-required", 1]);
    const updated = await phone(v3, server, behind.file());
    expect(updated.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
    expect(Object.values(await updated.rows("tasks"))).toMatchObject([{ text: "kept", stars: 3 }]);
  });

  it("waits for a server that is older than itself, and loses no value of a new field", async () => {
    const old = deployVersion(v1);
    const device = await phone(v2, old);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "retrying",
      error: { code: "refused" },
      initialSync: { complete: false },
    });
  });
});
