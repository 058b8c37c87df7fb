import { writeFileSync } from "node:fs";
import { Database } from "../standins/nodeSqlite.mjs";
import { anyTable } from "../client/anyTable";
import { createFakeServer } from "../client/fakeServer";
import { createDevice, settle } from "../client/world";
import { deployVersion, generateVersion } from "./versions";

/**
 * Records the database of a phone that runs the first of `versions`, offline with work of every kind that the second
 * version has to translate. Run it (`npx tsx test/evolution/recordVersions.ts`) only for a version that was never
 * recorded: what is recorded is what phones in the field hold, and does not change when the engine does.
 */
const version = await generateVersion(1, "record");
const server = deployVersion(version);
const row = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const list = row("0a");
const todo = { level: "high", color: "red", note: "n", list };
const upsert = (name: string, clientId: string, fields: object) =>
  server.call("mutation", name, { clientId, fields });
await upsert("upsertList", list, { name: "home" });
for (const last of ["01", "02", "03", "04"])
  await upsert("upsertTodo", row(last), { ...todo, title: `todo ${last}` });

const { registry, migrations } = version;
const device = await createDevice({
  // Replaced by the deployment.
  server: createFakeServer(registry),
  registry,
  migrations,
  account: server.userId,
  ports: { backend: server.connect(registry) },
});
await device.sync.start();
for (let round = 0; round < 10; round += 1) await settle();
await device.sync.syncNow();
device.setOnline(false);

const table = (name: string) => anyTable(device, name);
await table("todos").update(row("01"), { color: "blue" });
await table("todos").update(row("02"), { title: "renamed", color: "blue" });
await table("todos").update(row("03"), { level: "middle" });
await table("todos").remove(row("04"));
await table("todos").create({
  title: "removed choice",
  level: "middle",
  color: "red",
  note: "n",
  list,
});
await table("todos").create({ title: "old default", color: "red", note: "n", list });
await table("places").create({ name: "of a removed table" });

const file = new Database(device.file());
const tables = ["places", "lists", "todos", "sync_queue", "sync_metadata"];
const dump = Object.fromEntries(
  tables.map((name) => [name, file.prepare(`SELECT * FROM "${name}"`).all()]),
);
writeFileSync(
  new URL("queues/versions.v1.json", import.meta.url),
  `${JSON.stringify(dump, null, 2)}\n`,
);
await device.sync.dispose();
