import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./load";
import { failure, load, project, sides } from "./projectFixture";

const plain = `
import { defineSync, table, text, boolean } from "sync-gen";

export default defineSync({
  ${sides},
  tables: {
    tasks: table({
      policy: "mobile-wins",
      fields: { title: text().describe("a \`quoted\` */ \${text}"), done: boolean().default(false) },
    }),
  },
});
`;

const plainTables = {
  tasks: {
    policy: "mobile-wins",
    fields: {
      title: { kind: "text", describe: "a `quoted` */ ${text}" },
      done: { kind: "boolean", default: false },
    },
  },
};

describe("loading a config", () => {
  it("runs TypeScript without sync-gen being installed, and leaves no file behind", async () => {
    const root = project({ "sync.config.ts": plain });
    const outcome = await loadConfig({ root });
    expect(outcome).toMatchObject({ ok: true, diagnostics: [] });
    expect(outcome.ok && outcome.value.config).toEqual({
      client: { store: "expo-sqlite", out: "src" },
      server: { backend: "convex", out: "convex" },
      tables: plainTables,
    });
    expect(readdirSync(root)).toEqual(["sync.config.ts"]);
  });

  it.each([
    ["sync.config.mts", plain, "module"],
    ["sync.config.js", plain, "commonjs"],
    ["sync.config.mjs", plain, "commonjs"],
    [
      "sync.config.cts",
      plain
        .replace("import {", "import sync = require('sync-gen'); const {")
        .replace('} from "sync-gen"', "} = sync")
        .replace("export default", "export ="),
      "commonjs",
    ],
    [
      "sync.config.cjs",
      plain
        .replace("import {", "const {")
        .replace('} from "sync-gen"', '} = require("sync-gen")')
        .replace("export default", "module.exports ="),
      "commonjs",
    ],
    [
      "sync.config.js",
      plain
        .replace("import {", "const {")
        .replace('} from "sync-gen"', '} = require("sync-gen")')
        .replace("export default", "exports.__esModule = true; exports.default ="),
      "commonjs",
    ],
  ])("takes %s", async (name, text, type) => {
    const loaded = await load({ [name]: text, "package.json": JSON.stringify({ type }) });
    expect(loaded.config.tables).toEqual(plainTables);
    expect(loaded.path).toBe(name);
  });

  it("takes another file by its path", async () => {
    const loaded = await load({ "config/offline.ts": plain }, "config/offline.ts");
    expect(loaded.path).toBe("config/offline.ts");
  });

  it("follows imports of the project, and hashes each file", async () => {
    const loaded = await load({
      "sync.config.ts": `import { defineSync } from "sync-gen"; import { tables } from "./sync/tables"; export default defineSync({ ${sides}, tables });`,
      "sync/tables.ts": `import { table, text } from "sync-gen"; import names from "./names.json"; export const tables = { tasks: table({ policy: "hlc", description: names.tasks, fields: { title: text() } }) };`,
      "sync/names.json": `{ "tasks": "What is to do." }`,
    });
    expect(loaded.inputs.map((input) => input.path)).toEqual([
      "sync.config.ts",
      "sync/names.json",
      "sync/tables.ts",
    ]);
    expect(new Set(loaded.inputs.map((input) => input.hash)).size).toBe(3);
    expect(loaded.config.tables).toMatchObject({ tasks: { description: "What is to do." } });
  });

  it("runs the config anew each time", async () => {
    const root = project({
      "sync.config.ts": plain.replace('"mobile-wins"', "process.env.SYNC_GEN_TEST_POLICY"),
    });
    const policies: unknown[] = [];
    for (const policy of ["hlc", "manual"]) {
      process.env["SYNC_GEN_TEST_POLICY"] = policy;
      const outcome = await loadConfig({ root });
      policies.push(outcome.ok && outcome.value.config.tables);
    }
    delete process.env["SYNC_GEN_TEST_POLICY"];
    expect(policies).toMatchObject([{ tasks: { policy: "hlc" } }, { tasks: { policy: "manual" } }]);
  });

  it("leaves packages to Node, both kinds, and bundles linked workspace packages", async () => {
    const root = project({
      "package.json": JSON.stringify({ type: "module" }),
      "node_modules/esm/package.json": JSON.stringify({ type: "module", exports: "./index.js" }),
      "node_modules/esm/index.js": `export default "hlc"; export const where = import.meta.url;`,
      "node_modules/cjs/index.js": `module.exports = { out: "src" };`,
      "packages/shared/package.json": JSON.stringify({ name: "shared", exports: "./index.ts" }),
      "packages/shared/index.ts": `export const title: string = "title" as const;`,
      "sync.config.ts": `
        import { basename } from "node:path";
        import { defineSync, table, text } from "sync-gen";
        import policy from "esm";
        import cjs from "cjs";
        import { title } from "shared";
        const required = require("cjs");
        const version = await Promise.resolve(3);
        export default defineSync({
          client: { store: "expo-sqlite", out: cjs.out + required.out }, server: { backend: "convex", out: basename(import.meta.url), accepts: version },
          tables: { tasks: table({ policy, fields: { [title]: text() } }) },
        });`,
    });
    symlinkSync(join(root, "packages/shared"), join(root, "node_modules/shared"), "dir");
    const outcome = await loadConfig({ root });
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        config: {
          client: { out: "srcsrc" },
          server: { out: "sync.config.ts", accepts: 3 },
          tables: { tasks: { policy: "hlc", fields: { title: { kind: "text" } } } },
        },
      },
    });
    expect(outcome.ok && outcome.value.inputs.map((input) => input.path)).toEqual([
      "node_modules/esm/package.json",
      "packages/shared/index.ts",
      "sync.config.ts",
    ]);
  });

  it("knows a package by the package.json that the import finds, wherever its files are", async () => {
    const root = project({
      "repo/node_modules/@acme/hoisted/package.json": '{ "main": "lib/index.js" }',
      "repo/node_modules/@acme/hoisted/lib/package.json": '{ "type": "commonjs" }',
      "repo/node_modules/@acme/hoisted/lib/index.js": 'exports.policy = "hlc";',
      "repo/store/linked@1.0.0/node_modules/linked/package.json": '{ "main": "index.js" }',
      "repo/store/linked@1.0.0/node_modules/linked/index.js": 'exports.title = "title";',
      "repo/app/sync.config.ts": `
        import { defineSync, table, text } from "sync-gen";
        import { policy } from "@acme/hoisted/lib/index.js";
        import { title } from "linked";
        export default defineSync({ ${sides}, tables: { tasks: table({ policy, fields: { [title]: text() } }) } });`,
      "repo/app/node_modules/other/package.json": "{}",
    });
    const store = join(root, "repo/store/linked@1.0.0/node_modules/linked");
    symlinkSync(store, join(root, "repo/app/node_modules/linked"), "dir");
    const outcome = await loadConfig({ root: join(root, "repo/app") });
    expect(outcome.ok && outcome.value.inputs.map((input) => input.path)).toEqual([
      "../node_modules/@acme/hoisted/package.json",
      "node_modules/linked/package.json",
      "sync.config.ts",
    ]);
  });

  it("finds its way in a folder that is a link", async () => {
    const root = project({ "real/sync.config.ts": plain });
    symlinkSync(join(root, "real"), join(root, "link"), "dir");
    const outcome = await loadConfig({ root: join(root, "link") });
    expect(outcome).toMatchObject({ ok: true, value: { path: "sync.config.ts" } });
  });
});

