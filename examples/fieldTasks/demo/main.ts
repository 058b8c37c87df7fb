import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import * as schema from "../src/db/schema";
import { openOffice } from "./office";
import { openPhone, type Phone } from "./phone";
import { bold, chapter, dim, green, printTable, say, yellow } from "./timeline";

const office = openOffice();
const { api } = office;

chapter(
  "1  The office creates a project and a task; two phones sync for the first time",
);
const harbour = await office.write(api.office.addProject, { name: "Harbour" });
const pump = await office.write(api.office.addTask, {
  text: "Inspect the pump",
  project: harbour,
});
say("office", "creates the project Harbour and the task “Inspect the pump”");
const anna = await openPhone("anna", office);
const ben = await openPhone("ben", office);
for (const phone of [anna, ben]) {
  await phone.sync.start();
  await phone.quiet();
  const { rows, tablesDone } = phone.sync.getStatus().initialSync;
  say(
    phone.name,
    `first sync: ${rows} rows of ${tablesDone} tables, in ${phone.name}.db`,
  );
}

chapter("2  Both phones lose the network, and everybody goes on working");
anna.setOnline(false);
ben.setOnline(false);
say("anna", yellow("offline"));
say("ben", yellow("offline"));

await anna.sync
  .table("tasks")
  .update(pump, { isCompleted: true, minutesSpent: 20 });
say("anna", "completes the task, 20 minutes spent");
await anna.sync
  .table("tasks")
  .update(pump, { text: "Pump inspected, seal replaced" });
say("anna", "rewords it: “Pump inspected, seal replaced”");
const filter = await anna.sync.table("tasks").create({
  text: "Order a new filter",
  project: harbour,
});
say("anna", "creates “Order a new filter”");
await ben.sync.table("tasks").update(pump, { minutesSpent: 15 });
say("ben", "works on the same task, 15 minutes spent");
await ben.sync.table("projects").update(harbour, { name: "Harbor" });
say("ben", "renames the project to “Harbor”");
await office.write(api.office.rewordTask, {
  clientId: pump,
  text: "Inspect the pump before Friday",
  priority: "high",
});
say(
  "office",
  "rewords the task: “Inspect the pump before Friday”, priority high",
);
await office.write(api.office.renameProject, {
  clientId: harbour,
  name: "Harbour North",
});
say("office", "renames the project to “Harbour North”");
say(
  "queues",
  dim(
    `anna ${anna.sync.getStatus().pendingCount} ops, ben ${ben.sync.getStatus().pendingCount} ops: one a row, not one an edit`,
  ),
);

chapter("3  The network comes back");
for (const phone of [anna, ben])
  phone.sync.on("sync.conflict:action:detected", ({ table, outcome }) =>
    say(phone.name, yellow(`conflict on ${table}: ${outcome}`)),
  );
ben.setOnline(true);
say("ben", green("online"));
await ben.quiet();
anna.link.losesNextAnswer = true;
anna.setOnline(true);
say(
  "anna",
  `${green("online")}, but the answer to her push gets lost; the phone sends the same batch again`,
);
await anna.quiet();
await ben.quiet();

chapter("4  Who won, and why");
const [task] = await rowsOf(anna, schema.tasks, pump);
const [project] = await rowsOf(anna, schema.projects, harbour);
printTable(
  ["field", "anna", "ben", "office", "result", "why"],
  [
    [
      "tasks.text",
      "Pump inspected, …",
      "",
      "Inspect … Friday",
      shorten(task?.["text"]),
      "mobile-wins: the phone's edit stands",
    ],
    [
      "tasks.priority",
      "",
      "",
      "high",
      shorten(task?.["priority"]),
      "nobody else changed it",
    ],
    [
      "tasks.isCompleted",
      "true",
      "",
      "",
      shorten(task?.["isCompleted"]),
      "nobody else changed it",
    ],
    [
      "tasks.minutesSpent",
      "+20",
      "+15",
      "",
      shorten(task?.["minutesSpent"]),
      "counter: both add up; the resent batch counted once",
    ],
    [
      "projects.name",
      "",
      "Harbor",
      "Harbour North",
      shorten(project?.["name"]),
      "server-wins: Ben's edit came late",
    ],
  ],
);
for (const issue of await ben.sync.issues()) {
  say(
    "ben",
    `is shown what was not taken: ${issue.table}.name “${String(issue.mine["name"])}”, the server has “${String(issue.theirs?.["name"])}”`,
  );
  await ben.sync.dismiss(issue.opId);
}

