// The other end of every engine here.
import { pagesOf } from "./rows.mjs";

/** Whose rows these are. */
export const user = "user|1";

/**
 * A server that answers from memory: pages as they are given, a batch is accepted whole. `aside` runs what is not the
 * engine's time; `turn` waits for the next turn of the event loop.
 */
export function createServer(table, { aside, turn }) {
  const server = {
    pages: pagesOf(0),
    batches: 0,
    holds: [],
    epoch: "epoch",
    ring: () => undefined,
    /** The engine has nothing left to do: what comes now holds the thread for somebody else. */
    rest: () => {
      heldSince = null;
    },
    /** The engine gives the thread away; the result is for when it has it again. */
    giveWay: () => {
      if (heldSince !== null) server.holds.push(performance.now() - heldSince);
      heldSince = null;
      return () => (heldSince = performance.now());
    },
  };
  let heldSince = null;
  // From here on until the next call, the engine has the thread.
  const answer = (text) => {
    heldSince = performance.now();
    return JSON.parse(text);
  };
  const arrive = async () => {
    server.giveWay();
    await turn();
  };
  const empty = JSON.stringify({
    status: "ok",
    userId: user,
    rows: [],
    cursor: "end",
    hasMore: false,
    serverTime: Date.now(),
    epoch: "epoch",
  });
  const page = async () => {
    await arrive();
    return answer(aside(() => server.pages.next().value) ?? empty);
  };
  let stamp = 1;
  let rings = 0;
  const head = () => ({
    userId: user,
    epoch: "epoch",
    marks: { [table]: String(rings).padStart(19, "0") },
  });
  server.backend = {
    snapshot: page,
    pull: page,
    push: async ({ ops }) => {
      await arrive();
      server.batches += 1;
      return answer(aside(() => acceptance(ops, ++stamp)));
    },
    head: async () => {
      await turn();
      return head();
    },
    subscribe: (onHead) => {
      server.ring = () => {
        rings += 1;
        onHead(head());
      };
      void turn().then(server.ring);
      return () => undefined;
    },
  };
  return server;
}

/** The server's answer to a batch, all of which it applied. */
function acceptance(ops, stamp) {
  const results = ops.map((op) => ({
    opId: op.opId,
    outcome: "applied",
    code: null,
    message: null,
    row: {
      clientId: op.clientId,
      serverId: `j97${op.clientId}`,
      stamp: null,
      userId: user,
      createdAt: 1,
      updatedAt: 1,
      deletedAt: null,
      fields: op.fields,
    },
  }));
  return JSON.stringify({
    status: "ok",
    results,
    stamp: String(stamp).padStart(19, "0"),
    serverTime: Date.now(),
    epoch: "epoch",
  });
}
