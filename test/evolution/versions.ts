import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { convexTest } from "convex-test";
import {
  getFunctionName,
  makeFunctionReference,
  type AnyDataModel,
  type FunctionReference,
  type GenericMutationCtx,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import { generate } from "../../src/generate";
import type { Migrations } from "../../templates/client/db/database";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../templates/client/sync/convexBackend";
import type { Backend } from "../../templates/client/sync/ports";
import type { Registry } from "../../templates/client/sync/registry";
import type { TableWriters } from "../../templates/server/convex/syncEngine/writers";
import { writeGeneratedApi } from "../golden/generatedApi";

const here = dirname(fileURLToPath(import.meta.url));
const scratch = join(here, "../../.test-output/evolution");

/** What a version of the project emitted: the app of its time, and the server of its time. */
export interface Version {
  /** The project's folder. */
  readonly root: string;
  readonly registry: Registry;
  readonly migrations: Migrations;
  readonly schema: SchemaDefinition<GenericSchema, boolean>;
  readonly modules: Record<string, () => Promise<unknown>>;
  /** The emitted writers, as those of any tables. */
  readonly synced: (
    ctx: object,
    table: string,
    owner: { readonly userId: string },
  ) => TableWriters<unknown, string>;
  readonly readRow: (table: string, document: object) => unknown;
}

/** A project of `versions` as it was after its first `count` versions, generated one after the other. */
export async function generateVersion(
  count: number,
  purpose: string,
  project: "todos" | "renames" = "todos",
): Promise<Version> {
  const root = join(scratch, purpose, `v${String(count)}`);
  const folder = join(here, "versions", project);
  rmSync(root, { recursive: true, force: true });
  const versions = readdirSync(folder).sort().slice(0, count);
  for (const version of versions) {
    cpSync(join(folder, version), root, { recursive: true });
    const { status, diagnostics } = await generate({
      root,
      allowDataLoss: existsSync(join(root, "allow-data-loss")),
    });
    if (status !== "changed")
      throw new Error(`${version}: ${status} ${JSON.stringify(diagnostics)}`);
  }
  writeGeneratedApi(join(root, "convex"));
  // What files of ours export, emitted a moment ago.
  const load = async <Module>(path: string): Promise<Module> =>
    (await import(pathToFileURL(join(root, path)).href)) as Module;
  const { registry } = await load<{ registry: Registry }>("src/sync/TableRegistry.ts");
  const { migrations } = await load<{ migrations: Migrations }>("src/db/migrations/migrations.ts");
  const { default: schema } = await load<{ default: Version["schema"] }>("convex/schema.ts");
  const modules = {
    "./convex/_generated/api.js": () => load("convex/_generated/api.js"),
    "./convex/sync.ts": () => load("convex/sync.ts"),
  };
  const { synced, readRow } =
    await load<Pick<Version, "synced" | "readRow">>("convex/syncWriters.ts");
  return { root, registry, migrations, schema, modules, synced, readRow };
}

/** A deployment of a version's server, with one user signed in. */
export interface Deployment {
  readonly userId: string;
  /** The server as an app with this registry reaches it, which may be of another version. */
  connect(registry: Registry): Backend;
  /** Calls a function by its name in `sync.ts`. */
  call(kind: "query" | "mutation", name: string, args: object): Promise<unknown>;
  /** Deploys the functions of another version over the same documents. */
  update(version: Version): void;
  /** Runs code of the project's own. */
  run<Result>(work: (ctx: GenericMutationCtx<AnyDataModel>) => Promise<Result>): Promise<Result>;
}

/** Deploys a version. `last`: the one that it is updated to in the end, whose schema has to take the documents of all. */
export function deployVersion(first: Version, last: Version = first): Deployment {
  const userId = "https://issuer|ada";
  let current = first;
  const paths = Object.keys(first.modules);
  const deployment = convexTest({
    schema: last.schema,
    modules: Object.fromEntries(paths.map((path) => [path, async () => current.modules[path]?.()])),
    transactionLimits: true,
  });
  const session = deployment.withIdentity({
    subject: "ada",
    issuer: "https://issuer",
    tokenIdentifier: userId,
  });
  const bells = new Set<() => void>();
  const run = async (kind: "query" | "mutation", path: string, args: object) => {
    // Arguments cross a network: nothing is shared between the two sides.
    const sent = structuredClone(args) as Record<string, unknown>;
    if (kind === "query") return session.query(makeFunctionReference<"query">(path), sent);
    const answer: unknown = await session.mutation(makeFunctionReference<"mutation">(path), sent);
    for (const bell of bells) bell();
    return answer;
  };
  const connection = {
    query: (name: FunctionReference<"query">, args: object) =>
      run("query", getFunctionName(name), args),
    mutation: (name: FunctionReference<"mutation">, args: object) =>
      run("mutation", getFunctionName(name), args),
    onUpdate: (
      name: FunctionReference<"query">,
      args: object,
      onValue: (value: unknown) => void,
      onError: (error: unknown) => void,
    ) => {
      const bell = () => {
        run("query", getFunctionName(name), args).then((value) => {
          if (bells.has(bell)) onValue(value);
        }, onError);
      };
      bells.add(bell);
      bell();
      return () => void bells.delete(bell);
    },
  };
  return {
    userId,
    // Safe: this is all that the backend uses of a client with `onUpdate`.
    connect: (registry) => createConvexBackend(registry, connection as unknown as ConvexConnection),
    call: (kind, name, args) => run(kind, `sync:${name}`, args),
    update: (version) => {
      current = version;
    },
    run: async (work) => {
      const result = await deployment.run((ctx) => work(ctx as GenericMutationCtx<AnyDataModel>));
      for (const bell of bells) bell();
      return result;
    },
  };
}
