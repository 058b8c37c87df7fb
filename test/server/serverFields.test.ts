import { jsonProblem } from "../../templates/shared/jsonProblem";
import { convexTest } from "convex-test";
import { defineSchema, type GenericMutationCtx } from "convex/server";
import { ConvexError, getConvexSize, v } from "convex/values";
import { expect, it } from "vitest";
import { createSyncServer } from "../../templates/server/convex/syncEngine/server";
import { syncedTable, syncSystemTables } from "../../templates/server/convex/syncEngine/tables";
import { createWriters } from "../../templates/server/convex/syncEngine/writers";
import { maxServerBytes } from "../../templates/server/convex/syncEngine/writerValues";
import { fieldMerge } from "../../templates/shared/policies/fieldMerge";
import { limits } from "../../templates/shared/protocol";
import { getSyncUser } from "./fixture/convex/syncUser";
import { accepted, Device, modules, signIn } from "./harness";

const project = {
  rules: {
    letters: {
      name: "letters",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: { body: { kind: "text", optional: true } },
      serverFields: {
        scan: { kind: "text", optional: true },
        words: { kind: "json", optional: true, problemOf: jsonProblem },
      },
    },
  },
  policies: { letters: fieldMerge },
  upgrades: [],
  user: getSyncUser,
} as const;

const schema = defineSchema({
  letters: syncedTable({
    body: v.optional(v.string()),
    scan: v.optional(v.string()),
    words: v.optional(v.any()),
  }),
  ...syncSystemTables,
});

interface Letter {
  readonly clientId: string;
  readonly deletedAt: null;
  readonly body?: string;
  readonly scan?: string;
  readonly words?: unknown;
}

const synced = createWriters<{ letters: { document: Letter } }, typeof project.rules>(project);
const server = createSyncServer({ ...project, schemaVersion: 1, accepts: 1, retentionDays: 90 });

function start() {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  const ana = signIn(deployment as never, "ana");
  const device = new Device(ana);
  const letters = <Result>(
    work: (writers: ReturnType<typeof synced<"letters">>) => Promise<Result>,
  ) =>
    ana.mutation((ctx: GenericMutationCtx<Record<never, never>>) => work(synced(ctx, "letters")));
  const edit = async (clientId: string, body: string) => {
    const op = device.op({ table: "letters", kind: "update", clientId, fields: { body } });
    const batch = device.batch([op]);
    return accepted(await ana.mutation(async (ctx) => await server.push(ctx, batch))).results[0];
  };
  const sizes = () =>
    deployment.run(async (ctx) => (await ctx.db.query("letters").collect()).map(getConvexSize));
  return { letters, edit, sizes };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) =>
      error instanceof ConvexError ? (error.data as { readonly code: string }).code : error,
  );

const text = (bytes: number) => "x".repeat(bytes);
const half = maxServerBytes / 2;

it("leave room for the largest edit of a device, whatever server code wrote (I18)", async () => {
  const { letters, edit, sizes } = start();
  expect(await codeOf(letters((to) => to.insert({ scan: text(maxServerBytes) })))).toBe(
    "too-large",
  );
  const clientId = await letters((to) => to.insert({ scan: text(maxServerBytes - 100) }));

  expect(await edit(clientId, text(limits.rowBytes - 100))).toMatchObject({ outcome: "applied" });

  const [size = 0] = await sizes();
  expect(size).toBeGreaterThan(limits.rowBytes + maxServerBytes - 300);
  expect(size).toBeLessThan(1024 * 1024 - 20 * 1024);
});

it("are bounded together: with those that a row has", async () => {
  const { letters } = start();
  const clientId = await letters((to) => to.insert({ scan: text(half) }));
  const patch = (changes: Parameters<ReturnType<typeof synced<"letters">>["patch"]>[1]) =>
    codeOf(letters((to) => to.patch(clientId, changes)));

  expect(await patch({ words: text(half) })).toBe("too-large");
  expect(await patch({ words: text(half), body: "b" })).toBe("too-large");
  expect(await letters((to) => to.get(clientId))).not.toHaveProperty("words");
  expect(await patch({ words: text(half), scan: null })).toBeNull();
  expect(await patch({ body: "b" })).toBeNull();
});
