import { readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { migrate } from "../../templates/client/db/migrate";
import { createFakeServer } from "../client/fakeServer";
import { createDevice, settle, type Device } from "../client/world";
import { createBetterSqliteDriver } from "../standins/betterSqliteDriver";
import { Database } from "../standins/nodeSqlite.mjs";
import { deployVersion, generateVersion, type Deployment, type Version } from "./versions";

// Phones in the field hold what `queues` holds (see `recordVersions.ts`).
type Row = Record<string, string | number | null>;
const recorded = JSON.parse(
  readFileSync(new URL("queues/versions.v1.json", import.meta.url), "utf8"),
) as Record<string, readonly Row[]>;

const row = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const list = row("0a");
/** Shortly before the phone was recorded, by its clock. */
const before = 1_699_999_000_000;

let v1: Version;
let v2: Version;

beforeAll(async () => {
  [v1, v2] = await Promise.all([generateVersion(1, "recorded"), generateVersion(2, "recorded")]);
}, 120_000);
beforeEach(() => {
  vi.useFakeTimers({ now: before, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The recorded database, as version 1 of the app left it. */
async function recordedFile(): Promise<Buffer> {
  const database = new Database(":memory:");
  await migrate(createBetterSqliteDriver(database), v1.migrations);
  for (const [table, rows] of Object.entries(recorded))
    for (const values of rows) {
      const columns = Object.keys(values);
      const names = columns.map((name) => `"${name}"`).join(", ");
      const places = columns.map(() => "?").join(", ");
      database
        .prepare(`INSERT INTO "${table}" (${names}) VALUES (${places})`)
        .run(...Object.values(values));
    }
  return database.serialize();
}

/** The server of version 2, with the rows that the phone had. */
async function updatedServer(): Promise<Deployment> {
  const server = deployVersion(v2);
  const upsert = (name: string, clientId: string, fields: object) =>
    server.call("mutation", name, { clientId, fields });
  await upsert("upsertList", list, { name: "home" });
  for (const last of ["01", "02", "03", "04"])
    await upsert("upsertTask", row(last), {
      text: `todo ${last}`,
      level: "high",
      note: "n",
      list,
      stars: 7,
    });
  return server;
}

async function phone(app: Version, server: Deployment, file?: Buffer): Promise<Device> {
  const { registry, migrations } = app;
  const device = await createDevice({
    // Replaced by the deployment.
    server: createFakeServer(registry),
    registry,
    migrations,
    account: server.userId,
    ports: { backend: server.connect(registry) },
    ...(file === undefined ? {} : { file }),
  });
  await device.sync.start();
  for (let round = 0; round < 10; round += 1) await settle();
  await device.sync.syncNow();
  return device;
}

describe.each([
  ["that was updated to version 2 (D7)", () => v2],
  ["that still runs version 1 (D8)", () => v1],
])(
  "I20: the recorded queue of version 1, on a phone %s, against the server of version 2",
  (...[, app]) => {
    it("a dropped field, a removed choice, a removed table are rejected and shown; the rest is there", async () => {
      const server = await updatedServer();
      const device = await phone(app(), server, await recordedFile());

      const issues = await device.sync.issues();
      expect(issues.map(({ kind, code, mine }) => [kind, code, mine])).toEqual([
        ["update", "unknown-field", { color: "blue" }],
        ["update", "invalid", { level: "middle" }],
        ["create", "invalid", expect.objectContaining({ level: "middle" })],
        ["create", "unknown-table", { name: "of a removed table" }],
      ]);
      expect(device.sync.getStatus()).toMatchObject({
        phase: "idle",
        pendingCount: 0,
        failedCount: 4,
      });
      const today = await phone(v2, server);
      const kept = { level: "high", note: "n", done: false, list, stars: 7 };
      const rows = await today.rows("tasks");
      expect(rows).toMatchObject({
        [row("01")]: { ...kept, text: "todo 01" },
        [row("02")]: { ...kept, text: "renamed" },
        [row("03")]: { ...kept, text: "todo 03" },
      });
      expect(rows[row("04")]).toBeUndefined();
      // The default of its time, which is another one today; and today's for a field that it did not know.
      const made = Object.entries(rows).filter(([clientId]) => !clientId.startsWith(row("")));
      expect(made.map(([, fields]) => fields)).toEqual([
        { text: "old default", level: "low", note: "n", done: false, list, stars: 3 },
      ]);
    });

    it("what was rejected can be corrected and is taken then", async () => {
      const server = await updatedServer();
      const device = await phone(app(), server, await recordedFile());
      const odd = (await device.sync.issues()).find(
        ({ kind, code }) => kind === "create" && code === "invalid",
      );
      await device.sync.edit(odd?.opId ?? "", { level: "low" });
      await device.sync.syncNow();

      expect((await device.sync.issues()).length).toBe(3);
      const today = await phone(v2, server);
      expect((await today.rows("tasks"))[odd?.clientId ?? ""]).toMatchObject({
        text: "removed choice",
        level: "low",
      });
    });
  },
);
