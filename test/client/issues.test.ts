import { describe, expect, it } from "vitest";
import { limits } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { settle, startDevice } from "./world";

async function failingDevice() {
  const server = createFakeServer();
  server.invalid = (op) => op.fields.text === "bad" || op.fields.name === "bad";
  const device = await startDevice({ server });
  return { server, device };
}

describe("a failed op", () => {
  it("is retried as it is, once what was in its way is gone", async () => {
    const { server, device } = await failingDevice();
    const { clientId, settled } = await device.sync.table("tasks").create({ text: "bad" });
    expect(await settled).toMatchObject({ outcome: "rejected", code: "invalid" });
    await settle();
    expect((await device.row("tasks", clientId))?.syncStatus).toBe("failed");
    server.invalid = () => false;
    const [issue] = await device.sync.issues();
    await device.sync.retry(issue?.opId ?? "");
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "bad" });
    expect(await device.row("tasks", clientId)).toMatchObject({ syncStatus: "synced" });
  });

  it("corrected, has been edited now in what was corrected, and then in the rest", async () => {
    const server = createFakeServer();
    server.invalid = (op) => op.fields.title === "bad";
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("pages").create({ title: "a" });
    await settle();
    await device.sync.table("pages").update(clientId, { title: "bad", body: "b" });
    await settle();
    const [failed] = await device.ops();
    device.setOnline(false);
    await device.time.pass(60_000);
    await device.sync.edit(failed?.opId ?? "", { title: "good" });
    const [waiting] = await device.ops();
    expect(waiting?.clocks).toEqual({ title: waiting?.edited, body: failed?.clocks?.["body"] });
  });

  it("joins, when it waits again, what was written to the row since", async () => {
    const { server, device } = await failingDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "bad" });
    await settle();
    const since = await device.sync.table("tasks").update(clientId, { text: "good", done: true });
    await settle();
    expect((await device.ops()).map(({ state }) => state)).toEqual(["failed", "waiting"]);
    await device.sync.retryAll();
    await settle();
    expect(await since.settled).toMatchObject({ outcome: "merged-away" });
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "good", done: true });
    expect(await device.ops()).toEqual([]);
  });

  it("with edits of a batch behind it goes out before them", async () => {
    const { server, device } = await failingDevice();
    const { clientId } = await device.sync.table("projects").create({ name: "bad" });
    await settle();
    await device.sync.batch(({ projects, tasks }) => {
      projects.update(clientId, { name: "batch" });
      tasks.create({ text: "a", project: clientId });
    });
    await device.sync.table("projects").update(clientId, { name: "last" });
    const [issue] = await device.sync.issues();
    await device.sync.edit(issue?.opId ?? "", { name: "first" });
    await settle();
    expect(server.rows("projects")[clientId]).toEqual({ name: "last" });
    expect(await device.ops()).toEqual([]);
    expect(device.sync.getStatus()).toMatchObject({ pendingCount: 0, failedCount: 0 });
  });

  it("takes other values, checked as any write", async () => {
    const { server, device } = await failingDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "bad" });
    await settle();
    const [issue] = await device.sync.issues();
    const opId = issue?.opId ?? "";
    await expect(device.sync.edit(opId, { text: 7 })).rejects.toMatchObject({
      code: "invalid-value",
      field: "tasks.text",
    });
    await device.sync.edit(opId, { text: "good" });
    expect((await device.row("tasks", clientId))?.fields.text).toBe("good");
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "good" });
  });

  it("of a deletion takes no values; of any write none that are too large", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const kept = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    server.invalid = () => true;
    await device.sync.table("tasks").remove(kept.clientId);
    await device.sync.table("tasks").create({ text: "b" });
    await settle();
    const [deletion, creation] = await device.sync.issues();
    await expect(device.sync.edit(deletion?.opId ?? "", { text: "c" })).rejects.toMatchObject({
      code: "not-allowed",
    });
    await expect(
      device.sync.edit(creation?.opId ?? "", { text: "x".repeat(limits.rowBytes) }),
    ).rejects.toMatchObject({ code: "invalid-value" });
    expect((await device.ops()).map(({ fields }) => fields.text)).toEqual([undefined, "b"]);
  });

  it("I9: keeps the natural key that its row's id was made of", async () => {
    const { server, device } = await failingDevice();
    server.invalid = ({ fields }) => fields.emoji === "bad";
    await device.sync.table("reactions").create({ message: "m1", emoji: "bad" });
    await settle();
    const [issue] = await device.sync.issues();
    const opId = issue?.opId ?? "";
    await expect(device.sync.edit(opId, { message: "m2" })).rejects.toMatchObject({
      code: "not-allowed",
      field: "reactions.message",
    });
    await device.sync.edit(opId, { message: "m1", emoji: "good" });
    await settle();
    expect(Object.values(server.rows("reactions"))).toEqual([{ message: "m1", emoji: "good" }]);
  });

  it("discarded: a row that the server never had goes, with everything written to it", async () => {
    const { device } = await failingDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "bad" });
    await settle();
    const later = await device.sync.table("tasks").update(clientId, { done: true });
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    expect(await later.settled).toMatchObject({ outcome: "discarded" });
    expect(await device.row("tasks", clientId)).toBeNull();
    expect(await device.ops()).toEqual([]);
  });

  it("discarded: the row is the server's again, under what else is pending", async () => {
    const { server, device } = await failingDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "one" });
    await settle();
    const synced = await device.row("tasks", clientId);
    device.time.now += 60_000;
    await device.sync.table("tasks").update(clientId, { text: "bad" });
    await settle();
    const [issue] = await device.sync.issues();
    await device.sync.discard(issue?.opId ?? "");
    expect(await device.row("tasks", clientId)).toEqual(synced);
    expect(server.rows("tasks")[clientId]).toMatchObject({ text: "one" });
  });

  it("a deletion behind an answer, discarded: the row is as the server has it", async () => {
    const { server, device } = await failingDevice();
    const { clientId } = await device.sync.table("tasks").create({ text: "a" });
    await settle();
    const before = await device.row("tasks", clientId);
    server.faults.push.push("hang");
    await device.sync.table("tasks").update(clientId, { text: "b" });
    await settle();
    await device.sync.table("tasks").remove(clientId);
    server.poison = (op) => op.kind === "delete";
    // A pull would bring the row again.
    server.faults.pull.push(...Array.from({ length: 100 }, () => "server" as const));
    await device.time.pass(120_000);
    const [deletion] = await device.ops();
    await device.sync.discard(deletion?.opId ?? "");
    expect(await device.row("tasks", clientId)).toMatchObject({
      serverId: before?.serverId,
      createdAt: before?.createdAt,
      fields: { text: "b" },
    });
  });

  it("that is being sent cannot be discarded; one that waits can", async () => {
    const { server, device } = await failingDevice();
    server.faults.push.push("lost");
    await device.sync.table("tasks").create({ text: "a" });
    await settle();
    const waiting = await device.sync.table("notes").create({ body: "a" });
    const [sealed, second] = await device.ops();
    await expect(device.sync.discard(sealed?.opId ?? "")).rejects.toMatchObject({
      code: "not-allowed",
    });
    await device.sync.discard(second?.opId ?? "");
    expect(await waiting.settled).toMatchObject({ outcome: "discarded" });
    expect(await device.row("notes", waiting.clientId)).toBeNull();
    await expect(device.sync.discard("nobody")).rejects.toMatchObject({ code: "not-found" });
  });

  it("I3: is in the export, with everything that is needed to write it again", async () => {
    const { device } = await failingDevice();
    await device.sync.table("tasks").create({ text: "bad" });
    await settle();
    const exported = JSON.parse(await device.sync.export()) as unknown;
    expect(exported).toMatchObject({
      userId: "user",
      ops: [
        {
          table: "tasks",
          kind: "create",
          state: "failed",
          code: "invalid",
          fields: { text: "bad" },
        },
      ],
    });
  });

  it("is counted for its table while it waits", async () => {
    const { device } = await failingDevice();
    device.setOnline(false);
    await device.sync.table("tasks").create({ text: "a" });
    expect(await device.sync.pendingCount("tasks")).toBe(1);
    expect(await device.sync.pendingCount("notes")).toBe(0);
  });
});

