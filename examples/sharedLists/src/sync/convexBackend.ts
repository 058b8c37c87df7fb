// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { ConvexClient } from "convex/browser";
import type { ConvexReactClient } from "convex/react";
import { ConvexError } from "convex/values";
import { BackendError, type Backend, type PullRequest } from "./ports";
import type { PageReference, Registry } from "./registry";
import type { Head, PullReply, PushReply } from "./shared/protocol";
import { stampFromBigint } from "./shared/stamp";

/** The app's own Convex client, of either kind. */
export type ConvexConnection = ConvexReactClient | ConvexClient;

/** The project's Convex functions as the engine's server. Signing in is the client's matter. */
export function createConvexBackend(
  registry: Registry,
  convex: ConvexConnection,
): Backend {
  const { push, head } = registry.remote;
  const { schemaVersion } = registry;

  async function page(
    reference: PageReference | undefined,
    { cursor, limit, forUser, scopeId }: PullRequest,
  ): Promise<PullReply> {
    if (!reference) throw new Error("The registry has no such table.");
    // What the function's `returns` validator let through.
    return answer(
      convex.query(reference, {
        cursor,
        limit,
        schemaVersion,
        ...(forUser === undefined ? {} : { forUser }),
        ...(scopeId === undefined ? {} : { scopeId }),
      }) as Promise<PullReply>,
    );
  }

  /** How often the head was asked for: a client answers the question of a live query itself. */
  let looks = 0;

  return {
    push: async (batch) => {
      const reply: unknown = await answer(convex.mutation(push, { ...batch }));
      // The engine looks whether it is one.
      return withStamp(reply) as PushReply;
    },
    pull: (request) =>
      page(registry.tables[request.table]?.remote.changesSince, request),
    snapshot: (request) =>
      page(registry.tables[request.table]?.remote.all, request),
    head: () =>
      answer(
        convex.query(head, {
          schemaVersion,
          look: (looks += 1),
        }) as Promise<Head>,
      ),
    subscribe: (onHead, onError) => {
      const fail = (error: unknown) => onError(asBackendError(error));
      const args = { schemaVersion };
      if ("onUpdate" in convex)
        return convex.onUpdate(head, args, (next: Head) => onHead(next), fail);
      const watch = convex.watchQuery(head, args);
      const look = () => {
        try {
          const next = watch.localQueryResult() as Head | undefined;
          if (next !== undefined) onHead(next);
        } catch (error) {
          fail(error);
        }
      };
      const stop = watch.onUpdate(look);
      look();
      return stop;
    },
  };
}

/** A commit timestamp arrives as Convex's int64. */
function withStamp(reply: unknown): unknown {
  return typeof reply === "object" &&
    reply !== null &&
    "stamp" in reply &&
    typeof reply.stamp === "bigint"
    ? { ...reply, stamp: stampFromBigint(reply.stamp) }
    : reply;
}

async function answer<Reply>(call: Promise<Reply>): Promise<Reply> {
  try {
    return await call;
  } catch (error) {
    throw asBackendError(error);
  }
}

/** Convex's clients keep trying while there is no connection: what they reject, the server answered. */
function asBackendError(error: unknown): BackendError {
  const message = error instanceof Error ? error.message : String(error);
  return new BackendError(
    error instanceof ConvexError && isUnauthenticated(error.data)
      ? "unauthenticated"
      : "server",
    message,
    { cause: error },
  );
}

function isUnauthenticated(data: unknown): boolean {
  return (
    typeof data === "object" &&
    data !== null &&
    "code" in data &&
    data.code === "unauthenticated"
  );
}
