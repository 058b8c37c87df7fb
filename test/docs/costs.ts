import { convexTest } from "convex-test";
import type { SyncMutationContext } from "../../templates/server/convex/syncEngine/context";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import type { Fields, PullReply } from "../../templates/shared/protocol";
import { Device, modules } from "../server/harness";
import schema from "../server/fixture/convex/schema";
import { syncPolicies, syncRules } from "../server/fixture/convex/syncTables";
import { counted } from "./countedDatabase";

/** Function calls that something took, and the documents that they read and wrote. */
export interface Cost {
  readonly calls: number;
  readonly read: number;
  readonly written: number;
}

/** What the documentation says that the sync costs. */
export interface Costs {
  readonly coldStart: Cost;
  readonly changeReceived: Cost;
  readonly changeSent: Cost;
  readonly hundredSent: Cost;
  readonly idleHour: Cost;
}

/** Three tables of the reference project, and a row for each. */
const rows: Readonly<Record<"projects" | "notes" | "drafts", Fields>> = {
  projects: { name: "Harbour" },
  notes: { title: "Pump" },
  drafts: { text: "Leaks" },
};
const names = ["projects", "notes", "drafts"] as const;

/** Counts documents in convex-test: one user with 1,000 rows in one table and one in each of two others. */
export async function measureCosts(): Promise<Costs> {
  const { projects, notes, drafts } = syncRules;
  const server = createSyncServer({
    rules: { projects, notes, drafts },
    policies: syncPolicies,
    schemaVersion: 1,
    accepts: 2,
    upgrades: [],
    retentionDays: 90,
    user: () => Promise.resolve("ada"),
  });
  const deployment = convexTest({ schema, modules });
  const device = new Device(deployment.withIdentity({ subject: "ada" }));
  let cost: Cost = { calls: 0, read: 0, written: 0 };

  const call = <Reply>(handle: (ctx: SyncMutationContext) => Promise<Reply>): Promise<Reply> => {
    cost = { ...cost, calls: cost.calls + 1 };
    return deployment.run((ctx) => {
      const db = counted(ctx.db, {
        onRead: (documents) => (cost = { ...cost, read: cost.read + documents }),
        onWrite: () => (cost = { ...cost, written: cost.written + 1 }),
      });
      // Safe: the engine asks for no more than a mutation's context has, and `user` above needs no session.
      return handle({ ...ctx, db });
    });
  };
  const push = async (table: (typeof names)[number], amount: number) => {
    const create = () => device.op({ table, kind: "create", fields: rows[table] });
    const batch = device.batch(Array.from({ length: amount }, create));
    const { status } = await call((ctx) => server.push(ctx, batch));
    if (status !== "ok") throw new Error(status);
  };
  const cursors = new Map<string, string>();
  const pull = async (table: string) => {
    const read = cursors.has(table) ? server.changesSince : server.all;
    let more = true;
    while (more) {
      const cursor = cursors.get(table) ?? null;
      const reply: PullReply = await call((ctx) => read(ctx, table, { cursor }));
      if (reply.status !== "ok") throw new Error(reply.status);
      cursors.set(table, reply.cursor);
      more = reply.hasMore;
    }
  };
  const pullAll = async () => {
    for (const table of names) await pull(table);
  };
  const head = () => call((ctx) => server.head(ctx));
  const counting = async (work: () => Promise<unknown>): Promise<Cost> => {
    cost = { calls: 0, read: 0, written: 0 };
    await work();
    return cost;
  };

  for (let sent = 0; sent < 1000; sent += 100) await push("projects", 100);
  await push("notes", 1);
  await push("drafts", 1);
  const coldStart = await counting(async () => {
    await head();
    await pullAll();
  });
  const changeSent = await counting(() => push("projects", 1));
  const changeReceived = await counting(async () => {
    await head();
    await pull("projects");
  });
  const hundredSent = await counting(() => push("projects", 100));
  await pull("projects");
  const idleHour = await counting(async () => {
    for (let minute = 0; minute < 60; minute += 5) await pullAll();
  });
  return { coldStart, changeReceived, changeSent, hundredSent, idleHour };
}

/** The costs as a table of the documentation. */
export function describeCosts(costs: Costs): string {
  const line = (what: string, { calls, read, written }: Cost) =>
    `| ${what} | ${calls} | ${read} | ${written} |`;
  return [
    "| 3 tables, 1,002 rows | function calls | documents read | documents written |",
    "|---|---|---|---|",
    line("first download on a new device", costs.coldStart),
    line("a change of somebody else received", costs.changeReceived),
    line("a new row sent", costs.changeSent),
    line("100 new rows sent, after a day offline", costs.hundredSent),
    line("an hour in the foreground while nothing happens", costs.idleHour),
  ].join("\n");
}
