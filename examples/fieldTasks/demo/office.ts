import { convexTest } from "convex-test";
import type { FunctionReference } from "convex/server";
import { api } from "../convex/_generated/api";
import schema from "../convex/schema";
import type { ConvexConnection } from "../src/sync/convexBackend";

/** The emitted Convex functions, run by Convex's own test runtime. */
const modules = {
  "../convex/_generated/api.js": () => import("../convex/_generated/api"),
  "../convex/sync.ts": () => import("../convex/sync"),
  "../convex/office.ts": () => import("../convex/office"),
  "../convex/crons.ts": () => import("../convex/crons"),
};

const user = {
  subject: "crew7",
  issuer: "https://demo",
  tokenIdentifier: "https://demo|crew7",
};

/** Who both phones are signed in as, in the words of `convex/syncUser.ts`. */
export const account = user.tokenIdentifier;

/** What a phone's network does to a call. */
export interface Link {
  online: boolean;
  /** The next answer gets lost on its way back, after the server has done the work. */
  losesNextAnswer: boolean;
}

/** The server, the office's browser, and a connection for each phone. */
export function openOffice() {
  const server = convexTest({
    schema,
    modules,
    transactionLimits: true,
  }).withIdentity(user);
  // What arrives over a wire has no types: the functions' validators check it.
  type Call = (reference: unknown, args: unknown) => Promise<unknown>;
  const query = server.query as Call;
  const mutate = server.mutation as Call;
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const look of watchers) look();
  };

  return {
    api,
    query: server.query,
    /** A write on the web side: an ordinary mutation of the project's own. */
    write: async <Args extends Record<string, unknown>, Result>(
      mutation: FunctionReference<"mutation", "public", Args, Result>,
      args: Args,
    ): Promise<Result> => {
      const result = await mutate(mutation, args);
      changed();
      return result as Result;
    },

    /** What the emitted transport uses of a Convex client. */
    connect: (link: Link): ConvexConnection => {
      const never = () => new Promise<never>(() => undefined);
      const connection = {
        query: (reference: unknown, args: unknown) =>
          link.online ? query(reference, args) : never(),
        mutation: async (reference: unknown, args: unknown) => {
          if (!link.online) return never();
          const answer = await mutate(reference, args);
          changed();
          if (!link.losesNextAnswer) return answer;
          link.losesNextAnswer = false;
          return never();
        },
        onUpdate: (
          reference: unknown,
          args: unknown,
          onValue: (value: unknown) => void,
          onError: (error: unknown) => void,
        ) => {
          const look = () => {
            if (link.online) query(reference, args).then(onValue, onError);
          };
          watchers.add(look);
          look();
          return () => watchers.delete(look);
        },
      };
      // The transport takes Convex's clients; these are the three methods that it calls.
      return connection as unknown as ConvexConnection;
    },
  };
}

export type Office = ReturnType<typeof openOffice>;
