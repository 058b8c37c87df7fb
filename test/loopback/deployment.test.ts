import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { defineSchema, defineTable, mutationGeneric, queryGeneric } from "convex/server";
import { makeFunctionReference } from "convex/server";
import { ConvexError, v } from "convex/values";
import { afterEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { type Loopback, startLoopback } from "./deployment";
import { makeToken } from "./tokens";

const schema = defineSchema({ notes: defineTable({ owner: v.string(), text: v.string() }) });
const modules = {
  "./_generated/api.js": () => Promise.resolve({}),
  "./notes.ts": () =>
    Promise.resolve({
      add: mutationGeneric({
        args: { text: v.string() },
        handler: async (ctx, args: { text: string }) => {
          const user = await ctx.auth.getUserIdentity();
          if (user === null) throw new ConvexError({ code: "signed-out" });
          await ctx.db.insert("notes", { owner: user.subject, text: args.text });
          return args.text.length;
        },
      }),
      list: queryGeneric({
        args: {},
        handler: async (ctx) =>
          (await ctx.db.query("notes").take(100)).map((note) => String(note["text"])),
      }),
    }),
};
const add = makeFunctionReference<"mutation", { text: string }, number>("notes:add");
const list = makeFunctionReference<"query", Record<string, never>, string[]>("notes:list");

let running: Loopback | undefined;
const clients: ConvexClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await running?.close();
  running = undefined;
});

async function start(): Promise<Loopback> {
  running = await startLoopback({ schema, modules });
  return running;
}

function connect(loopback: Loopback, user: string): ConvexClient {
  const client = new ConvexClient(loopback.url, { webSocketConstructor: WebSocket as never });
  client.setAuth(() => Promise.resolve(makeToken(user, Date.now())));
  clients.push(client);
  return client;
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !condition(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
};

describe("the loopback deployment", () => {
  test("answers Convex's HTTP client, with the data of a ConvexError", async () => {
    const loopback = await start();
    const http = new ConvexHttpClient(loopback.url);
    await expect(http.mutation(add, { text: "a" })).rejects.toMatchObject({
      data: { code: "signed-out" },
    });
    http.setAuth(makeToken("anna", Date.now()));
    expect(await http.mutation(add, { text: "hello" })).toBe(5);
    expect(await http.query(list, {})).toEqual(["hello"]);
  });

  test("pushes a change of one client to the live query of another", async () => {
    const loopback = await start();
    const [anna, ben] = [connect(loopback, "anna"), connect(loopback, "ben")];
    let seen: string[] = [];
    ben.onUpdate(list, {}, (texts) => (seen = texts));
    await anna.mutation(add, { text: "from anna" });
    await until(() => seen.length === 1);
    expect(seen).toEqual(["from anna"]);
  });

  test("commits once when the answer is lost and the client sends the mutation again", async () => {
    const loopback = await start();
    const anna = connect(loopback, "anna");
    await anna.query(list, {});
    loopback.setDropAnswers(true);
    const answer = anna.mutation(add, { text: "once" });
    const http = new ConvexHttpClient(loopback.url);
    for (let tries = 0; tries < 200 && (await http.query(list, {})).length === 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    loopback.setDropAnswers(false);
    loopback.dropSockets();
    expect(await answer).toBe(4);
    expect(await http.query(list, {})).toEqual(["once"]);
  });

  test("is not reachable while the network is gone", async () => {
    const loopback = await start();
    loopback.setUnreachable(true);
    await expect(new ConvexHttpClient(loopback.url).query(list, {})).rejects.toThrow();
    loopback.setUnreachable(false);
    expect(await new ConvexHttpClient(loopback.url).query(list, {})).toEqual([]);
  });

  test("refuses an expired token", async () => {
    const loopback = await start();
    const http = new ConvexHttpClient(loopback.url);
    http.setAuth(makeToken("anna", Date.now() - 7_200_000));
    await expect(http.query(list, {})).rejects.toThrow(/expired/i);
  });
});
