import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Database } from "../standins/nodeSqlite.mjs";
import { convexTest } from "convex-test";
import { makeFunctionReference, type GenericSchema, type SchemaDefinition } from "convex/server";
import { beforeAll, describe, expect, it } from "vitest";
import type { Migrations } from "../../templates/client/db/database";
import { migrate } from "../../templates/client/db/migrate";
import type { StoredOp } from "../../templates/client/sync/ports";
import type { Registry } from "../../templates/client/sync/registry";
import { toWire } from "../../templates/client/sync/SyncQueue";
import { hashOps } from "../../templates/shared/hash";
import type { PullReply, PushReply } from "../../templates/shared/protocol";
import { createFakeServer } from "../client/fakeServer";
import { createDevice, settle, type Device } from "../client/world";
import { completeProject, runCase } from "../golden/goldenProject";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";

// Phones in the field hold what `queues` holds (see `record.ts`); here the app is updated under them.
type Row = Record<string, string | number | null>;
const recorded = JSON.parse(
  readFileSync(new URL("queues/todos.v1.json", import.meta.url), "utf8"),
) as Record<string, readonly Row[]>;

const [home, milk, sold] = [
  "01900000-0000-7000-8000-00000000000a",
  "01900000-0000-7000-8000-000000000001",
  "01900000-0000-7000-8000-000000000002",
];

let registry: Registry;
let migrations: Migrations;
let folder: string;

beforeAll(async () => {
  const golden = await runCase("rename", "evolution");
  completeProject(golden);
  folder = golden.root;
  ({ registry } = await load<{ registry: Registry }>("src/sync/TableRegistry.ts"));
  ({ migrations } = await load<{ migrations: Migrations }>("src/db/migrations/migrations.ts"));
}, 60_000);

async function load<Module>(path: string): Promise<Module> {
  // What a file of ours exports, emitted a moment ago.
  return (await import(pathToFileURL(join(folder, path)).href)) as Module;
}

