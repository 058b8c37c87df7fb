import { cpSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Database } from "../standins/nodeSqlite.mjs";
import { generate } from "../../src/generate";
import type { Migrations } from "../../templates/client/db/database";
import type { Registry } from "../../templates/client/sync/registry";
import { anyTable } from "../client/anyTable";
import { createFakeServer } from "../client/fakeServer";
import { createDevice, settle } from "../client/world";

/**
 * Records the database of a phone that runs the first version of a golden project and has work in every state. Run it
 * (`npx tsx test/evolution/record.ts`) only for a schema version that was never recorded: what is recorded is what
 * phones in the field hold, and does not change when the engine does.
 */
const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../..");
const root = join(repository, ".test-output/evolution/todos");
rmSync(root, { recursive: true, force: true });
cpSync(join(repository, "test/golden/cases/rename/v1"), root, { recursive: true });
const { status, model } = await generate({ root });
if (status !== "changed" || model === null) throw new Error(`generate: ${status}`);
const { writeGeneratedApi } = await import("../golden/generatedApi");
writeGeneratedApi(join(root, model.server.out));

const load = (path: string) => import(pathToFileURL(join(root, path)).href);
const { registry } = (await load("src/sync/TableRegistry.ts")) as { registry: Registry };
const { migrations } = (await load("src/db/migrations/migrations.ts")) as {
  migrations: Migrations;
};

const server = createFakeServer(registry);
server.write("lists", "01900000-0000-7000-8000-00000000000a", { name: "home" });
server.write("todos", "01900000-0000-7000-8000-000000000001", {
  title: "buy milk",
  urgency: "high",
  list: "01900000-0000-7000-8000-00000000000a",
});
server.write("todos", "01900000-0000-7000-8000-000000000002", {
  title: "sell milk",
  urgency: "low",
  list: null,
});
server.invalid = (op) => op.fields["title"] === "refused";
const device = await createDevice({ server, registry, migrations });
await device.sync.start();
await settle();

const table = (name: string) => anyTable(device, name);
await table("todos").create({ title: "refused" });
await settle();
server.faults.push.push("lost");
await table("todos").create({ title: "lost answer", urgency: "high" });
await settle();
device.setOnline(false);
const list = await table("lists").create({ name: "work" });
await table("todos").create({ title: "new", urgency: "extreme", list: list.clientId });
await table("todos").update("01900000-0000-7000-8000-000000000001", {
  title: "buy oat milk",
  urgency: "low",
});
await table("todos").remove("01900000-0000-7000-8000-000000000002");

const file = new Database(device.file());
const tables = ["lists", "todos", "sync_queue", "sync_metadata"];
const dump = Object.fromEntries(
  tables.map((name) => [name, file.prepare(`SELECT * FROM "${name}"`).all()]),
);
writeFileSync(join(here, "queues/todos.v1.json"), `${JSON.stringify(dump, null, 2)}\n`);
await device.sync.dispose();
