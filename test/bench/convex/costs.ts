// Runs what devices do against the reference deployment and prints what Convex counted.
import { convexTest } from "convex-test";
import {
  defineSchema,
  mutationGeneric,
  queryGeneric,
  makeFunctionReference,
} from "convex/server";
import { api } from "../../server/fixture/convex/_generated/api";
import schema from "../../server/fixture/convex/schema";
import * as sync from "../../server/fixture/convex/sync";
import { Device, newUuid, task, type Session } from "../../server/harness";
import { changeLog, changeLogTables, type LoggedOp } from "./changeLog";

interface Metrics {
  documentsRead: number;
  documentsWritten: number;
  bytesRead: number;
  bytesWritten: number;
  ranges: number;
}

const user = "https://issuer|ana";
const zero = (): Metrics & { calls: number } => ({
  calls: 0,
  documentsRead: 0,
  documentsWritten: 0,
  bytesRead: 0,
  bytesWritten: 0,
  ranges: 0,
});
let counted = zero();

// The naive design, on the same documents.
const list = queryGeneric(async ({ db }) => await db.query("tasks").collect());
const change = mutationGeneric(async ({ db }, { id }: { id: never }) => {
  await db.patch(id, { text: "changed" } as never);
});

const modules = {
  "./fixture/convex/_generated/api.js": async () => ({}),
  "./fixture/convex/sync.ts": async () => sync,
  "./fixture/convex/naive.ts": async () => ({ list, change }),
  "./fixture/convex/changeLog.ts": async () => changeLog,
};

/** Counts at the border between functions and the database. */
function count(): void {
  const convex = (
    globalThis as unknown as { Convex: Record<string, (...args: string[]) => unknown> }
  ).Convex;
  const { asyncSyscall, syscall, jsSyscall } = Object.getOwnPropertyDescriptors(convex);
  const size = (value: unknown): number => (value === null ? 0 : JSON.stringify(value).length);
  const wrapped = {
    get syscall() {
      const inner = syscall?.get?.call(convex) as (op: string, args: string) => string;
      return (op: string, args: string) => {
        if (op === "1.0/queryStream") counted.ranges += 1;
        return inner(op, args);
      };
    },
    get asyncSyscall() {
      const inner = asyncSyscall?.get?.call(convex) as (
        op: string,
        args: string,
      ) => Promise<string>;
      return async (op: string, args: string) => {
        const answer = await inner(op, args);
        const read = (value: unknown) => {
          if (value === null || value === undefined) return;
          counted.documentsRead += 1;
          counted.bytesRead += size(value);
        };
        if (op === "1.0/get") {
          counted.ranges += 1;
          read(JSON.parse(answer));
        } else if (op === "1.0/queryStreamNext") {
          const { value, done } = JSON.parse(answer) as { value: unknown; done: boolean };
          if (!done) read(value);
        } else if (op === "1.0/queryPage") {
          counted.ranges += 1;
          for (const value of (JSON.parse(answer) as { page: unknown[] }).page) read(value);
        } else if (["1.0/insert", "1.0/shallowMerge", "1.0/replace", "1.0/remove"].includes(op)) {
          counted.documentsWritten += 1;
          counted.bytesWritten += size((JSON.parse(args) as { value?: unknown }).value ?? null);
        }
        return answer;
      };
    },
    get jsSyscall() {
      return jsSyscall?.get?.call(convex);
    },
  };
  (globalThis as unknown as { Convex: unknown }).Convex = wrapped;
}