const plainCommonJs = `const { defineSync, table, text } = require("sync-gen");
module.exports = defineSync({ ${sides}, tables: { tasks: table({ policy: "hlc", fields: { a: text() } }) } });`;

describe("a config that cannot be loaded", () => {
  it("is missing", async () => {
    expect(await failure({})).toMatchObject({ code: "SG101", severity: "error" });
    expect((await failure({ "sync.config.ts": plain }, "other.ts")).message).toContain("other.ts");
  });

  it("has a syntax error: the place is that of the mistake, in characters", async () => {
    const diagnostic = await failure({
      "sync.config.ts": `const größe = "ä";\nconst ä = "ü" const b = 1;`,
    });
    expect(diagnostic).toMatchObject({
      code: "SG102",
      location: { file: "sync.config.ts", line: 2, column: 15 },
    });
  });

  it("imports what is not there", async () => {
    const diagnostic = await failure({ "sync.config.ts": `import "./sync/tables";` });
    expect(diagnostic).toMatchObject({ code: "SG102", location: { line: 1, column: 8 } });
    expect(diagnostic.message).toContain("./sync/tables");
    expect(diagnostic.hint).toBe("Correct the path: it is relative to sync.config.ts.");
  });

  it.each([
    'import { x } from "no-such-package"; export default x;',
    'await import("no-such-package");',
  ])("imports a package that is not there: %s", async (text) => {
    const diagnostic = await failure({ "sync.config.ts": text });
    expect(diagnostic).toMatchObject({
      code: "SG102",
      location: { line: 1 },
      hint: "Install it, or correct its name.",
    });
    expect(diagnostic.message).toContain("no-such-package");
  });

  it("takes an import that it can do without for none", async () => {
    const extra = 'try { require("no-such-package"); } catch {}';
    const loaded = await load(
      { "sync.config.cjs": `${plainCommonJs}\n${extra}` },
      "sync.config.cjs",
    );
    expect(loaded.path).toBe("sync.config.cjs");
  });

  it("declares a name twice: the hint says where the other one is", async () => {
    const diagnostic = await failure({ "sync.config.ts": "const a = 1;\nconst a = 2;" });
    expect(diagnostic.hint).toBe('The symbol "a" was originally declared here: sync.config.ts:1:7');
  });

  it("imports what sync-gen does not have", async () => {
    const diagnostic = await failure({
      "sync.config.ts": `import { tabel } from "sync-gen";\nexport default tabel;`,
    });
    expect(diagnostic).toMatchObject({ code: "SG102", location: { line: 1, column: 10 } });
    expect(diagnostic.message).toContain("tabel");
  });

  it("reports every syntax error of every file", async () => {
    const outcome = await loadConfig({
      root: project({
        "sync.config.ts": `import "./a"; import "./b";`,
        "a.ts": "const = 1",
        "b.ts": "var x y",
      }),
    });
    expect(outcome.diagnostics.map((diagnostic) => diagnostic.location?.file).sort()).toEqual([
      "a.ts",
      "b.ts",
    ]);
  });

  it("holds merge-conflict markers", async () => {
    const text = `const a = 1;\n<<<<<<< HEAD\nconst b = 1;\n=======\nconst b = 2;\n>>>>>>> other\n`;
    const outcome = await loadConfig({ root: project({ "sync.config.ts": text }) });
    expect(outcome.diagnostics[0]).toMatchObject({
      code: "SG103",
      location: { file: "sync.config.ts", line: 2, column: 1 },
    });
  });

  it("throws: the place is that of the throw, also in an imported file", async () => {
    const diagnostic = await failure({
      "sync.config.ts": `import { must } from "./must";\n\ninterface Gone { a: string }\nmust(undefined);`,
      "must.ts": `type Value = string | undefined;\nexport function must(value: Value): string {\n  if (!value) throw new TypeError("no value");\n  return value;\n}`,
    });
    expect(diagnostic).toMatchObject({
      code: "SG104",
      message: "The config threw TypeError: no value",
      location: { file: "must.ts", line: 3, column: 21 },
    });
  });

  it.each([
    ["was not imported", "defineSync({})", 'Import it: import { defineSync } from "sync-gen";'],
    ["was misspelt", "defineSnyc({})", 'Did you mean "defineSync"?'],
    ["is not ours", "bananas({})", undefined],
  ])("calls a function that %s", async (_what, call, hint) => {
    const diagnostic = await failure({ "sync.config.ts": `export default ${call};` });
    expect(diagnostic).toMatchObject({ code: "SG104", location: { line: 1, column: 16 } });
    expect(diagnostic?.hint).toBe(hint);
  });

  it("calls a modifier that was misspelt", async () => {
    const text = plain.replace(".default(false)", ".defualt(false)");
    expect(await failure({ "sync.config.ts": text })).toMatchObject({
      code: "SG104",
      hint: 'Did you mean "default"?',
    });
  });

  it("throws something that is no error", async () => {
    expect(await failure({ "sync.config.ts": `throw "enough";` })).toMatchObject({
      code: "SG104",
      message: 'The config threw "enough".',
    });
  });

  it.each([
    ["calls it", `\n  process.exit(3);`],
    ["catches what comes of it", `try {\n  process.exit(3);\n} catch {}\n${plain}`],
    ["imports it", `import { exit } from "node:process";\n\n  exit(3);`],
  ])("ends the process: %s", async (_what, text) => {
    const before = process.exit;
    expect(await failure({ "sync.config.ts": text })).toMatchObject({
      code: "SG108",
      message: "The config calls process.exit(3).",
      location: { file: "sync.config.ts" },
    });
    expect(process.exit).toBe(before);
  });

  it("has no default export, but one by name", async () => {
    const diagnostic = await failure({
      "sync.config.ts": plain.replace("export default", "export const config ="),
    });
    expect(diagnostic).toMatchObject({
      code: "SG105",
      hint: "Export config as the default: export default config;",
      location: { file: "sync.config.ts" },
    });
  });

  it.each([
    ["export default { tables: {} };", "an object"],
    ["export default () => ({});", "a function"],
    ["module.exports = 3;", "3"],
  ])("exports something else: %s", async (text, what) => {
    const diagnostic = await failure({ "sync.config.ts": `// first\n${text}` });
    expect(diagnostic).toMatchObject({ code: "SG106", location: { line: 2, column: 1 } });
    expect(diagnostic.message).toContain(what);
  });
});
