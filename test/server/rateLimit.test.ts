import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import rateLimiter from "@convex-dev/rate-limiter/test";
import { convexTest } from "convex-test";
import {
  getFunctionName,
  makeFunctionReference,
  type FunctionReference,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Migrations } from "../../templates/client/db/database";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../templates/client/sync/convexBackend";
import type { Registry } from "../../templates/client/sync/registry";
import type { DirectResult, Head } from "../../templates/shared/protocol";
import { anyTable } from "../client/anyTable";
import { createFakeServer } from "../client/fakeServer";
import { createDevice, createManualTime, settle } from "../client/world";
import { completeProject, runCase } from "../golden/goldenProject";
import { newUuid } from "./harness";

// The golden project `rateLimited`: 60 changes a minute, 150 at once, counted by the real component.
let folder: string;
let files: readonly string[];
const load = async <Module>(path: string): Promise<Module> =>
  // What a file of ours exports, emitted a moment ago.
  (await import(pathToFileURL(join(folder, path)).href)) as Module;

beforeAll(async () => {
  const golden = await runCase("rateLimited", "rateLimit");
  completeProject(golden);
  folder = golden.root;
  files = readdirSync(join(folder, "convex")).filter((file) => file.endsWith(".ts"));
}, 60_000);

const start = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function deploy() {
  const { default: schema } = await load<{ default: SchemaDefinition<GenericSchema, boolean> }>(
    "convex/schema.ts",
  );
  const deployment = convexTest({
    schema,
    modules: Object.fromEntries([
      ["./convex/_generated/api.js", () => load("convex/_generated/api.js")],
      ...files.map((file) => [`./convex/${file}`, () => load(`convex/${file}`)]),
    ]),
    transactionLimits: true,
  });
  rateLimiter.register(deployment);
  return (name: string) => {
    const session = deployment.withIdentity({
      subject: name,
      issuer: "https://issuer",
      tokenIdentifier: `https://issuer|${name}`,
    });
    const send = (kind: "query" | "mutation", path: string, args: object): Promise<unknown> => {
      const sent = structuredClone(args) as Record<string, unknown>;
      return kind === "query"
        ? session.query(makeFunctionReference<"query">(path), sent)
        : session.mutation(makeFunctionReference<"mutation">(path), sent);
    };
    return send;
  };
}

type Send = Awaited<ReturnType<Awaited<ReturnType<typeof deploy>>>>;