async function main(): Promise<void> {
  const deployment = convexTest({
    schema: defineSchema({ ...schema.tables, ...changeLogTables }),
    modules,
    transactionLimits: true,
  });
  const ana = deployment.withIdentity({
    subject: "ana",
    issuer: "https://issuer",
    tokenIdentifier: user,
  }) as Session;
  count();
  const costs: unknown[] = [];
  const measure = async (name: string, work: () => Promise<number>) => {
    counted = zero();
    const calls = await work();
    costs.push({ name, ...counted, calls });
  };
  const pullAll = async (query: never, from: string | null): Promise<[string, number]> => {
    let cursor = from;
    let calls = 0;
    for (;;) {
      calls += 1;
      const page = (await ana.query(query, { cursor } as never)) as {
        cursor: string;
        hasMore: boolean;
      };
      cursor = page.cursor;
      if (!page.hasMore) return [cursor, calls];
    }
  };

  const phone = new Device(ana);
  const ids = Array.from({ length: 1000 }, () => newUuid());
  for (let start = 0; start < ids.length; start += 100)
    await phone.push(
      ...ids
        .slice(start, start + 100)
        .map((clientId) =>
          phone.op({ table: "tasks", kind: "create", clientId, fields: task({}) }),
        ),
    );

  let cursor = "";
  await measure("cold start of a device, 1,000 rows", async () => {
    await ana.query(api.sync.head, {});
    const [end, calls] = await pullAll(api.sync.getAllTasksForUser as never, null);
    cursor = end;
    return calls + 1;
  });
  await measure("naive: cold start, 1,000 rows", async () => {
    await ana.query(makeFunctionReference<"query">("naive:list"), {});
    return 1;
  });
  const update = (clientId: string) =>
    phone.op({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { text: "changed" },
      base: task({}),
    });
  await measure("push of 1 change", async () => {
    await phone.push(update(ids[0] ?? ""));
    return 1;
  });
  await measure("push of 100 changes", async () => {
    await phone.push(...ids.slice(1, 101).map(update));
    return 1;
  });
  await measure("receiving those 101 changes on another device", async () => {
    await ana.query(api.sync.head, {});
    const [end, calls] = await pullAll(api.sync.getTaskChangesSince as never, cursor);
    cursor = end;
    return calls + 1;
  });
  await phone.push(update(ids[200] ?? ""));
  await measure("receiving 1 change on another device", async () => {
    await ana.query(api.sync.head, {});
    const [end, calls] = await pullAll(api.sync.getTaskChangesSince as never, cursor);
    cursor = end;
    return calls + 1;
  });
  await measure("naive: 1 change received (the query runs again)", async () => {
    await ana.query(makeFunctionReference<"query">("naive:list"), {});
    return 1;
  });
  await measureChangeLog(ana, ids, measure);
  await measure("idle hour of an open app, nine tables", async () => {
    const rounds = 12;
    for (let round = 0; round < rounds; round += 1) await ana.query(api.sync.head, {});
    return rounds;
  });
  process.stdout.write(`\n${JSON.stringify(costs)}\n`);
}

/** The same on the tables of another design. */
async function measureChangeLog(
  session: Session,
  ids: readonly string[],
  measure: (name: string, work: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const push = (...ops: LoggedOp[]) =>
    session.mutation(makeFunctionReference<"mutation">("changeLog:push"), { ops } as never);
  const pull = (request: Record<string, unknown>) =>
    session.query(makeFunctionReference<"query">("changeLog:pull"), request as never) as Promise<{
      cursor: string | null;
      bootstrap: unknown;
      changes: readonly unknown[];
    }>;
  const op = (kind: LoggedOp["kind"], localId: string): LoggedOp => ({
    ...{ opId: newUuid(), localId, kind },
    fields: kind === "patch" ? { text: "changed" } : { ...task({}), createdAt: 1, updatedAt: 1 },
  });
  for (let start = 0; start < ids.length; start += 100)
    await push(...ids.slice(start, start + 100).map((id) => op("insert", id)));
  const fetch = async (from: string | null, most: number): Promise<[string | null, number]> => {
    // The subscription, which runs for every change, then what it rang for.
    await pull({ cursor: from, bootstrap: null, doorbell: true });
    let [cursor, bootstrap, calls] = [from, null as unknown, 1];
    for (let full = true; full; ) {
      const page = await pull({ cursor, bootstrap });
      ({ cursor, bootstrap } = page);
      calls += 1;
      full = bootstrap !== null || page.changes.length >= most;
    }
    return [cursor, calls];
  };
  let cursor: string | null = null;
  const receive = async () => {
    const [end, calls] = await fetch(cursor, 500);
    cursor = end;
    return calls;
  };
  await measure("convex-localfirst: cold start, 1,000 rows", receive);
  await measure("convex-localfirst: push of 1 change", async () => {
    await push(op("patch", ids[0] ?? ""));
    return 1;
  });
  await measure("convex-localfirst: push of 100 changes", async () => {
    await push(...ids.slice(1, 101).map((id) => op("patch", id)));
    return 1;
  });
  await measure("convex-localfirst: receiving those 101 changes", receive);
  await push(op("patch", ids[200] ?? ""));
  await measure("convex-localfirst: receiving 1 change", receive);
}

await main();
