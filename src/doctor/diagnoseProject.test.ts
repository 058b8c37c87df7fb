import { describe, expect, it } from "vitest";
import { memoryFiles } from "../../test/codemods/memoryFiles";
import { detectWorkspace } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import { diagnoseProject, type Project } from "./diagnoseProject";

const installed = (
  versions: Readonly<Record<string, string>>,
  folder = "",
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [
      `${folder}node_modules/${name}/package.json`,
      { name, version },
    ]),
  );

const dependencies = {
  "@react-native-community/netinfo": "12.0.1",
  convex: "^1.48.0",
  "drizzle-orm": "^0.45.4",
  expo: "~57.0.26",
  "expo-sqlite": "~57.0.3",
};
const versions = {
  "@react-native-community/netinfo": "12.0.1",
  convex: "1.48.0",
  "drizzle-orm": "0.45.4",
  "drizzle-kit": "0.31.11",
  "expo-sqlite": "57.0.3",
  react: "19.2.3",
};

/** A project in which nothing is wrong. */
const healthy: Readonly<Record<string, string | object>> = {
  "package.json": { dependencies, devDependencies: { "drizzle-kit": "^0.31.11" } },
  ...installed(versions),
  "app.json": { expo: { plugins: ["expo-sqlite"], android: { allowBackup: false } } },
  "metro.config.js":
    'const config = getDefaultConfig(__dirname);\nconfig.resolver.assetExts.push("wasm");\nmodule.exports = config;\n',
  "App.tsx":
    "export default () => <ConvexProvider client={c}><OfflineProvider><Home /></OfflineProvider></ConvexProvider>;\n",
  "convex/schema.ts":
    'import { defineSchema } from "convex/server";\nimport { syncTables } from "./syncTables";\nexport default defineSchema({ ...syncTables });\n',
  "convex/crons.ts":
    'const crons = cronJobs();\ncrons.daily("a", { hourUTC: 1, minuteUTC: 2 }, internal.sync.collectGarbage);\n',
};

function diagnose(
  changes: Readonly<Record<string, string | object>>,
  more: Partial<Project> = {},
): readonly Diagnostic[] {
  const files = memoryFiles({ ...healthy, ...changes });
  return diagnoseProject({
    files,
    workspace: detectWorkspace(files),
    nodeVersion: "20.19.0",
    toolVersion: "0.1.0",
    config: {
      clientOut: "src",
      serverOut: "convex",
      tables: [{ name: "tasks" }],
      tests: false,
      rateLimit: false,
      background: false,
    },
    emitted: new Set(),
    ...more,
  });
}

