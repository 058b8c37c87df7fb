import { describe, expect, it } from "vitest";
import { opUpgrades } from "../../templates/client/sync/opUpgrades";
import type { Upgrade } from "../../templates/shared/upgrade";
import { createFakeServer } from "./fakeServer";
import { registry, tables } from "./fixture/registry";
import { settle, startDevice, type Device } from "./world";

/** A device whose server takes nothing that is called bad. */
async function startPhone() {
  const server = createFakeServer();
  server.invalid = ({ fields }) => Object.values(fields).includes("bad");
  const device = await startDevice({ server });
  const landed = () =>
    ["projects", "tasks", "notes", "documents"].flatMap((table) =>
      Object.values(server.rows(table)).map(({ name, text, body, title }) =>
        String(name ?? text ?? title ?? body),
      ),
    );
  return { server, device, landed };
}

const queue = async (device: Device) =>
  (await device.ops()).map(({ table, state, code }) => [table, state, code]);

/** The issue of a table's only op. */
async function issueOf(device: Device, table: string): Promise<string> {
  const issues = (await device.sync.issues()).filter((issue) => issue.table === table);
  expect(issues).toHaveLength(1);
  return issues[0]?.opId ?? "";
}

describe("I1: a group that waits for a row whose creation failed in the same batch", () => {
  async function orphans(note: string) {
    const phone = await startPhone();
    const { device } = phone;
    device.setOnline(false);
    const { clientId } = await device.sync.table("projects").create({ name: "bad" });
    await device.sync.batch(({ tasks, notes }) => {
      tasks.create({ text: "child", project: clientId });
      notes.create({ body: note });
    });
    device.setOnline(true);
    await settle();
    return phone;
  }

  it("waits whole, and lands whole once that is corrected", async () => {
    const { device, landed } = await orphans("with it");
    expect(await queue(device)).toEqual([
      ["projects", "failed", "invalid"],
      ["tasks", "waiting", null],
      ["notes", "waiting", null],
    ]);
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    await settle();
    expect(landed()).toEqual(["good", "child", "with it"]);
    expect(await device.ops()).toEqual([]);
  });

  it("waits for what failed in itself, too", async () => {
    const { device, landed } = await orphans("bad");
    expect(await queue(device)).toEqual([
      ["projects", "failed", "invalid"],
      ["tasks", "waiting", null],
      ["notes", "failed", "invalid"],
    ]);
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    await settle();
    expect(landed()).toEqual(["good"]);
    await device.sync.edit(await issueOf(device, "notes"), { body: "with it" });
    await settle();
    expect(landed()).toEqual(["good", "child", "with it"]);
  });

  it("keeps what is built on the rest of it waiting, too", async () => {
    const { device, landed } = await startPhone();
    device.setOnline(false);
    const { clientId } = await device.sync.table("projects").create({ name: "bad" });
    const [own] = await device.sync.batch(({ projects, tasks }) => {
      projects.create({ name: "own" });
      tasks.create({ text: "child", project: clientId });
    });
    await device.sync.table("tasks").create({ text: "grandchild", project: own?.clientId ?? "" });
    device.setOnline(true);
    await settle();
    expect((await queue(device)).map(([, state]) => state)).toEqual([
      "failed",
      "waiting",
      "waiting",
      "waiting",
    ]);
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    await settle();
    expect(landed().sort()).toEqual(["child", "good", "grandchild", "own"]);
  });
});

describe("I1: a group that was refused", () => {
  async function refused(second = "with it") {
    const phone = await startPhone();
    const { device } = phone;
    await device.sync.batch(({ projects, tasks, notes }) => {
      projects.create({ name: "bad" });
      tasks.create({ text: second });
      notes.create({ body: "too" });
    });
    await settle();
    return phone;
  }

  it("goes out whole when the one to blame is corrected", async () => {
    const { server, device, landed } = await refused();
    expect(await queue(device)).toEqual([
      ["projects", "failed", "invalid"],
      ["tasks", "failed", "group"],
      ["notes", "failed", "group"],
    ]);
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    await settle();
    expect(server.batches.at(-1)?.ops).toHaveLength(3);
    expect(landed()).toEqual(["good", "with it", "too"]);
    expect(await device.ops()).toEqual([]);
  });

  it("waits until all who are to blame are corrected, also in another start of the app", async () => {
    const { server, device, landed } = await refused("bad");
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    const again = await device.restart({ server });
    await again.sync.start();
    await settle();
    expect(await queue(again)).toEqual([
      ["projects", "waiting", null],
      ["tasks", "failed", "invalid"],
      ["notes", "failed", "group"],
    ]);
    expect(landed()).toEqual([]);
    await again.sync.edit(await issueOf(again, "tasks"), { text: "with it" });
    await settle();
    expect(landed()).toEqual(["good", "with it", "too"]);
  });

  it("holds back, while it waits, what is built on it, and nothing else", async () => {
    const { device, landed } = await refused("bad");
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    const [project] = await device.ops();
    await device.sync.table("tasks").create({ text: "c", project: project?.clientId ?? "" });
    await device.sync.table("tasks").create({ text: "other" });
    await settle();
    expect(landed()).toEqual(["other"]);
    await device.sync.edit((await device.sync.issues())[0]?.opId ?? "", { text: "with it" });
    await settle();
    expect(landed().sort()).toEqual(["c", "good", "other", "too", "with it"]);
  });

  it("goes out without one that is given up", async () => {
    const { device, landed } = await refused();
    await device.sync.discard(await issueOf(device, "projects"));
    await settle();
    expect(landed()).toEqual(["with it", "too"]);
    expect(await device.ops()).toEqual([]);
  });

  it("waits on for the one to blame when another is given up", async () => {
    const { device, landed } = await refused();
    await device.sync.discard(await issueOf(device, "tasks"));
    await settle();
    expect(await queue(device)).toEqual([
      ["projects", "failed", "invalid"],
      ["notes", "failed", "group"],
    ]);
    await device.sync.edit(await issueOf(device, "projects"), { name: "good" });
    await settle();
    expect(landed()).toEqual(["good", "too"]);
  });

  it("takes no table along that this version of the app does not have", async () => {
    const { server, device, landed } = await refused();
    const { notes: _notYet, ...others } = tables;
    const back = await device.restart({ server, registry: { ...registry, tables: others } });
    await back.sync.start();
    await back.sync.edit(await issueOf(back, "projects"), { name: "good" });
    await settle();
    expect(landed()).toEqual([]);
    const again = await back.restart({ server, registry });
    await again.sync.start();
    await again.sync.retryAll();
    await settle();
    expect(landed()).toEqual(["good", "with it", "too"]);
  });
});