describe("manual", () => {
  async function conflict(theirs: { title: string } | null = { title: "theirs" }) {
    const server = createFakeServer();
    server.write("documents", "d1", { title: "base", body: "body" });
    const device = await startDevice({ server });
    device.setOnline(false);
    const { settled } = await device.sync.table("documents").update("d1", { title: "mine" });
    server.write("documents", "d1", theirs);
    device.setOnline(true);
    await settle();
    const [issue] = await device.sync.issues();
    return { server, device, settled, issue, opId: issue?.opId ?? "" };
  }

  it("I3: keeps base, mine and theirs until somebody chooses; the device shows mine", async () => {
    const { server, device, settled, issue } = await conflict();
    expect(await settled).toMatchObject({ outcome: "conflict" });
    expect(issue).toMatchObject({
      state: "conflict",
      base: { title: "base", body: "body" },
      mine: { title: "mine" },
      theirs: { title: "theirs", body: "body" },
    });
    expect(await device.row("documents", "d1")).toMatchObject({
      syncStatus: "conflict",
      fields: { title: "mine" },
    });
    expect(server.rows("documents").d1).toMatchObject({ title: "theirs" });
    expect(device.sync.getStatus()).toMatchObject({ conflictCount: 1, pendingCount: 0 });
  });

  it.each([
    ["mine", "mine"],
    ["theirs", "theirs"],
    ["both", { title: "mine and theirs" }],
  ] as const)("resolved to %s, all sides agree", async (_name, chosen) => {
    const { server, device, opId } = await conflict();
    await device.sync.resolve(opId, chosen);
    await settle();
    const title = typeof chosen === "string" ? chosen : chosen.title;
    expect(server.rows("documents").d1).toEqual({ title, body: "body" });
    expect(await device.row("documents", "d1")).toMatchObject({
      syncStatus: "synced",
      fields: { title },
    });
    expect(await device.ops()).toEqual([]);
  });

  it.each([
    [{ title: 42 }, { code: "invalid-value", field: "documents.title" }],
    [{ nope: "x" }, { code: "invalid-value", field: "documents.nope" }],
    [{ body: "x".repeat(limits.rowBytes) }, { code: "invalid-value" }],
  ])("I19: a choice is checked as any write", async (chosen, refused) => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("documents").create({ title: "a" });
    await settle();
    device.setOnline(false);
    await device.sync.table("documents").update(clientId, { title: "mine" });
    server.write("documents", clientId, { title: "theirs" });
    device.setOnline(true);
    await settle();
    const [issue] = await device.sync.issues();
    const opId = issue?.opId ?? "";
    await expect(device.sync.resolve(opId, chosen)).rejects.toMatchObject(refused);
    expect((await device.sync.issues()).map((left) => left.opId)).toEqual([opId]);
    await device.sync.resolve(opId, {});
    expect([await device.ops(), await device.rows("documents")]).toEqual([
      [],
      server.rows("documents"),
    ]);
  });

  it("what arrives meanwhile is what the choice is an edit of", async () => {
    const { server, device, opId } = await conflict();
    server.write("documents", "d1", { body: "newer" });
    await settle();
    expect((await device.sync.issues())[0]?.theirs).toEqual({ title: "theirs", body: "newer" });
    await device.sync.resolve(opId, "mine");
    await settle();
    expect(server.rows("documents").d1).toEqual({ title: "mine", body: "newer" });
  });

  it.each(["mine", { title: "both" }] as const)(
    "I3: %j does not overwrite what came after it was decided on",
    async (chosen) => {
      const { server, device, issue } = await conflict();
      if (!issue) throw new Error("no conflict");
      server.write("documents", "d1", { title: "newer" });
      await settle();
      const outdated = { code: "outdated" };
      await expect(device.sync.resolve(issue, chosen)).rejects.toMatchObject(outdated);
      expect(server.rows("documents").d1).toMatchObject({ title: "newer" });
      const [shownNow] = await device.sync.issues();
      await device.sync.resolve(shownNow ?? issue, chosen);
      await settle();
      const title = typeof chosen === "string" ? chosen : chosen.title;
      expect(server.rows("documents").d1).toMatchObject({ title });
    },
  );

  it("what has changed elsewhere in the row, or is kept anyway, outdates no choice", async () => {
    const { server, device, issue } = await conflict();
    if (!issue) throw new Error("no conflict");
    server.write("documents", "d1", { body: "newer" });
    await settle();
    await device.sync.resolve(issue, "mine");
    await settle();
    expect(server.rows("documents").d1).toEqual({ title: "mine", body: "newer" });

    const other = await conflict();
    if (!other.issue) throw new Error("no conflict");
    other.server.write("documents", "d1", { title: "newer" });
    await settle();
    await other.device.sync.resolve(other.issue, "theirs");
    expect((await other.device.row("documents", "d1"))?.fields.title).toBe("newer");
  });

  it("I3: a row is not deleted for what somebody has not seen of it", async () => {
    const server = createFakeServer();
    server.write("documents", "d1", { title: "base", body: null });
    const device = await startDevice({ server });
    device.setOnline(false);
    await device.sync.table("documents").remove("d1");
    server.write("documents", "d1", { title: "theirs" });
    device.setOnline(true);
    await settle();
    const [issue] = await device.sync.issues();
    if (!issue) throw new Error("no conflict");
    server.write("documents", "d1", { body: "newer" });
    await settle();
    const outdated = { code: "outdated" };
    await expect(device.sync.resolve(issue, "mine")).rejects.toMatchObject(outdated);
  });

  it("I3: a row that is gone meanwhile is not brought back unasked", async () => {
    const { server, device, issue } = await conflict();
    if (!issue) throw new Error("no conflict");
    server.write("documents", "d1", null);
    await settle();
    const outdated = { code: "outdated" };
    await expect(device.sync.resolve(issue, "mine")).rejects.toMatchObject(outdated);
  });

  it("a deletion on the server is a conflict too, and mine brings the row back whole", async () => {
    const { server, device, issue, opId } = await conflict(null);
    expect(issue?.theirs).toBeNull();
    await device.sync.resolve(opId, "mine");
    await settle();
    expect(server.rows("documents").d1).toEqual({ title: "mine", body: "body" });
    expect(await device.ops()).toEqual([]);
  });
});