/** A phone of the user, whose clock is the server's. */
async function startPhone(send: Send) {
  const { registry } = await load<{ registry: Registry }>("src/sync/TableRegistry.ts");
  const { migrations } = await load<{ migrations: Migrations }>("src/db/migrations/migrations.ts");
  const connection = {
    query: (name: FunctionReference<"query">, args: object) =>
      send("query", getFunctionName(name), args),
    mutation: (name: FunctionReference<"mutation">, args: object) =>
      send("mutation", getFunctionName(name), args),
    onUpdate: (
      name: FunctionReference<"query">,
      args: object,
      onValue: (head: unknown) => void,
    ) => {
      void send("query", getFunctionName(name), args).then(onValue);
      return () => undefined;
    },
  };
  const { userId } = (await send("query", "sync:head", {})) as Head;
  const time = createManualTime();
  time.now = start;
  const device = await createDevice({
    // Replaced by the deployment below.
    server: createFakeServer(registry),
    registry,
    migrations,
    account: userId,
    time,
    // Safe: this is all that the backend uses of a client with `onUpdate`.
    ports: { backend: createConvexBackend(registry, connection as unknown as ConvexConnection) },
  });
  const pass = async (duration: number) => {
    // In small steps, so that both sides agree on the time.
    for (let passed = 0; passed < duration; passed += 1_000) {
      vi.setSystemTime(time.now + 1_000);
      await time.pass(1_000);
      await settle();
      const isBusy = () => ["initial-sync", "syncing"].includes(device.sync.getStatus().phase);
      // The first call of a component loads its modules, which takes real time.
      for (let turn = 0; turn < 2_000 && isBusy(); turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  return { device, pass };
}

const storedBy = async (send: Send): Promise<number> => {
  let rows = 0;
  let cursor: string | null = null;
  for (;;) {
    const page = (await send("query", "sync:getAllNotesForUser", { cursor })) as {
      readonly rows: readonly unknown[];
      readonly cursor: string;
      readonly hasMore: boolean;
    };
    rows += page.rows.length;
    cursor = page.cursor;
    if (!page.hasMore) return rows;
  }
};

describe("server.rateLimit", () => {
  it("lets a day's work through in its time: nothing is lost, nothing has failed (I3, I17)", async () => {
    const connect = await deploy();
    const ana = connect("ana");
    const { device, pass } = await startPhone(ana);
    device.setOnline(false);
    await device.sync.start();
    const notes = anyTable(device, "notes");
    for (let note = 0; note < 260; note += 1) await notes.create({ text: `note ${note}` });
    device.setOnline(true);
    await pass(1_000);

    const { phase, error, pendingCount, failedCount } = device.sync.getStatus();
    expect([phase, error?.code, failedCount]).toEqual(["retrying", "rate-limited", 0]);
    expect(pendingCount).toBe(160);
    expect(await storedBy(ana)).toBe(100);
    const ops = await device.ops();
    expect(ops.every(({ attempts }) => attempts === 0)).toBe(true);

    await pass(180_000);
    expect(device.sync.getStatus()).toMatchObject({
      phase: "idle",
      error: null,
      pendingCount: 0,
      failedCount: 0,
    });
    expect(await storedBy(ana)).toBe(260);
  });

  it("forgets what it counted of a user who is forgotten, and of nobody else", async () => {
    const connect = await deploy();
    const [ana, bo] = [connect("ana"), connect("bo")];
    const write = async (send: Send) => {
      const fields = { text: "n" };
      const args = { clientId: newUuid(), fields };
      return ((await send("mutation", "sync:upsertNote", args)) as DirectResult).code;
    };
    for (const send of [ana, bo]) for (let call = 0; call < 150; call += 1) await write(send);
    expect([await write(ana), await write(bo)]).toEqual(["rate-limited", "rate-limited"]);

    const { userId } = (await ana("query", "sync:head", {})) as Head;
    await ana("mutation", "sync:forgetUser", { userId });

    expect([await write(ana), await write(bo)]).toEqual([null, "rate-limited"]);
  });

  it("goes on fetching while it may not send", async () => {
    const connect = await deploy();
    const ana = connect("ana");
    const { device, pass } = await startPhone(ana);
    const clientId = newUuid();
    for (let call = 0; call < 150; call += 1)
      await ana("mutation", "sync:upsertNote", { clientId, fields: { text: `web ${call}` } });
    await device.sync.start();
    const notes = anyTable(device, "notes");
    // Beyond what the server gives back until it is asked.
    for (let note = 0; note < 100; note += 1) await notes.create({ text: "mine" });
    await pass(5_000);
    expect(device.sync.getStatus().error?.code).toBe("rate-limited");
    expect(await device.row("notes", clientId)).toMatchObject({ fields: { text: "web 149" } });
  });

  it("answers upsertX and removeX when to come back, and nothing else happens", async () => {
    const connect = await deploy();
    const ana = connect("ana");
    const clientId = newUuid();
    const upsert = (text: string) =>
      ana("mutation", "sync:upsertNote", { clientId, fields: { text } }) as Promise<DirectResult>;
    for (let call = 0; call < 150; call += 1)
      expect(await upsert(`${call}`)).toMatchObject({ outcome: "applied", retryAfter: null });

    const refused = { outcome: "rejected", code: "rate-limited", row: null, retryAfter: 1_000 };
    expect(await upsert("too much")).toMatchObject(refused);
    expect(await ana("mutation", "sync:removeNote", { clientId })).toMatchObject(refused);
    vi.setSystemTime(start + 1_000);
    expect(await upsert("now")).toMatchObject({ outcome: "applied" });
  });

  it("counts what a large change brings, and lets through even one beyond the whole budget", async () => {
    const connect = await deploy();
    const [ana, bo] = [connect("ana"), connect("bo")];
    const upsert = async (send: Send, bytes: number) =>
      (await send("mutation", "sync:upsertNote", {
        clientId: newUuid(),
        fields: { text: "x".repeat(bytes) },
      })) as DirectResult;
    const large = 400 * 1024;
    for (let call = 0; call < 2; call += 1)
      expect(await upsert(ana, large)).toMatchObject({ outcome: "applied" });
    // 51 changes each, one a second.
    expect(await upsert(ana, large)).toMatchObject({ code: "rate-limited", retryAfter: 3_000 });
    expect(await upsert(ana, 10)).toMatchObject({ outcome: "applied" });

    const { device, pass } = await startPhone(bo);
    device.setOnline(false);
    await device.sync.start();
    const notes = anyTable(device, "notes");
    const { clientId } = await notes.create({ text: "x".repeat(850 * 1024) });
    device.setOnline(true);
    await pass(1_000);
    expect(await storedBy(bo)).toBe(1);
    // Two rows in one change, what is written and what was there: more than 150 changes of 8 KiB.
    await notes.update(clientId, { text: "y".repeat(850 * 1024) });
    await pass(1_000);
    expect(device.sync.getStatus()).toMatchObject({ error: { code: "rate-limited" } });
    await pass(180_000);
    expect(device.sync.getStatus()).toMatchObject({ phase: "idle", pendingCount: 0 });
  });

  it("counts each user alone, and refused calls do not get their budget back (22, 23)", async () => {
    const connect = await deploy();
    const [ana, bo] = [connect("ana"), connect("bo")];
    const upsert = async (send: Send, text: unknown) =>
      (await send("mutation", "sync:upsertNote", {
        clientId: newUuid(),
        fields: { text },
      })) as DirectResult;
    for (let call = 0; call < 150; call += 1) {
      const answer = await upsert(ana, "\0");
      expect(answer.code).toBe("invalid");
    }
    expect((await upsert(ana, "a")).code).toBe("rate-limited");
    expect((await upsert(bo, "b")).outcome).toBe("applied");
  });
});