const manifest = (
  changed: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, object>> => ({
  "package.json": {
    dependencies: { ...dependencies, ...changed },
    devDependencies: { "drizzle-kit": "^0.31.11" },
  },
});

describe("a healthy project", () => {
  it("has no findings", () => {
    expect(diagnose({})).toEqual([]);
  });
});

describe("findings, each with its fix", () => {
  it.each<[string, readonly Diagnostic[], Partial<Diagnostic>]>([
    [
      "an old Node",
      diagnose({}, { nodeVersion: "18.20.0" }),
      { code: "SG520", severity: "error", allowed: ">=20.19.0" },
    ],
    ["no Expo app", diagnose({ "package.json": {} }, { config: null }), { code: "SG521" }],
    [
      "nothing said of Android's backups",
      diagnose({ "app.json": { expo: { plugins: ["expo-sqlite"] } } }),
      { code: "SG537", severity: "info" },
    ],
    [
      "another Expo SDK",
      diagnose({
        ...manifest({ expo: "~58.0.0" }),
        "node_modules/expo/bundledNativeModules.json": {
          "expo-sqlite": "~58.0.0",
          "@react-native-community/netinfo": "12",
        },
      }),
      { code: "SG522", severity: "info" },
    ],
    [
      "a package that is not listed",
      diagnose(manifest({ "drizzle-orm": undefined })),
      { code: "SG523", severity: "error", hint: "Run `npm install drizzle-orm@^0.45.4`." },
    ],
    [
      "a native package that is not listed",
      diagnose(manifest({ "expo-sqlite": undefined })),
      { code: "SG523", severity: "error", hint: "Run `npx expo install expo-sqlite`." },
    ],
    [
      "a tool that is not listed, under pnpm",
      diagnose({ "package.json": { dependencies }, "pnpm-lock.yaml": "" }),
      { code: "SG523", severity: "warning", hint: "Run `pnpm add -D drizzle-kit@^0.31.11`." },
    ],
    [
      "packages that are not installed",
      diagnose({
        "node_modules/convex/package.json": "",
        "node_modules/expo-sqlite/package.json": "",
      }),
      {
        code: "SG524",
        message: "Listed, and not installed: convex, expo-sqlite.",
        hint: "Run `npm install`.",
      },
    ],
    [
      "a package that is too old",
      diagnose({ ...manifest({ convex: "^1.20.0" }), ...installed({ convex: "1.20.0" }) }),
      {
        code: "SG525",
        severity: "error",
        message: "convex 1.20.0 is too old.",
        hint: "Run `npm install convex@^1.48.0`.",
      },
    ],
    [
      "an install that is behind its package.json",
      diagnose(installed({ "drizzle-orm": "0.40.0" })),
      { code: "SG525", hint: "Run `npm install drizzle-orm@^0.45.4`." },
    ],
    [
      "a package that is newer than what was tried",
      diagnose({
        ...manifest({ "drizzle-orm": "1.0.0" }),
        ...installed({ "drizzle-orm": "1.0.0" }),
      }),
      {
        code: "SG525",
        severity: "warning",
        message: "drizzle-orm 1.0.0 is newer than this sync-gen knows.",
      },
    ],
    [
      "a missing config plugin",
      diagnose({ "app.json": { expo: { android: { allowBackup: false } } } }),
      { code: "SG527", severity: "warning", hint: "Run `sync-gen init`." },
    ],
    ["an unprepared Metro", diagnose({ "metro.config.js": "" }), { code: "SG527" }],
    [
      "an app that is not wrapped",
      diagnose({ "App.tsx": 'import { Home } from "./Home";\nexport default () => <Home />;\n' }),
      { code: "SG527", severity: "error", hint: "Run `sync-gen init`." },
    ],
    [
      "an app that is not wrapped, beside emitted code that says it should be",
      diagnose({
        "App.tsx": 'import { Home } from "./Home";\nexport default () => <Home />;\n',
        "src/hooks/syncContext.ts":
          'throw new Error("No sync here: put the component inside <OfflineProvider>.");\n',
        "src/providers/OfflineProvider.tsx":
          "/** `<OfflineProvider>` goes around the app. */\nexport function OfflineProvider() {}\n",
      }),
      { code: "SG527", severity: "error", message: expect.stringMatching(/^App\.tsx: /) },
    ],
    [
      "a provider around Convex's",
      diagnose({
        "App.tsx":
          "export default () => <OfflineProvider><ConvexProvider client={c}><Home /></ConvexProvider></OfflineProvider>;\n",
      }),
      {
        code: "SG527",
        severity: "error",
        hint: expect.stringContaining("stands around Convex's provider"),
      },
    ],
    [
      "a schema without the tables",
      diagnose({
        "convex/schema.ts":
          'import { defineSchema } from "convex/server";\nexport default defineSchema({});\n',
      }),
      { code: "SG528", severity: "error", hint: "Run `sync-gen generate`." },
    ],
    [
      "a table that the schema has itself",
      diagnose({
        "convex/schema.ts":
          'import { defineSchema } from "convex/server";\nexport default defineSchema({ tasks });\n',
      }),
      { code: "SG510" },
    ],
    [
      "crons without the collection",
      diagnose({
        "convex/crons.ts":
          'import { cronJobs } from "convex/server";\nconst crons = cronJobs();\nexport default crons;\n',
      }),
      { code: "SG528" },
    ],
    [
      "a raw write",
      diagnose({
        "convex/admin/web.ts":
          'export const f = async (ctx) => {\n  await ctx.db.insert("tasks", {});\n};\n',
      }),
      {
        code: "SG529",
        severity: "error",
        location: { file: "convex/admin/web.ts", line: 2, column: 9 },
        hint: 'Use the emitted writers: synced(ctx, "tasks").insert(…) of convex/syncWriters.',
      },
    ],
  ])("%s", (_what, found, wanted) => {
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(wanted);
    expect(found[0]?.hint).toMatch(/\S/);
  });

  const renamed: Partial<Project> = {
    config: {
      clientOut: "src",
      serverOut: "convex",
      tables: [{ name: "jobs", storedAs: "tasks" }],
      tests: false,
      rateLimit: false,
      background: false,
    },
  };

  it("a raw write to a renamed table is one to the Convex table that holds its rows", () => {
    const write = (table: string) => ({
      "convex/web.ts": `export const f = async (ctx) => {\n  await ctx.db.insert("${table}", {});\n};\n`,
    });
    expect(diagnose(write("jobs"), renamed)).toEqual([]);
    expect(diagnose(write("tasks"), renamed)).toMatchObject([
      {
        code: "SG529",
        hint: 'Use the emitted writers: synced(ctx, "jobs").insert(…) of convex/syncWriters.',
      },
    ]);
  });

  const limited: Partial<Project> = {
    config: {
      clientOut: "src",
      serverOut: "convex",
      tables: [{ name: "tasks" }],
      tests: false,
      rateLimit: true,
      background: false,
    },
  };
  const limiter = {
    ...manifest({ "@convex-dev/rate-limiter": "^0.4.0" }),
    ...installed({ "@convex-dev/rate-limiter": "0.4.0" }),
  };
  const component =
    'import rateLimiter from "@convex-dev/rate-limiter/convex.config";\nimport { defineApp } from "convex/server";\nconst app = defineApp();\napp.use(rateLimiter);\nexport default app;\n';

  const byToken = "return (await ctx.auth.getUserIdentity())?.tokenIdentifier ?? null;\n";

  it("users of Convex Auth who are named by their session are one", () => {
    const files = { ...manifest({ "@convex-dev/auth": "^0.0.90" }), "convex/syncUser.ts": byToken };
    expect(diagnose(files)).toMatchObject([
      {
        code: "SG536",
        severity: "warning",
        hint: expect.stringContaining("return await getAuthUserId(ctx);"),
      },
    ]);
  });

  it.each([
    [
      "named by their id",
      { "@convex-dev/auth": "^0.0.90" },
      `// not ${byToken}return getAuthUserId(ctx);\n`,
    ],
    ["of another provider", {}, byToken],
  ])("users %s have none", (_who, packages, text) => {
    expect(diagnose({ ...manifest(packages), "convex/syncUser.ts": text })).toEqual([]);
  });

  const inBackground: Partial<Project> = {
    config: {
      clientOut: "src",
      serverOut: "convex",
      tables: [{ name: "tasks" }],
      tests: false,
      rateLimit: false,
      background: true,
    },
  };
  const plugins = ["expo-sqlite", "expo-background-task"];
  const background = {
    ...manifest({ "expo-background-task": "~57.0.21", "expo-task-manager": "~57.0.21" }),
    ...installed({ "expo-background-task": "57.0.21", "expo-task-manager": "57.0.21" }),
    "app.json": { expo: { plugins, android: { allowBackup: false } } },
    "index.ts": 'import "./src/providers/backgroundSync";\n',
  };

  const shared: Partial<Project> = { emitted: new Set(["convex/syncEngine/members.ts"]) };
  const byMembers = "/** As setMember says. */\nexport const listScopes = scopesOfMember;\n";

  it("scopes that nobody can become a member of are one", () => {
    const found = diagnose({ "convex/syncScopes.ts": byMembers }, shared);
    expect(found).toMatchObject([{ code: "SG539", severity: "warning" }]);
    expect(found[0]?.hint).toContain("of convex/syncEngine/members.");
  });

  it("scopes have none where a function makes members, or the app has memberships of its own", () => {
    const join = { "convex/teams/join.ts": "await setMember(ctx, member);\n" };
    expect(diagnose({ "convex/syncScopes.ts": byMembers, ...join }, shared)).toEqual([]);
    expect(diagnose({ "convex/syncScopes.ts": "read(ctx.db);\n" }, shared)).toEqual([]);
    // Left over from before the last table lost its scope.
    expect(diagnose({ "convex/syncScopes.ts": byMembers })).toEqual([]);
  });

  it("a sync in the background that is set up has none", () => {
    expect(diagnose(background, inBackground)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string | object>>, Partial<Diagnostic>]>([
    [
      "without its line in the entry",
      { "index.ts": "start();\n" },
      {
        code: "SG528",
        severity: "error",
        message:
          "index.ts: the app's entry does not start the sync in the background: it never happens.",
        hint: "Run `sync-gen generate`.",
      },
    ],
    [
      "without its config plugin",
      { "app.json": { expo: { plugins: ["expo-sqlite"], android: { allowBackup: false } } } },
      { code: "SG528", severity: "error" },
    ],
    [
      "without a package",
      manifest({ "expo-background-task": "~57.0.21" }),
      {
        code: "SG523",
        severity: "error",
        message:
          "package.json does not list expo-task-manager, which runs the task that the platform starts.",
        hint: "Run `npx expo install expo-task-manager`.",
      },
    ],
    [
      "with a package that is too old",
      installed({ "expo-background-task": "0.2.8" }),
      { code: "SG525", severity: "error", hint: "Run `npx expo install expo-background-task`." },
    ],
  ])("a sync in the background %s", (_what, files, wanted) => {
    expect(diagnose({ ...background, ...files }, inBackground)).toMatchObject([wanted]);
  });

  it("a rate limiter that is set up has none", () => {
    expect(diagnose({ ...limiter, "convex/convex.config.ts": component }, limited)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string | object>>, Partial<Diagnostic>]>([
    [
      "no component",
      limiter,
      {
        code: "SG528",
        severity: "error",
        message:
          "convex/convex.config.ts: the rate limiter is not installed: server.rateLimit makes every push fail.",
        hint: "Run `sync-gen generate`.",
      },
    ],
    [
      "a component of something else",
      {
        ...limiter,
        "convex/convex.config.ts": component.replaceAll("rate-limiter", "aggregate"),
      },
      { code: "SG528", severity: "error" },
    ],
    [
      "no dependency",
      { "convex/convex.config.ts": component },
      {
        code: "SG523",
        severity: "error",
        message:
          "package.json does not list @convex-dev/rate-limiter, which counts the changes of each user.",
        hint: "Run `npm install @convex-dev/rate-limiter@^0.4.0`.",
      },
    ],
    [
      "a dependency that is not installed",
      {
        ...manifest({ "@convex-dev/rate-limiter": "^0.4.0" }),
        "convex/convex.config.ts": component,
      },
      { code: "SG524", hint: "Run `npm install`." },
    ],
  ])("a rate limiter with %s", (_what, files, wanted) => {
    expect(diagnose(files, limited)).toMatchObject([wanted]);
  });

  it("tests without what they import are one finding, with one command", () => {
    const found = diagnose(
      {
        "vitest.config.ts": "",
        ...manifest({ vitest: "^4.0.0" }),
        ...installed({ vitest: "4.0.0" }),
      },
      {
        config: {
          clientOut: "src",
          serverOut: "convex",
          tables: [{ name: "tasks" }],
          tests: true,
          rateLimit: false,
          background: false,
        },
      },
    );
    expect(found).toMatchObject([
      {
        code: "SG523",
        severity: "warning",
        message:
          "server.tests asks for tests, and package.json does not list @edge-runtime/vm, convex-test, which they import.",
        hint: "Run `npm install --save-dev @edge-runtime/vm@^5.0.0 convex-test@^0.0.60`; or `sync-gen init --with-tests`, which lists them and sets up vitest.",
      },
      { code: "SG527", message: "package.json: vitest is not set up for the emitted tests." },
    ]);
  });

  it("a file too strange to edit comes with the snippet to paste", () => {
    const [found] = diagnose({ "convex/schema.ts": "export { default } from './other';\n" });
    expect(found?.hint).toContain("Paste this:\nimport { syncTables }");
  });
});

describe("raw writes", () => {
  const write = 'export const f = async (ctx) => { await ctx.db.delete("tasks", id); };\n';

  it("do not count in emitted, generated and test files, nor in other folders", () => {
    const files = {
      "convex/sync.ts": write,
      "convex/_generated/x.ts": write,
      "convex/syncEngine/x.ts": write,
      "convex/tasks.test.ts": write,
      "elsewhere/x.ts": write,
    };
    expect(diagnose(files, { emitted: new Set(["convex/sync.ts"]) })).toEqual([]);
  });
});

describe("a monorepo", () => {
  const monorepo = {
    "package.json": { workspaces: ["apps/*", "packages/*"] },
    "apps/native/package.json": {
      dependencies: { ...dependencies, "@acme/backend": "*" },
      devDependencies: { "drizzle-kit": "^0.31.11" },
    },
    "apps/native/app.json": { expo: { plugins: ["expo-sqlite"], android: { allowBackup: true } } },
    "apps/native/metro.config.js": healthy["metro.config.js"] ?? "",
    "apps/native/App.tsx": healthy["App.tsx"] ?? "",
    "packages/backend/package.json": { name: "@acme/backend", dependencies: { convex: "^1.48.0" } },
    "packages/backend/convex/schema.ts": healthy["convex/schema.ts"] ?? "",
    "packages/backend/convex/crons.ts": healthy["convex/crons.ts"] ?? "",
  };
  const config = {
    clientOut: "apps/native/src",
    serverOut: "packages/backend/convex",
    tables: [{ name: "tasks" }],
    tests: false,
    rateLimit: false,
    background: false,
  };

  it("finds packages that are installed at the root", () => {
    expect(diagnose(monorepo, { config })).toEqual([]);
  });

  it("finds two versions of a package that must be there once", () => {
    const twice = { ...monorepo, ...installed({ react: "18.3.1" }, "apps/native/") };
    const [found, ...rest] = diagnose(twice, { config });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code: "SG526", severity: "error" });
    expect(found?.message).toContain("19.2.3 in node_modules, 18.3.1 in apps/native/node_modules");
  });

  it("looks for convex in the backend package", () => {
    const without = { ...monorepo, "packages/backend/package.json": { name: "@acme/backend" } };
    const [found] = diagnose(without, { config });
    expect(found).toMatchObject({
      code: "SG523",
      hint: "Run `npm install convex@^1.48.0` in packages/backend.",
    });
  });
});

describe("folders", () => {
  const emitted = new Set([
    "offline/providers/OfflineProvider.tsx",
    "offline/hooks/useTasks.ts",
    "offline/db/schema.ts",
    "convex/syncTables.ts",
    "drizzle.config.ts",
  ]);
  const texts = Object.fromEntries([...emitted].map((path) => [path, ""]));
  const config = {
    clientOut: "offline",
    serverOut: "convex",
    tables: [],
    tests: false,
    rateLimit: false,
    background: false,
  };

  it("finds what leads to a folder that emitted code has left", () => {
    const found = diagnose(
      {
        ...texts,
        "convex/syncTables.ts": "",
        "src/Home.tsx":
          'import { useTasks } from "./hooks/useTasks";\nimport { useOwn } from "./hooks/useOwn";\n',
        "src/List.tsx": 'import { useTasks } from "@/hooks/useTasks";\n',
        "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
        "src/hooks/useOwn.ts": "",
        "drizzle.config.ts": 'export default { schema: "./src/db/schema.ts" };\n',
        "functions/schema.ts": 'import { syncTables } from "./syncTables";\n',
      },
      { config, emitted },
    );
    expect(found).toMatchObject([
      {
        code: "SG533",
        message:
          'drizzle.config.ts looks for emitted code at "./src/db/schema.ts", where there is none.',
        hint: 'It is "./offline/db/schema.ts" now (offline/db/schema.ts).',
      },
      { code: "SG533", hint: "Emitted functions stand in convex: move this file there." },
      {
        code: "SG533",
        location: { file: "src/Home.tsx", line: 1, column: 26 },
        hint: 'It is "../offline/hooks/useTasks" now (offline/hooks/useTasks).',
      },
      {
        code: "SG533",
        message: 'src/List.tsx looks for emitted code at "@/hooks/useTasks", where there is none.',
      },
    ]);
  });

  it("finds functions that Convex does not deploy", () => {
    const found = diagnose(
      { "convex.json": { functions: "backend/functions/" }, "convex/syncTables.ts": "" },
      { config: { ...config, clientOut: "src" } },
    );
    expect(found).toMatchObject([
      {
        code: "SG534",
        message:
          "Convex deploys the functions in backend/functions; the config emits them into convex.",
        hint: 'Say "functions": "convex/" in convex.json, or correct server.out.',
      },
    ]);
  });
});
