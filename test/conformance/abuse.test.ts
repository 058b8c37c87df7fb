import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import rateLimiter from "@convex-dev/rate-limiter/test";
import { convexTest } from "convex-test";
import { makeFunctionReference, type GenericSchema, type SchemaDefinition } from "convex/server";
import { beforeAll, describe, expect, it } from "vitest";
import { abuseCases } from "../../templates/server/convex/syncEngine/testing/abuse.cases";
import type {
  SyncProject,
  SyncTable,
} from "../../templates/server/convex/syncEngine/testing/device.setup";
import {
  caseNames,
  completeProject,
  expectedFolder,
  readTree,
  runCase,
} from "../golden/goldenProject";

/**
 * The abuse cases of the catalogue that do not depend on an app's own functions, by their numbers there, and the invariants
 * that they show. Case 14 is 13 while the only scope is the user; 17, 21 to 23 and 28 to 30 need what is not emitted or stand
 * in `test/server`.
 */
const catalogue = {
  unauthenticated: "1",
  foreignRow: "3 (I14)",
  foreignId: "4, 24 (I14)",
  foreignParent: "25 (I14)",
  foreignPages: "13 (I14)",
  forgedColumns: "2, 5, 6, 29",
  forbiddenOperation: "20",
  unknownTable: "18",
  wrongTypes: "27 (I16)",
  oversize: "12",
  replay: "10 (I2)",
  forgedReplay: "10 (I2)",
  staleDevice: "11",
  foreignDevice: "8, 9 (I15)",
  futureSchema: "26 (I20)",
  futureClock: "7",
  leaks: "15, 16 (I14)",
} satisfies Record<keyof typeof abuseCases, string>;
const numbers: Readonly<Record<string, string>> = catalogue;

interface Emitted extends SyncProject {
  readonly schemaVersion: number;
  /** Names of the functions that answer with pages, by table. */
  readonly pages: Readonly<Record<string, { readonly changesSince: string; readonly all: string }>>;
}

// The emitted functions of every golden project, run as they are: the cases that `--with-tests` puts into the user's project.
describe.each(caseNames())("the emitted functions of %s", (name) => {
  let project: Emitted | null = null;

  beforeAll(async () => {
    project = await emit(name);
  }, 120_000);

  it("are there for every table", () => {
    expect(Object.keys(project?.rules ?? {})).toEqual(tableNames(name));
  });

  describe.each(tableNames(name))("%s", (table) => {
    for (const [name, { title, run }] of Object.entries(abuseCases))
      it(`${numbers[name] ?? ""}: ${title}`, async () => {
        if (project === null) throw new Error("The project was not made.");
        await run(tableOf(project, table));
      });
  });
});

async function emit(name: string): Promise<Emitted> {
  const golden = await runCase(name, "abuse");
  completeProject(golden);
  const { root, result } = golden;
  const { model } = result;
  if (model === null) throw new Error("The run read no config.");
  const folder = join(root, model.server.out);
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
  const { default: schema } = (await load("schema.ts")) as {
    readonly default: SchemaDefinition<GenericSchema, boolean>;
  };
  const tables = (await load("syncTables.ts")) as {
    readonly syncRules: Emitted["rules"];
    readonly syncPolicies: Emitted["policies"];
  };
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const modules = Object.fromEntries([
    ["./convex/_generated/api.js", () => load("_generated/api.js")],
    ...files.map((file) => [`./convex/${file}`, () => load(file)]),
  ]);
  return {
    rules: tables.syncRules,
    policies: tables.syncPolicies,
    schemaVersion: model.schemaVersion,
    pages: Object.fromEntries(model.tables.map((table) => [table.name, table.names])),
    open: () => {
      const deployment = convexTest({ schema, modules, transactionLimits: true });
      if (files.includes("syncRateLimit.ts")) rateLimiter.register(deployment);
      return deployment;
    },
    signIn: async (deployment, user) =>
      deployment.withIdentity({
        subject: user,
        issuer: "https://issuer",
        tokenIdentifier: `https://issuer|${user}`,
      }),
  };
}

function tableOf(project: Emitted, table: string): SyncTable {
  const { changesSince = "", all = "" } = project.pages[table] ?? {};
  return {
    ...project,
    table,
    changesSince: makeFunctionReference<"query">(`sync:${changesSince}`),
    all: makeFunctionReference<"query">(`sync:${all}`),
  };
}

/** The tables that a case ends with, as its device's registry lists them. */
function tableNames(name: string): readonly string[] {
  const files = readTree(expectedFolder(name));
  const [path = ""] = [...files.keys()].filter((file) => file.endsWith("convex/syncTables.ts"));
  const text = files.get(path) ?? "";
  return [...text.matchAll(/^ {4}name: "(.+)",$/gm)].map(([, table = ""]) => table);
}