/** The recorded database, as the first version of the app left it. */
async function recordedFile(): Promise<Buffer> {
  const database = new Database(":memory:");
  const [first] = migrations.journal.entries;
  if (!first) throw new Error("There is no first migration.");
  await migrate(createBetterSqliteDriver(database), {
    ...migrations,
    journal: { entries: [first] },
  });
  for (const [table, rows] of Object.entries(recorded))
    for (const row of rows) {
      const columns = Object.keys(row);
      database
        .prepare(
          `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
        )
        .run(...Object.values(row));
    }
  return database.serialize();
}

/** The phone after the update, offline; and a server that was updated before. */
async function updatedPhone(): Promise<{
  device: Device;
  server: ReturnType<typeof createFakeServer>;
}> {
  const server = createFakeServer(registry);
  const place = { lat: 1, lng: 2 };
  server.write("lists", home, { name: "home" });
  server.write("tasks", milk, {
    text: "buy milk",
    priority: "high",
    list: home,
    dueAt: 7,
    place,
  });
  server.write("tasks", sold, {
    text: "sell milk",
    priority: "low",
    list: null,
    dueAt: null,
    place,
  });
  const file = await recordedFile();
  const device = await createDevice({ server, registry, migrations, file, online: false });
  await device.sync.start();
  return { device, server };
}

describe("I20 (D7): a recorded queue of version 1, after an update to version 2", () => {
  it("has every op, in the words of version 2, and shows the edits", async () => {
    const { device } = await updatedPhone();
    const ops = await device.ops();
    expect(ops.map(({ opId }) => opId)).toEqual(
      recorded["sync_queue"]?.map(({ opId }) => String(opId)),
    );
    expect(new Set(ops.map(({ schemaVersion }) => schemaVersion))).toEqual(new Set([2]));
    expect(ops.map(({ state, kind, table, fields }) => [state, kind, table, fields])).toEqual([
      ["failed", "create", "tasks", expect.objectContaining({ text: "refused", dueAt: null })],
      ["sealed", "create", "tasks", expect.objectContaining({ text: "lost answer" })],
      ["waiting", "create", "lists", { name: "work" }],
      [
        "waiting",
        "create",
        "tasks",
        expect.objectContaining({ text: "new", priority: "extreme", place: { lat: 0, lng: 0 } }),
      ],
      ["waiting", "update", "tasks", { text: "buy oat milk", priority: "low" }],
      ["waiting", "delete", "tasks", {}],
    ]);
    expect((await device.row("tasks", milk))?.fields).toMatchObject({
      text: "buy oat milk",
      priority: "low",
      dueAt: null,
    });
    expect(await device.row("tasks", sold)).toBeNull();
  });

  it("is sent, and the phone has what the server has, also in the new columns (D9)", async () => {
    const { device, server } = await updatedPhone();
    device.setOnline(true);
    await settle();
    await device.time.pass(60_000);
    const texts = Object.values(server.rows("tasks")).map(({ text }) => text);
    expect(texts.sort()).toEqual(["buy oat milk", "lost answer", "new"]);
    expect(server.rows("tasks")[milk]).toMatchObject({ dueAt: 7, place: { lat: 1, lng: 2 } });
    expect(await device.ops()).toMatchObject([{ state: "failed", code: "invalid" }]);
    const [refused] = await device.ops();
    const { [refused?.clientId ?? ""]: shown, ...synced } = await device.rows("tasks");
    expect(shown).toMatchObject({ text: "refused" });
    expect(synced).toEqual(server.rows("tasks"));
    expect(await device.rows("lists")).toEqual(server.rows("lists"));
  });

  it("keeps what had failed: it can be corrected and sent in version 2", async () => {
    const { device, server } = await updatedPhone();
    const [issue] = await device.sync.issues();
    expect(issue).toMatchObject({ table: "tasks", mine: { text: "refused" } });
    await device.sync.edit(issue?.opId ?? "", { text: "accepted", dueAt: 5 });
    device.setOnline(true);
    await settle();
    await device.time.pass(60_000);
    expect(server.rows("tasks")[issue?.clientId ?? ""]).toMatchObject({
      text: "accepted",
      dueAt: 5,
    });
    expect(await device.ops()).toEqual([]);
  });
});

describe("I20 (D8): an app of version 1 against the emitted server of version 2", () => {
  it("sends its queue as it is, and every op is translated or visibly rejected", async () => {
    const user = {
      subject: "ada",
      issuer: "https://issuer",
      tokenIdentifier: "https://issuer|ada",
    };
    const { default: schema } = await load<{ default: SchemaDefinition<GenericSchema, boolean> }>(
      "convex/schema.ts",
    );
    const deployment = convexTest({
      schema,
      modules: {
        "./convex/_generated/api.js": () => load("convex/_generated/api.js"),
        "./convex/sync.ts": () => load("convex/sync.ts"),
      },
    }).withIdentity(user);
    const database = new Database(await recordedFile());
    const stored = database.prepare(`SELECT * FROM "sync_queue" ORDER BY "seq"`).all() as Row[];
    const ops = stored.map((row) => wireOf(row));
    const reply = (await deployment.mutation(makeFunctionReference<"mutation">("sync:push"), {
      deviceId: String(
        database.prepare(`SELECT value FROM sync_metadata WHERE key = 'deviceId'`).pluck().get(),
      ),
      batchSeq: 1,
      batchHash: hashOps(ops),
      schemaVersion: 1,
      ops,
    })) as PushReply;
    if (reply.status !== "ok") throw new Error(JSON.stringify(reply));
    expect(reply.results.map(({ code, outcome }) => code ?? outcome)).toEqual([
      "applied",
      "applied",
      "applied",
      "applied",
      // The server of this test never had the rows that the recorded phone had pulled.
      "missing-reference",
      "applied",
    ]);
    const page = (await deployment.query(
      makeFunctionReference<"query">("sync:getAllTasksForUser"),
      {
        cursor: null,
      },
    )) as PullReply;
    const rows = page.status === "ok" ? page.rows : [];
    expect(rows.map(({ fields }) => fields["text"]).sort()).toEqual([
      "lost answer",
      "new",
      "refused",
    ]);
    for (const { fields } of rows)
      expect(fields).toMatchObject({ dueAt: null, place: { lat: 0, lng: 0 } });
  });
});

function wireOf(row: Row) {
  const parse = (name: string): unknown =>
    row[name] === null || row[name] === undefined ? null : JSON.parse(String(row[name]));
  // The columns of the queue, decoded as the store does.
  return toWire({
    ...row,
    table: row["tableName"],
    group: row["groupId"],
    fields: parse("fields"),
    base: parse("base"),
    clocks: parse("clocks"),
    carriedBy: parse("carriedBy"),
  } as unknown as StoredOp);
}
