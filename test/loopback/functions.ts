import { convexTest } from "convex-test";
import { type GenericSchema, makeFunctionReference, type SchemaDefinition } from "convex/server";
import { convexToJson, jsonToConvex, type JSONValue } from "convex/values";
import type { Identity } from "./tokens";

/** Convex modules by path, as `import.meta.glob` returns them. */
export type Modules = Record<string, () => Promise<unknown>>;

export type FunctionKind = "query" | "mutation" | "action";

/** What a function call ended in, in Convex's own JSON. */
export type FunctionResult =
  | { readonly ok: true; readonly value: JSONValue }
  | { readonly ok: false; readonly message: string; readonly data: JSONValue | undefined };

/** Runs a project's functions in convex-test. */
export interface FunctionRunner {
  readonly convex: ReturnType<typeof convexTest>;
  run(
    kind: FunctionKind,
    path: string,
    args: JSONValue,
    identity: Identity | null,
  ): Promise<FunctionResult>;
}

/** A runner over one in-memory database. */
export function createFunctionRunner(
  schema: SchemaDefinition<GenericSchema, boolean>,
  modules: Modules,
): FunctionRunner {
  const convex = convexTest({ schema, modules, transactionLimits: true });
  return {
    convex,
    async run(kind, path, args, identity) {
      const caller = identity === null ? convex : convex.withIdentity({ ...identity });
      const name = path.replace(/\.js:/, ":");
      const reference = makeFunctionReference(name.includes(":") ? name : `${name}:default`);
      try {
        // Path and arguments are whatever a client sent: convex-test checks them, no type can.
        const call = caller[kind] as (reference: unknown, args: unknown) => Promise<unknown>;
        const value = await call(reference, jsonToConvex(args));
        return {
          ok: true,
          value: convexToJson((value ?? null) as Parameters<typeof convexToJson>[0]),
        };
      } catch (error) {
        return describeFailure(error);
      }
    },
  };
}

/** As production does it: the data of a `ConvexError` reaches the client, any other message is redacted to its first line. */
function describeFailure(error: unknown): FunctionResult {
  if (typeof error === "object" && error !== null && "data" in error && error.data !== undefined) {
    // convex-test hands the data on as the JSON text that the wire would carry.
    const data: JSONValue =
      typeof error.data === "string" ? parseData(error.data) : convexToJson(error.data as never);
    return { ok: false, message: `Uncaught ConvexError: ${JSON.stringify(data)}`, data };
  }
  return {
    ok: false,
    message: `[Request ID: loopback] Server Error\n${error instanceof Error ? error.message : String(error)}`,
    data: undefined,
  };
}

function parseData(text: string): JSONValue {
  try {
    return JSON.parse(text) as JSONValue;
  } catch {
    return text;
  }
}