chapter("5  Two people describe the same thing: a person chooses");
const note = await anna.sync
  .table("notes")
  .create({ task: pump, body: "Seal was worn" });
await anna.quiet();
await ben.quiet();
anna.setOnline(false);
ben.setOnline(false);
await anna.sync
  .table("notes")
  .update(note.clientId, { body: "Seal was worn on the left side" });
await ben.sync
  .table("notes")
  .update(note.clientId, { body: "Seal and bearing were worn" });
ben.setOnline(true);
await ben.quiet();
anna.setOnline(true);
await anna.quiet();
for (const conflict of await anna.sync.issues()) {
  say(
    "anna",
    `sees both: “${String(conflict.mine["body"])}” and “${String(conflict.theirs?.["body"])}”`,
  );
  const both = { body: "Seal (left side) and bearing were worn" };
  await anna.sync.resolve(conflict.opId, both);
  say("anna", `writes: “${both.body}”`);
}
await anna.quiet();
await ben.quiet();

chapter("6  When all is quiet");
const places = [
  ["anna.db", await contents(anna)],
  ["ben.db", await contents(ben)],
  ["Convex", await serverContents()],
] as const;
printTable(
  ["where", "table", "row", "values"],
  places.flatMap(([place, tables]) =>
    Object.entries(tables).flatMap(([table, rows]) =>
      rows.map((row) => [
        place,
        table,
        String(row["clientId"]).slice(-6),
        describe(row),
      ]),
    ),
  ),
);
const [[, first], ...others] = places;
const converged = others.every(([, tables]) =>
  isDeepStrictEqual(tables, first),
);
const answered = (await filter.settled).outcome === "applied";
await anna.sync.dispose();
await ben.sync.dispose();
console.log(
  converged && answered
    ? `\n${bold(green("Converged:"))} both phones and the server hold the same rows.\n`
    : `\n${bold(yellow("Not converged."))}\n`,
);
process.exit(converged && answered ? 0 : 1);

type Row = Readonly<Record<string, unknown>>;
type Contents = Record<string, Row[]>;

async function rowsOf(
  phone: Phone,
  table: typeof schema.tasks | typeof schema.projects,
  clientId: string,
): Promise<Row[]> {
  return phone.database.drizzle
    .select()
    .from(table)
    .where(eq(table.clientId, clientId));
}

/** The synced values of a phone's rows, as its SQLite file has them. */
async function contents(phone: Phone): Promise<Contents> {
  const { drizzle } = phone.database;
  return comparable({
    projects: await drizzle.select().from(schema.projects),
    tasks: await drizzle.select().from(schema.tasks),
    notes: await drizzle.select().from(schema.notes),
  });
}

/** The same of the server's, asked as a device asks. */
async function serverContents(): Promise<Contents> {
  const page = { cursor: null };
  const pages = {
    projects: await office.query(api.sync.getAllProjectsForUser, page),
    tasks: await office.query(api.sync.getAllTasksForUser, page),
    notes: await office.query(api.sync.getAllNotesForUser, page),
  };
  return comparable(
    Object.fromEntries(
      Object.entries(pages).map(([table, reply]) => [
        table,
        reply.status === "ok"
          ? reply.rows.map(({ clientId, fields }) => ({ clientId, ...fields }))
          : [],
      ]),
    ),
  );
}

function comparable(tables: Record<string, readonly Row[]>): Contents {
  const own = new Set([
    "serverId",
    "userId",
    "createdAt",
    "updatedAt",
    "syncStatus",
    "changed",
  ]);
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows
        .map((row) =>
          Object.fromEntries(
            Object.entries(row)
              .filter(([name]) => !own.has(name))
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          ),
        )
        .sort((a, b) =>
          String(a["clientId"]) < String(b["clientId"]) ? -1 : 1,
        ),
    ]),
  );
}

function describe(row: Row): string {
  return Object.entries(row)
    .filter(([name, value]) => name !== "clientId" && value !== null)
    .map(([name, value]) => `${name}: ${shorten(value)}`)
    .join(", ");
}

function shorten(value: unknown): string {
  const text = String(value);
  if (/^[0-9a-f]{8}-/.test(text)) return `…${text.slice(-6)}`;
  return text.length > 34 ? `${text.slice(0, 33)}…` : text;
}
