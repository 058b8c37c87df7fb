import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { receive } from "../../templates/client/sync/answers";
import { counter } from "../../templates/shared/combine";
import type { ServerState } from "../../templates/client/sync/ports";
import { recordSeen } from "../../templates/client/sync/recordSeen";
import type { TableDefinition } from "../../templates/client/sync/registry";
import { show, type RowState } from "../../templates/client/sync/rowState";
import type { SeenRow, ShownRow } from "../../templates/client/sync/shownRow";
import { recordWrite, type Write } from "../../templates/client/sync/SyncQueue";
import type { Policy } from "../../templates/shared/policy";
import { fieldMerge } from "../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../templates/shared/policies/lastWriteWins";
import { manual } from "../../templates/shared/policies/manual";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { serverWins } from "../../templates/shared/policies/serverWins";
import { saysTheSame } from "../../templates/shared/decision";
import { createFakeServer } from "./fakeServer";
import { registry as fixture, tables } from "./fixture/registry";
import { settle, startDevice, type Device } from "./world";

/** `tasks` with a counter. */
const tasks = {
  ...tables.tasks,
  rules: {
    ...tables.tasks.rules,
    fields: {
      ...tables.tasks.rules.fields,
      weight: { kind: "real", optional: true, merge: counter },
    },
  },
} as typeof tables.tasks;
const registry = { ...fixture, tables: { ...tables, tasks } };

/** The row as a hook gives it. */
async function shown(device: Device, table: string, clientId: string): Promise<ShownRow> {
  const row = await device.row(table, clientId);
  if (row === null) throw new Error("no row");
  return { ...row.fields, ...row };
}

async function taskOf(weight: number) {
  const server = createFakeServer(registry);
  const device = await startDevice({ server, registry });
  const { clientId } = await device.sync.table("tasks").create({ text: "a", weight });
  await settle();
  return { server, device, clientId, row: await shown(device, "tasks", clientId) };
}

describe("an edit of a row as it was shown", () => {
  it("two steps of a counter in one render count as two", async () => {
    const { server, device, clientId, row } = await taskOf(10);
    const plusOne = () => device.sync.table("tasks").update(row, { weight: 11 });
    await Promise.all([plusOne(), plusOne()]);
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ weight: 12 });
  });

  it("what others have counted since is kept", async () => {
    const { server, device, clientId, row } = await taskOf(10);
    server.write("tasks", clientId, { weight: 25 });
    await settle();
    await device.sync.table("tasks").update(row, { weight: 15 });
    expect((await device.row("tasks", clientId))?.fields.weight).toBe(30);
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ weight: 30 });
  });

  it("counts once more behind what this device has sent since", async () => {
    const { server, device, clientId, row } = await taskOf(10);
    server.faults.push.push("lost");
    await device.sync.table("tasks").update(row, { weight: 11 });
    await device.sync.batch((batch) => batch.tasks.update(row, { weight: 13 }));
    await device.time.pass(60_000);
    expect(server.rows("tasks")[clientId]).toMatchObject({ weight: 14 });
  });

  it("manual: what came since is a conflict, and nothing is overwritten", async () => {
    const server = createFakeServer();
    server.write("documents", "d", { title: "A", body: null });
    const device = await startDevice({ server });
    const row = await shown(device, "documents", "d");
    server.write("documents", "d", { title: "B", body: null });
    await settle();
    await device.sync.table("documents").update(row, { title: "A, edited" });
    await settle();
    expect(server.rows("documents").d).toMatchObject({ title: "B" });
    expect(await device.sync.issues()).toMatchObject([
      { state: "conflict", base: { title: "A" }, mine: { title: "A, edited" } },
    ]);
  });

  it("manual: removing what somebody has changed since is a conflict, too", async () => {
    const server = createFakeServer();
    server.write("documents", "d", { title: "A", body: null });
    const device = await startDevice({ server });
    const row = await shown(device, "documents", "d");
    server.write("documents", "d", { title: "B", body: null });
    await settle();
    await device.sync.batch((batch) => batch.documents.remove(row));
    await settle();
    expect(server.rows("documents").d).toMatchObject({ title: "B" });
    expect(device.sync.getStatus().conflictCount).toBe(1);
  });

  it("a row with columns missing is refused, because what it changes cannot be told", async () => {
    const { device, row } = await taskOf(10);
    const { weight: _, ...part } = row;
    await expect(device.sync.table("tasks").update(part, { weight: 11 })).rejects.toMatchObject({
      code: "invalid-value",
    });
    await expect(
      device.sync.table("tasks").remove({ clientId: row.clientId }),
    ).rejects.toMatchObject({ code: "invalid-value" });
  });

  it("is read when it is given, not later", async () => {
    const { server, device, clientId, row } = await taskOf(10);
    const given = { ...row };
    const updating = device.sync.table("tasks").update(given, { weight: 15 });
    Object.assign(given, { weight: 0 });
    await updating;
    await settle();
    expect(server.rows("tasks")[clientId]).toMatchObject({ weight: 15 });
  });
});

describe("whatever the policy", () => {
  const policies: readonly Policy[] = [
    serverWins,
    mobileWins,
    lastWriteWins,
    hlcWins,
    fieldMerge,
    manual,
  ];
  const fields = fc.record({
    text: fc.constantFrom("a", "b", "c"),
    done: fc.boolean(),
    priority: fc.constantFrom("low", "normal"),
    project: fc.constant(null),
    weight: fc.integer({ min: 0, max: 9 }),
    details: fc.constantFrom(null, { tags: ["x"] }),
  });
  const changes = fc.record(
    { text: fc.constantFrom("d", "e"), weight: fc.integer({ min: 0, max: 9 }) },
    { requiredKeys: [] },
  );

  it("I4, I10: an edit of what was shown before a pull is what it had been before the pull", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policies),
        fields,
        fc.option(fields),
        changes,
        fc.constantFrom("update" as const, "delete" as const),
        (policy, before, after, edit, kind) => {
          fc.pre(kind === "delete" || Object.keys(edit).length > 0);
          const table: TableDefinition = { ...tasks, policy };
          const seen = serverRow(before, 1);
          const now = serverRow(after ?? before, after === null ? 1 : 2);
          const write: Write = {
            opId: "op",
            kind,
            fields: kind === "delete" ? {} : edit,
            edited: "000000000000003-0000-device",
            group: null,
            userId: "user",
            schemaVersion: 1,
            now: 3,
          };
          const early = recordWrite(stateOf(table, seen), write).state;
          const late = recordSeen(stateOf(table, now), seen, write).state;
          const pulled = after === null ? early : receive(early, now);
          // What the server says again is nobody else's change, its counters aside: the write builds on its newest word.
          const isNews = after !== null && !saysTheSame(tasks.rules, after, before);
          const anew = recordWrite(stateOf(table, now), { ...write, seen: before }).state;
          expect(late).toEqual(isNews ? pulled : anew);
        },
      ),
    );
  });

  const serverRow = (values: SeenRow["fields"], stamp: number): SeenRow => ({
    fields: values,
    stamp: String(stamp).padStart(19, "0"),
    serverId: "server",
    userId: "user",
    createdAt: 1,
    updatedAt: stamp,
  });

  function stateOf(table: TableDefinition, server: ServerState): RowState {
    const empty: RowState = {
      table,
      clientId: "row",
      scopeId: null,
      isReadable: true,
      userId: "user",
      row: null,
      ops: [],
      recordedBefore: 0,
    };
    return show(empty, [], server);
  }
});