describe("I1: a group with a conflict", () => {
  async function conflict() {
    const phone = await startPhone();
    const { server, device } = phone;
    server.write("documents", "d1", { title: "base", body: null });
    await settle();
    device.setOnline(false);
    await device.sync.batch(({ documents, tasks }) => {
      documents.update("d1", { title: "mine" });
      tasks.create({ text: "with it" });
    });
    server.write("documents", "d1", { title: "theirs" });
    device.setOnline(true);
    await settle();
    expect(await queue(device)).toEqual([
      ["documents", "conflict", null],
      ["tasks", "failed", "group"],
    ]);
    return phone;
  }

  it.each([
    ["mine", "mine"],
    [{ title: "both" }, "both"],
    ["theirs", "theirs"],
  ] as const)("goes out whole when it is resolved to %j", async (chosen, title) => {
    const { device, landed } = await conflict();
    await device.sync.resolve(await issueOf(device, "documents"), chosen);
    await settle();
    expect(landed()).toEqual(["with it", title]);
    expect(await device.ops()).toEqual([]);
  });

  it("waits for a person, whatever else is retried", async () => {
    const { device, landed } = await conflict();
    await device.sync.retryAll();
    await settle();
    expect(await queue(device)).toEqual([
      ["documents", "conflict", null],
      ["tasks", "waiting", null],
    ]);
    expect(landed()).toEqual(["theirs"]);
  });
});

describe("I1: a group of which an update of the app takes something away", () => {
  const updated = (upgrade: Upgrade["tables"], gone: readonly string[] = []) => ({
    ...registry,
    schemaVersion: 2,
    upgrades: opUpgrades([{ from: 1, to: 2, tables: upgrade }], 2),
    tables: Object.fromEntries(Object.entries(tables).filter(([name]) => !gone.includes(name))),
  });
  const withoutLow = { tasks: { fields: { priority: { choices: ["normal", "high"] } } } };
  const withoutNotes = { notes: { removed: true as const } };

  async function waiting() {
    const phone = await startPhone();
    phone.device.setOnline(false);
    await phone.device.sync.batch(({ projects, tasks, notes }) => {
      projects.create({ name: "a" });
      tasks.create({ text: "b", priority: "low" });
      notes.create({ body: "c" });
    });
    return phone;
  }

  it("waits until that is corrected", async () => {
    const { server, device, landed } = await waiting();
    const again = await device.restart({ server, registry: updated(withoutLow), online: true });
    await again.sync.start();
    await settle();
    expect(landed()).toEqual([]);
    await again.sync.edit(await issueOf(again, "tasks"), { priority: "high" });
    await settle();
    expect(landed()).toEqual(["a", "b", "c"]);
  });

  it("waits until that is given up, where its table is gone", async () => {
    const { server, device, landed } = await waiting();
    const next = updated(withoutNotes, ["notes"]);
    const again = await device.restart({ server, registry: next, online: true });
    await again.sync.start();
    await settle();
    expect(landed()).toEqual([]);
    await again.sync.discard(await issueOf(again, "notes"));
    await settle();
    expect(landed()).toEqual(["a", "b"]);
    expect(await again.ops()).toEqual([]);
  });

  it.each(["network", "lost"] as const)(
    "I2: waits also when it was in flight (%s), and takes effect once",
    async (fault) => {
      const { server, device, landed } = await waiting();
      server.faults.push.push(fault);
      device.setOnline(true);
      await settle();
      const before = Object.keys(server.rows("projects"));
      const next = updated(withoutNotes, ["notes"]);
      const again = await device.restart({ server, registry: next, online: true });
      await again.sync.start();
      await again.sync.table("tasks").create({ text: "other" });
      await settle();
      expect(Object.keys(server.rows("projects"))).toEqual(before);
      const stamps = before.map((id) => server.row("projects", id)?.stamp);
      await again.sync.discard(await issueOf(again, "notes"));
      await again.time.pass(60_000);
      expect(landed().sort()).toEqual(
        fault === "lost" ? ["a", "b", "c", "other"] : ["a", "b", "other"],
      );
      expect(before.map((id) => server.row("projects", id)?.stamp)).toEqual(stamps);
      expect(await again.ops()).toEqual([]);
    },
  );
});
