import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import rateLimiter from "@convex-dev/rate-limiter/test";
import { convexTest } from "convex-test";
import { makeFunctionReference, type GenericSchema, type SchemaDefinition } from "convex/server";
import { beforeAll, describe, expect, it } from "vitest";
import { abuseCases } from "../../templates/server/convex/syncEngine/testing/abuse.cases";
import { setAccess } from "../../templates/server/convex/syncEngine/testing/members.setup";
import { scopeCases } from "../../templates/server/convex/syncEngine/testing/scope.cases";
import type { Model } from "../../src/model/model";
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

/** The abuse cases of the catalogue by the cases that show them, and the invariants that they stand for. */
const catalogue = {
  unauthenticated: "1",
  foreignRow: "3 (I14)",
  foreignId: "4, 19, 24 (I14)",
  foreignParent: "25 (I14)",
  foreignPages: "13 (I14)",
  foreignScope: "14 (I14)",
  foreignDevice: "8, 9 (I15)",
  sharedDocuments: "22",
  forgedColumns: "2, 5, 6, 29",
  forbiddenOperation: "20",
  unknownTable: "18",
  wrongTypes: "27 (I16)",
  futureClock: "7",
  futureValue: "19",
  leaks: "15, 16 (I14)",
  oversize: "12",
  replay: "10 (I2)",
  forgedReplay: "10 (I2)",
  staleDevice: "11",
  futureSchema: "26 (I20)",
  failingCalls: "23",
  internalOnly: "17, 30",
  forgottenUser: "31",
} satisfies Record<keyof typeof abuseCases, string>;

/** The same for tables in scopes. */
const scopeCatalogue = {
  foreignMember: "3, 14 (I14)",
  readOnly: "5 (I14)",
  formerMember: "14 (I14)",
  noScope: "5",
  movedRow: "4, 5, 24",
  foreignReference: "25",
} satisfies Record<keyof typeof scopeCases, string>;

const numbers: Readonly<Record<string, string>> = { ...catalogue, ...scopeCatalogue };

/** The two cases that are no calls of a table's functions: tests of what is emitted as a whole. */
const wholes = ["21", "28"];

it("every abuse case of the catalogue is among them", () => {
  const shown = Object.values(catalogue).flatMap((cell) => cell.replace(/ \(.*/, "").split(", "));
  const all = Array.from({ length: 31 }, (_, index) => String(index + 1));
  expect([...new Set([...shown, ...wholes])].sort((a, b) => Number(a) - Number(b))).toEqual(all);
});

interface Emitted extends SyncProject {
  readonly model: Model;
  /** Everything that was emitted for devices, and for the server. */
  readonly texts: Readonly<Record<"client" | "server", ReadonlyMap<string, string>>>;
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

  it("17: are public for what an app calls, and for nothing else", () => {
    const { functions = {}, model, rules = {} } = project ?? {};
    const called = (model?.tables ?? []).flatMap(({ name, names }) => [
      names.changesSince,
      names.all,
      ...(["create", "update"] as const).flatMap((kind) =>
        rules[name]?.operations.includes(kind) ? names.upsert : [],
      ),
      ...(rules[name]?.operations.includes("delete") ? [names.remove] : []),
    ]);
    const isPublic = ([, made]: readonly [string, object]) => "isPublic" in made;
    const earlier = /^get\w+(ChangesSince|ForUser)$/;
    const found = Object.entries(functions).filter(isPublic);
    const wanted = new Set(["push", "head", ...called]);
    // Beside today's, an app that knows a table under an earlier name may ask for its pages.
    for (const [name] of found) expect(wanted.has(name) || earlier.test(name), name).toBe(true);
    expect(found.map(([name]) => name)).toEqual(expect.arrayContaining([...wanted]));
  });

  it("21: neither take nor hand out files of the storage", () => {
    expect(project?.texts.server.size).toBeGreaterThan(10);
    for (const [path, text] of project?.texts.server ?? [])
      expect(text, path).not.toMatch(/\.storage\b|v\.id\(["']_storage|storageId/);
  });

  it("28: leave no token on a device: what is emitted for it never holds one", () => {
    expect(project?.texts.client.size).toBeGreaterThan(20);
    for (const [path, text] of project?.texts.client ?? []) {
      // What a comment says of signing in is not done.
      const code = text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
      expect(code, path).not.toMatch(/getToken|fetchAccessToken|setAuth|authToken|SecureStore/);
    }
  });

  describe.each(tableNames(name))("%s", (table) => {
    const cases = scopedTables(name).has(table) ? { ...abuseCases, ...scopeCases } : abuseCases;
    for (const [name, { title, run }] of Object.entries(cases))
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
  const below = (out: string) =>
    new Map([...golden.files].filter(([path]) => path.startsWith(`${out}/`)));
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const modules = Object.fromEntries([
    ["./convex/_generated/api.js", () => load("_generated/api.js")],
    ...files.map((file) => [`./convex/${file}`, () => load(file)]),
  ]);
  return {
    rules: tables.syncRules,
    policies: tables.syncPolicies,
    functions: await load("sync.ts"),
    model,
    texts: { client: below(model.client.out), server: below(model.server.out) },
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
    setAccess,
  };
}

function tableOf(project: Emitted, table: string): SyncTable {
  const { model, functions } = project;
  const names = model.tables.find(({ name }) => name === table)?.names;
  if (names === undefined) throw new Error(`The config has no table ${table}.`);
  const mutation = (name: string) =>
    name in functions ? makeFunctionReference<"mutation">(`sync:${name}`) : null;
  return {
    ...project,
    table,
    schemaVersion: model.schemaVersion,
    changesAtOnce: model.server.rateLimit?.capacity ?? null,
    changesSince: makeFunctionReference<"query">(`sync:${names.changesSince}`),
    all: makeFunctionReference<"query">(`sync:${names.all}`),
    upsert: mutation(names.upsert),
    remove: mutation(names.remove),
  };
}

/** The tables that a case ends with, as its device's registry lists them. */
function tableNames(name: string): readonly string[] {
  return [...tablesText(name).matchAll(/^ {4}name: "(.+)",$/gm)].map(([, table = ""]) => table);
}

/** Those of them whose rows are in scopes. */
function scopedTables(name: string): ReadonlySet<string> {
  const scoped = /^ {4}name: "(.+)",\n(?: {4}(?:firstName|storedAs): .+\n)* {4}scope: /gm;
  return new Set([...tablesText(name).matchAll(scoped)].map(([, table = ""]) => table));
}

function tablesText(name: string): string {
  const files = readTree(expectedFolder(name));
  const [path = ""] = [...files.keys()].filter((file) => file.endsWith("convex/syncTables.ts"));
  return files.get(path) ?? "";
}
