import { convexTest } from "convex-test";
import type { FunctionReference } from "convex/server";
import schema from "../convex/schema";
import type { ConvexConnection } from "../src/sync/convexBackend";

/** The Convex functions, run by Convex's own test runtime. */
const modules = {
  "../convex/_generated/api.js": () => import("../convex/_generated/api"),
  "../convex/households.ts": () => import("../convex/households"),
  "../convex/sync.ts": () => import("../convex/sync"),
};

/** The network of one device. */
export interface Link {
  online: boolean;
}

/** One deployment, and the people who call it. */
export function openServer() {
  const deployment = convexTest({ schema, modules, transactionLimits: true });
  const watchers = new Set<() => Promise<void>>();

  /** A person who is signed in. */
  const signIn = (subject: string) => {
    const account = `https://test|${subject}`;
    const person = deployment.withIdentity({
      subject,
      issuer: "https://test",
      tokenIdentifier: account,
    });
    // What arrives over a wire has no types: the functions' validators check it.
    type Call = (reference: unknown, args: unknown) => Promise<unknown>;
    const query = person.query as Call;
    const mutate = async (reference: unknown, args: unknown) => {
      const answer = await (person.mutation as Call)(reference, args);
      // As Convex's client, a mutation ends once live queries show it; here, those of all devices.
      await Promise.all([...watchers].map((look) => look()));
      return answer;
    };
    const never = () => new Promise<never>(() => undefined);

    return {
      /** As `getSyncUser` names them. */
      account,
      call: async <Args extends Record<string, unknown>, Result>(
        mutation: FunctionReference<"mutation", "public", Args, Result>,
        args: Args,
      ) => (await mutate(mutation, args)) as Result,
      /** What the emitted transport uses of a Convex client. */
      connect: (link: Link) => {
        const connection = {
          query: (reference: unknown, args: unknown) =>
            link.online ? query(reference, args) : never(),
          mutation: (reference: unknown, args: unknown) =>
            link.online ? mutate(reference, args) : never(),
          onUpdate: (
            reference: unknown,
            args: unknown,
            onValue: (value: unknown) => void,
            onError: (error: unknown) => void,
          ) => {
            const look = async () => {
              if (link.online)
                await query(reference, args).then(onValue, onError);
            };
            watchers.add(look);
            void look();
            return () => watchers.delete(look);
          },
        };
        // The transport takes Convex's clients; these are the three methods that it calls.
        return connection as unknown as ConvexConnection;
      },
    };
  };

  return {
    signIn,
    /** Runs what mutations have scheduled. */
    settle: () => deployment.finishInProgressScheduledFunctions(),
  };
}

export type Person = ReturnType<ReturnType<typeof openServer>["signIn"]>;
