import { inspect, isDeepStrictEqual } from "node:util";
import { convexTest } from "convex-test";
import {
  getFunctionName,
  makeFunctionReference,
  type FunctionReference,
  type UserIdentity,
} from "convex/server";
import { ConvexError, type Value } from "convex/values";
import type { LightWriter } from "../standins/lightConvex/database";
import { createLightDeployment, loadProject } from "../standins/lightConvex/deployment";
import * as sync from "../server/fixture/convex/sync";
import schema from "../server/fixture/convex/schema";
import * as ownFunctions from "./ownFunctions";
import { syncFunctions, updatedSchema } from "./syncFunctions";

/** Who calls; `null`: nobody is signed in. */
export type Caller = UserIdentity | null;

/** A Convex deployment of the reference project, empty at first. */
export interface Deployment {
  call(
    caller: Caller,
    kind: "query" | "mutation",
    name: FunctionReference<"query" | "mutation">,
    args: Record<string, unknown>,
  ): Promise<unknown>;
  /** Looks at documents, or writes them, as no function of the project does. */
  run<Result>(work: (db: LightWriter) => Promise<Result>): Promise<Result>;
}

/** Which stand-in for Convex a run uses; `both`: one beside the other, and what they answer must be the same. */
export type DeploymentKind = "light" | "convex-test" | "both";

export { schema };

const project = loadProject(updatedSchema, { sync: syncFunctions, web: ownFunctions });

/** The functions of the reference project by file, as convex-test looks them up. */
export const modules = {
  "./fixture/convex/_generated/api.js": async () => ({}),
  "./fixture/convex/sync.ts": async () => sync,
  "./fixture/convex/web.ts": async () => ownFunctions,
};

const updatedModules = {
  ...modules,
  "./fixture/convex/sync.ts": async () => syncFunctions,
};

/** The deployments by kind. The light one is what runs by thousands. */
export const createDeployment: Readonly<Record<DeploymentKind, () => Deployment>> = {
  light: () => {
    const light = createLightDeployment(project);
    return {
      call: (caller, _kind, name, args) => light.call(caller, getFunctionName(name), args),
      run: light.run,
    };
  },
  "convex-test": () => {
    const test = convexTest({
      schema: updatedSchema,
      modules: updatedModules,
      transactionLimits: true,
    });
    return {
      call: (caller, kind, name, args) => {
        const session = caller === null ? test : test.withIdentity(caller);
        // Safe: whatever the reference says, `kind` is what it names.
        const reference = makeFunctionReference<typeof kind>(getFunctionName(name));
        // Arguments cross a network: nothing is shared between the two sides.
        const sent = structuredClone(args);
        return kind === "query"
          ? session.query(reference as FunctionReference<"query">, sent)
          : session.mutation(reference as FunctionReference<"mutation">, sent);
      },
      // Safe: a light writer is the part of Convex's that tests use.
      run: (work) => test.run((ctx) => work(ctx.db as unknown as LightWriter)),
    };
  },
  both: () => {
    const light = createDeployment.light();
    const test = createDeployment["convex-test"]();
    return {
      call: async (...call) => {
        const [first, second] = await drawAlike(
          () => answerOf(light.call(...call)),
          () => answerOf(test.call(...call)),
        );
        if (!isDeepStrictEqual(first, second))
          throw new Error(
            `The light deployment answers ${show(first)}, convex-test ${show(second)}`,
          );
        if ("reply" in first) return first.reply;
        // Safe: the data of a `ConvexError`.
        throw new ConvexError(first.data as Value);
      },
      run: async (work) => {
        await light.run(work);
        return test.run(work);
      },
    };
  },
};

type Answer = { readonly reply: unknown } | { readonly data: unknown };

/** An error counts by its data; the texts of Convex's own errors are nobody's to rely on. */
async function answerOf(call: Promise<unknown>): Promise<Answer> {
  try {
    return { reply: await call };
  } catch (error) {
    return { data: error instanceof ConvexError ? error.data : "not for clients" };
  }
}

/** Both draw the same numbers from `Math.random`. */
async function drawAlike<Result>(
  first: () => Promise<Result>,
  second: () => Promise<Result>,
): Promise<readonly [Result, Result]> {
  const { random } = Math;
  const drawn: number[] = [];
  Math.random = () => {
    const value = random();
    drawn.push(value);
    return value;
  };
  const result = await first();
  Math.random = () => drawn.shift() ?? 0;
  const other = await second();
  Math.random = random;
  return [result, other];
}

const show = (answer: Answer) => inspect(answer, { depth: 9, breakLength: Infinity });
