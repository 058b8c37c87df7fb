import { convexTest } from "convex-test";
import type { SyncMutationContext } from "../../templates/server/convex/syncEngine/context";
import {
  accessOfMember,
  scopesOfMember,
  setMember,
} from "../../templates/server/convex/syncEngine/members";
import { scopeParts } from "../../templates/server/convex/syncEngine/scopes";
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

/** A table of the reference project. */
type TableName = keyof typeof syncRules;

/** What is fetched with one cursor: a table of the user's own rows, or one in a scope. */
export interface CountedFeed {
  readonly table: TableName;
  readonly scopeId?: string;
}

/** A row that the device creates. */
export interface CountedRow extends CountedFeed {
  /** A new one, by default. */
  readonly clientId?: string;
  readonly fields: Fields;
}

const userId = "ada";

/** One user with one device, on a deployment of convex-test that knows these tables, and counts documents. */
export function openCountedUser(tables: readonly TableName[]) {
  const rules = Object.fromEntries(tables.map((table) => [table, syncRules[table]]));
  const server = createSyncServer({
    rules,
    policies: syncPolicies,
    schemaVersion: 1,
    accepts: 2,
    upgrades: [],
    retentionDays: 90,
    user: () => Promise.resolve(userId),
    scopes: scopeParts({ list: scopesOfMember, access: accessOfMember }),
  });
  const deployment = convexTest({ schema, modules });
  const device = new Device(deployment.withIdentity({ subject: userId }));
  const cursors = new Map<string, string>();
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

  return {
    join: async (scope: string, scopeId: string) => {
      await call((ctx) => setMember(ctx, { scope, scopeId, userId, access: "write" }));
    },
    push: async (rows: readonly CountedRow[]) => {
      const batch = device.batch(rows.map((row) => device.op({ ...row, kind: "create" })));
      const { status } = await call((ctx) => server.push(ctx, batch));
      if (status !== "ok") throw new Error(status);
    },
    /** Page by page, from where it stopped the last time. */
    pull: async ({ table, scopeId }: CountedFeed) => {
      const scope = scopeId === undefined ? {} : { scopeId };
      const key = JSON.stringify([table, scope]);
      const read = cursors.has(key) ? server.changesSince : server.all;
      let more = true;
      while (more) {
        const cursor = cursors.get(key) ?? null;
        const reply: PullReply = await call((ctx) => read(ctx, table, { cursor, ...scope }));
        if (reply.status !== "ok") throw new Error(reply.status);
        cursors.set(key, reply.cursor);
        more = reply.hasMore;
      }
    },
    head: () => call((ctx) => server.head(ctx)),
    /** What the work costs. */
    count: async (work: () => Promise<unknown>): Promise<Cost> => {
      cost = { calls: 0, read: 0, written: 0 };
      await work();
      return cost;
    },
  };
}
