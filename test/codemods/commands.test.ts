import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "prettier";
import { afterEach, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function project(files: Readonly<Record<string, string | object>>): string {
  const root = mkdtempSync(join(tmpdir(), "sync-gen-"));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
    writeFileSync(join(root, path), text);
  }
  return root;
}

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function run(root: string, ...words: readonly string[]): Promise<Ran> {
  let out = "";
  let err = "";
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    interactive: false,
    color: false,
  };
  const { signal } = new AbortController();
  const exitCode = await main({ words, start: root, terminal, signal });
  return { exitCode, out, err };
}

/** Every file of a project, by path. */
function tree(root: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]),
  );
}

const app = {
  "package.json": { name: "app", dependencies: { expo: "~57.0.26" } },
  "app.json": { expo: { name: "app" } },
  "App.tsx":
    'import { Text } from "react-native";\n\nexport default function App() {\n  return <Text>Hello</Text>;\n}\n',
};

describe("init", () => {
  it("without a terminal sets up a single app, and the second time changes nothing", async () => {
    const root = project(app);

    const first = await run(root, "init");
    const after = tree(root);
    const second = await run(root, "init");

    expect(first).toMatchObject({ exitCode: 0, err: "" });
    expect(first.out).toMatch(/Next\n {2}npm install\n {2}npx convex dev\n$/);
    expect(first.out).toContain("convex/syncUser.ts says who is signed in.");
    expect(after["sync.config.ts"]).toContain('client: { store: "expo-sqlite", out: "src" }');
    expect(after["App.tsx"]).toContain("<OfflineProvider>");
    expect(after["app.json"]).toContain('"plugins": ["expo-sqlite"]');
    expect(after["convex/schema.ts"]).toContain("...syncTables");
    expect(after["src/db/schema.ts"]).toContain("export const tasks");
    expect(second.exitCode).toBe(0);
    expect(tree(root)).toEqual(after);
  });

  it("writes nothing with --dry-run, and names every file of the user's that it would touch", async () => {
    const root = project({
      ...app,
      "convex/schema.ts": `import { defineSchema } from "convex/server";\n\nexport default defineSchema({});\n`,
      "convex/crons.ts": `import { cronJobs } from "convex/server";\n\nconst crons = cronJobs();\n\nexport default crons;\n`,
    });
    const before = tree(root);

    const { exitCode, out } = await run(root, "init", "--dry-run");

    expect(exitCode).toBe(0);
    for (const path of ["sync.config.ts", "metro.config.js"]) expect(out).toContain(path);
    expect(tree(root)).toEqual(before);
    expect(await run(root, "init")).toMatchObject({ exitCode: 0 });
    const after = tree(root);
    const touched = Object.keys(before).filter((path) => after[path] !== before[path]);
    expect(touched).toHaveLength(5);
    for (const path of touched) expect(out).toContain(`edits    ${path}`);
  });

  it("lays out every file that it makes as the project's prettier does", async () => {
    const style = { semi: false, singleQuote: true, tabWidth: 4 } as const;
    const root = project({ ...app, ".prettierrc": style });

    expect(await run(root, "init", "--with-tests")).toMatchObject({ exitCode: 0 });

    const made = Object.entries(tree(root)).filter(
      ([path]) => /\.[cm]?[jt]sx?$/.test(path) && path !== "App.tsx",
    );
    expect(made.map(([path]) => path)).toContain("metro.config.js");
    for (const [path, text] of made)
      expect([path, await check(text, { filepath: path, ...style })]).toEqual([path, true]);
    const before = tree(root);
    expect(await run(root, "init")).toMatchObject({ exitCode: 0, err: "" });
    expect(tree(root)).toEqual(before);
  });

  it("writes a CommonJS file for Metro, also in a package whose files are modules", async () => {
    const root = project({ ...app, "package.json": { ...app["package.json"], type: "module" } });

    expect(await run(root, "init")).toMatchObject({ exitCode: 0 });

    expect(tree(root)["metro.config.cjs"]).toContain("module.exports = config;");
    expect(tree(root)).not.toHaveProperty("metro.config.js");
    expect(await run(root, "init")).toMatchObject({ exitCode: 0, err: "" });
  });

  describe("in a package of a workspace", () => {
    const native = Object.fromEntries(
      Object.entries(app).map(([path, content]) => [`apps/native/${path}`, content]),
    );
    const npm = { "package.json": { private: true, workspaces: ["apps/*", "!apps/web"] } };
    const pnpm = { "pnpm-workspace.yaml": 'packages:\n  - "apps/**"\n' };
    const init = async (files: Parameters<typeof project>[0], ...words: readonly string[]) => {
      const root = project({ ...native, ...files });
      const before = tree(root);
      const ran = await run(join(root, "apps/native"), "init", ...words);
      return { ...ran, isUntouched: JSON.stringify(tree(root)) === JSON.stringify(before) };
    };

    it.each([[npm], [pnpm]])("says where to run it, and writes nothing: %j", async (files) => {
      const refused = await init(files);
      expect(refused).toMatchObject({ exitCode: 2, isUntouched: true });
      expect(refused.err).toContain("SG944 This folder is a package of the workspace at ../..");
      expect(refused.err).toContain("`sync-gen init --cwd ../..`");
    });

    it.each<[string, Parameters<typeof project>[0], readonly string[]]>([
      ["--cwd says that it is meant", npm, ["--cwd", "."]],
      ["it has a repository of its own", { ...npm, "apps/native/.git/HEAD": "" }, []],
      ["the repository ends in between", { ...npm, "apps/.git/HEAD": "" }, []],
      ["the workspace does not name it", { "package.json": { workspaces: ["packages/*"] } }, []],
      ["the folder above is no workspace", { "package.json": { private: true } }, []],
    ])("goes on where %s", async (_what, files, words) => {
      expect(await init(files, ...words)).toMatchObject({ exitCode: 0, isUntouched: false });
    });
  });

  it("finds app and backend of a pnpm monorepo, and a name that the schema does not have", async () => {
    const root = project({
      "package.json": { private: true },
      "pnpm-workspace.yaml": 'packages:\n  - "apps/*"\n  - "packages/*"\n',
      "apps/native/package.json": {
        dependencies: { expo: "~57.0.26", "@acme/backend": "workspace:*" },
      },
      "apps/native/app/_layout.tsx":
        'import { ConvexProvider } from "convex/react";\nimport { Slot } from "expo-router";\n\nexport default function Layout() {\n  return (\n    <ConvexProvider client={convex}>\n      <Slot />\n    </ConvexProvider>\n  );\n}\n',
      "packages/backend/package.json": {
        name: "@acme/backend",
        dependencies: { convex: "^1.48.0" },
      },
      "packages/backend/convex/schema.ts":
        'import { defineSchema, defineTable } from "convex/server";\n\nexport default defineSchema({\n  tasks: defineTable({}),\n});\n',
    });

    const { exitCode, out } = await run(root, "init", "--json");

    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      clientOut: "apps/native/src",
      serverOut: "packages/backend/convex",
      next: ["pnpm install", "cd packages/backend && npx convex dev"],
    });
    const after = tree(root);
    expect(after["sync.config.ts"]).toContain("    notes: table({");
    expect(after["packages/backend/convex/schema.ts"]).toContain("  ...syncTables,\n  tasks:");
    expect(after["apps/native/app/_layout.tsx"]).toContain(
      'import { OfflineProvider } from "../src/providers/OfflineProvider";',
    );
    expect(after["apps/native/src/sync/TableRegistry.ts"]).toContain(
      'from "@acme/backend/convex/_generated/api"',
    );
    expect(after["apps/native/package.json"]).toContain('"expo-sqlite": "~57.0.3"');
    expect(after["packages/backend/package.json"]).not.toContain("expo-sqlite");
  });

  it("wires the app that is named, and says what to do next there", async () => {
    const root = project({
      "package.json": { workspaces: ["apps/*"] },
      "apps/a/package.json": { dependencies: { expo: "~57.0.26" } },
      "apps/b/package.json": { dependencies: { expo: "~57.0.26" } },
    });
    const { exitCode, out } = await run(root, "init", "--app", "apps/b", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      clientOut: "apps/b/src",
      serverOut: "apps/b/convex",
      next: ["npm install", "cd apps/b && npx convex dev"],
    });
    expect(Object.keys(tree(root)).filter((path) => path.startsWith("apps/a/"))).toEqual([
      "apps/a/package.json",
    ]);
    expect(tree(root)["apps/b/package.json"]).toContain('"convex"');
  });

  it("shows the snippet for an app that is too strange to edit, and leaves it alone", async () => {
    const strange = 'export { default } from "./src/Root";\n';
    const root = project({ ...app, "App.tsx": strange });

    const { out, err } = await run(root, "init");

    expect(out + err).toContain("<OfflineProvider>");
    expect(tree(root)["App.tsx"]).toBe(strange);
  });

  it("wires nothing where the config cannot be used: a schema of the user's has its table", async () => {
    const schema =
      'import { defineSchema, defineTable } from "convex/server";\n\nexport default defineSchema({ tasks: defineTable({}) });\n';
    const root = project({ ...app, "sync.config.ts": config, "convex/schema.ts": schema });
    const before = tree(root);
    const { exitCode, err } = await run(root, "init");
    expect(exitCode).toBe(2);
    expect(err).toContain("SG510");
    expect(tree(root)).toEqual(before);
  });

  it("minds the names under which Convex has the tables: a renamed one leaves its own name free", async () => {
    const root = project({ ...app, "sync.config.ts": config });
    expect(await run(root, "init")).toMatchObject({ exitCode: 0 });
    const renamed = config.replace("tasks: table({", 'jobs: table({ renamedFrom: "tasks",');
    writeFileSync(join(root, "sync.config.ts"), renamed);
    expect(await run(root, "generate")).toMatchObject({ exitCode: 0 });
    const schema = join(root, "convex/schema.ts");
    const own = (table: string) =>
      `import { defineSchema, defineTable } from "convex/server";\nimport { syncTables } from "./syncTables";\n\nexport default defineSchema({ ...syncTables, ${table}: defineTable({}) });\n`;
    writeFileSync(schema, own("jobs"));
    expect(await run(root, "init")).toMatchObject({ exitCode: 0 });
    writeFileSync(schema, own("tasks"));
    const { exitCode, err } = await run(root, "init");
    expect(exitCode).toBe(2);
    expect(err).toContain("SG510");
  });

  it("wires nothing where the folders that it found are no two good places", async () => {
    const root = project({ ...app, "convex.json": { functions: "src/" } });
    const before = tree(root);
    const { exitCode, err } = await run(root, "init");
    expect(exitCode).toBe(2);
    expect(err).toContain("SG232");
    expect(tree(root)).toEqual(before);
  });

  it("refuses a project without an Expo app", async () => {
    const root = project({ "package.json": {} });
    const { exitCode, err } = await run(root, "init");
    expect(exitCode).toBe(2);
    expect(err).toContain("SG940");
    expect(Object.keys(tree(root))).toEqual(["package.json"]);
  });
});

const config = `import { defineSync, table, text } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    tasks: table({ policy: "mobile-wins", fields: { title: text() } }), // the first
  },
});
`;

describe("add-table and add-field", () => {
  it("edit the config and nothing else", async () => {
    const root = project({ ...app, "sync.config.ts": config });

    const table = await run(
      root,
      "add-table",
      "notes",
      "--policy=manual",
      "--operations",
      "update,create",
      "--field",
      "body:text",
      "--field",
      "task:reference(tasks)?",
    );
    const field = await run(root, "add-field", "tasks", "done:boolean=false");

    expect([table.exitCode, field.exitCode]).toEqual([0, 0]);
    expect(tree(root)).toEqual({
      ...tree(project(app)),
      "sync.config.ts": `import { defineSync, table, text, reference, boolean } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    tasks: table({ policy: "mobile-wins", fields: { title: text(), done: boolean().default(false) } }), // the first
    notes: table({
      policy: "manual",
      operations: ["create", "update"],
      fields: {
        body: text(),
        task: reference("tasks").optional(),
      },
    }),
  },
});
`,
    });
  });

  it.each([
    [["add-table", "notes"], "SG934"],
    [["add-table", "notes", "--field", "a"], "SG920"],
    [["add-table", "notes", "--field", "a:text", "--operations", "read"], "SG935"],
    [["add-table", "tasks", "--field", "a:text"], "SG930"],
    [["add-table", "notes", "--field", "a:reference(nothing)"], "SG933"],
    [["add-table", "notes", "--field", "userId:text"], "SG211"],
    [["add-table", "notes", "--field", "a:text", "--policy", "max-wins"], "SG218"],
    [["add-field", "nothing", "a:text"], "SG931"],
    [["add-field", "tasks", "title:text"], "SG932"],
    [["add-field", "tasks", "a:reference(nothing)"], "SG933"],
    [["add-field", "tasks", "syncStatus:text"], "SG211"],
  ])("%s is refused with %s, and nothing is written", async (words, code) => {
    const root = project({ "sync.config.ts": config });
    const { exitCode, err } = await run(root, ...words);
    expect(err).toContain(code);
    expect(exitCode).toBe(2);
    expect(tree(root)).toEqual({ "sync.config.ts": config });
  });

  const shared = (tables: string): string => `import { defineSync, table, text } from "sync-gen";
const common = { title: text() };
export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
${tables}
  },
});
`;
  it.each([
    [
      "the whole object",
      shared(`    tasks: table({ policy: "mobile-wins", fields: common }),
    notes: table({ policy: "manual", fields: common }),`),
    ],
    [
      "a part of theirs",
      shared(`    tasks: table({ policy: "mobile-wins", fields: common }),
    notes: table({ policy: "manual", fields: { ...common, owner: text() } }),`),
    ],
    [
      "what a function makes of it",
      shared(`    tasks: table({ policy: "mobile-wins", fields: common }),
    ...Object.fromEntries(["notes"].map((name) => [name, table({ policy: "manual", fields: { ...common } })])),`),
    ],
  ])("add-field leaves an object alone that other tables share: %s", async (_, text) => {
    const root = project({ "sync.config.ts": text });
    const { exitCode, err } = await run(root, "add-field", "tasks", "x:text?");
    expect(exitCode).toBe(1);
    expect(err).toContain(
      "SG501 warning: sync.config.ts was left alone because tasks and notes share what would be changed: the change would be made to all of them.",
    );
    expect(err).toContain("Paste this into sync.config.ts:\n  x: text().optional(),");
    expect(tree(root)).toEqual({ "sync.config.ts": text });
  });

  it("add-field leaves an object alone that tables of other files share", async () => {
    const files = {
      "sync.config.ts": shared("    ...synced,").replace(
        "const common = { title: text() };",
        'import { synced } from "./tables";',
      ),
      "tables.ts": `import { table, text } from "sync-gen";
const common = { title: text() };
export const synced = {
  tasks: table({ policy: "mobile-wins", fields: common }),
  notes: table({ policy: "manual", fields: common }),
};
`,
    };
    const root = project(files);
    const { exitCode, err } = await run(root, "add-field", "tasks", "x:text?");
    expect(exitCode).toBe(1);
    expect(err).toContain("tables.ts was left alone because tasks and notes share");
    expect(tree(root)).toEqual(files);
  });

  it("add-field adds to an object with a name, and to one that spreads a shared one", async () => {
    const text = shared(`    tasks: table({ policy: "mobile-wins", fields: common }),
    notes: table({ policy: "manual", fields: own }),`).replace(
      "export default",
      "const own = { ...common };\nexport default",
    );
    const root = project({ "sync.config.ts": text });
    const { exitCode } = await run(root, "add-field", "notes", "x:text?");
    expect(exitCode).toBe(0);
    expect(tree(root)).toEqual({
      "sync.config.ts": text.replace("{ ...common }", "{ ...common, x: text().optional() }"),
    });
  });

  it("add-field wants a value for the rows of a table that was generated before", async () => {
    const root = project({ ...app, "sync.config.ts": config });
    const early = await run(root, "add-field", "tasks", "note:text");
    await run(root, "generate");
    const generated = tree(root);

    const required = await run(root, "add-field", "tasks", "size:integer");

    expect(early.exitCode).toBe(0);
    expect(required.exitCode).toBe(2);
    expect(required.err).toContain("SG301");
    expect(required.err).toContain('Say "size:integer=…"');
    expect(required.err).toContain('"size:integer?"');
    expect(tree(root)).toEqual(generated);

    const table = await run(root, "add-table", "notes", "--field", "body:text");
    const fresh = await run(root, "add-field", "notes", "size:integer");
    const filled = await run(root, "add-field", "tasks", "size:integer=1");
    expect([table.exitCode, fresh.exitCode, filled.exitCode]).toEqual([0, 0, 0]);
  });

  describe("in a config of several files", () => {
    const several = {
      "sync.config.ts": `import { defineSync } from "sync-gen";
import { tables } from "./schema/tables";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables,
});
`,
      "schema/tables.ts": `import { table, text } from "sync-gen";
import { notes } from "./notes";

const title = { title: text() };

export const tables = {
  tasks: table({ policy: "mobile-wins", fields: Object.assign({}, title) }),
  notes,
};
`,
      "schema/notes.ts": `import { table, text } from "sync-gen";

export const notes = table({ policy: "mobile-wins", fields: { body: text() } });
`,
    };

    it("edit the file that holds the table", async () => {
      const root = project(several);

      const field = await run(root, "add-field", "notes", "done:boolean=false");
      const table = await run(root, "add-table", "jobs", "--field", "size:integer?");

      expect(field).toMatchObject({
        exitCode: 0,
        out: "Added done to notes in schema/notes.ts.\nNext: sync-gen generate\n",
      });
      expect(table).toMatchObject({
        exitCode: 0,
        out: "Added the table jobs in schema/tables.ts.\nNext: sync-gen generate\n",
      });
      expect(tree(root)).toEqual({
        ...several,
        "schema/notes.ts": `import { table, text, boolean } from "sync-gen";

export const notes = table({ policy: "mobile-wins", fields: { body: text(), done: boolean().default(false) } });
`,
        "schema/tables.ts": `import { table, text, integer } from "sync-gen";
import { notes } from "./notes";

const title = { title: text() };

export const tables = {
  tasks: table({ policy: "mobile-wins", fields: Object.assign({}, title) }),
  notes,
  jobs: table({
    policy: "mobile-wins",
    fields: {
      size: integer().optional(),
    },
  }),
};
`,
      });
    });

    it("say where it is computed, and leave it alone", async () => {
      const root = project(several);
      const { exitCode, err } = await run(root, "add-field", "tasks", "done:boolean=false");
      expect(exitCode).toBe(1);
      expect(err).toContain(
        "schema/tables.ts was left alone because tables.tasks.fields is computed, near schema/tables.ts:7:41.",
      );
      expect(err).toContain("Paste this into schema/tables.ts:\n  done: boolean().default(false),");
      expect(tree(root)).toEqual(several);
    });

    it.each([
      [["add-field", "nothing", "a:text"], "SG931", "allowed: tasks, notes"],
      [["add-field", "tasks", "title:text"], "SG932", "already has a field"],
      [["add-table", "notes", "--field", "a:text"], "SG930", "add-field notes"],
    ])("%s is refused with %s", async (words, code, text) => {
      const root = project(several);
      const { exitCode, err } = await run(root, ...words);
      expect(exitCode).toBe(2);
      expect(err).toContain(code);
      expect(err).toContain(text);
      expect(tree(root)).toEqual(several);
    });
  });

  it("want a config", async () => {
    const { exitCode, err } = await run(project({}), "add-field", "tasks", "a:text");
    expect(exitCode).toBe(2);
    expect(err).toContain("SG101");
  });

  it("write nothing with --dry-run", async () => {
    const root = project({ "sync.config.ts": config });
    const { exitCode, out } = await run(root, "add-field", "tasks", "a:text?", "--dry-run");
    expect(exitCode).toBe(0);
    expect(out).toContain("adds the field a to tasks");
    expect(tree(root)).toEqual({ "sync.config.ts": config });
  });
});

describe("generate", () => {
  it("says what emitted tests need, and how to get it", async () => {
    const text = config.replace('out: "convex" }', 'out: "convex", tests: true }');
    const root = project({ ...app, "sync.config.ts": text });

    const bare = await run(root, "generate");
    const setUp = await run(root, "init", "--with-tests");
    const again = await run(root, "generate", "--force");

    expect(bare.exitCode).toBe(0);
    expect(bare.err).toContain("package.json does not list @edge-runtime/vm, convex-test, vitest");
    expect(bare.err).toContain("Run `npm install --save-dev");
    expect(setUp.err + again.err).not.toContain("SG523");
  });
});

describe("generate with a sync in the background", () => {
  it("says what it takes until something happens, once", async () => {
    const text = config.replace(/out: "([^"]*)" \},\n/, 'out: "$1", background: true },\n');
    const root = project({ ...app, "sync.config.ts": text });
    expect((await run(root, "generate", "--dry-run")).out).not.toContain("Next");
    expect((await run(root, "generate")).out).toMatch(
      /\nNext: npm install; then a new native build; then with sign-in, the token in src\/providers\/connectInBackground.ts\n$/,
    );
    expect((await run(root, "generate", "--force")).out).not.toContain("Next");
  });
});

describe("generate with a rate limit", () => {
  it("lists the rate limiter, and says that it has to be installed", async () => {
    const text = config.replace('out: "convex" }', 'out: "convex", rateLimit: true }');
    const root = project({ ...app, "pnpm-lock.yaml": "", "sync.config.ts": text });
    expect((await run(root, "generate", "--dry-run")).out).not.toContain("install\n");
    expect((await run(root, "generate")).out).toMatch(/\nNext: pnpm install\n$/);
    expect((await run(root, "generate", "--force")).out).not.toContain("install");
  });
});

describe("doctor", () => {
  it("finds raw writes and drift, each with its fix, and exits with 1", async () => {
    const root = project({ ...app, "sync.config.ts": config });
    await run(root, "init");
    writeFileSync(
      join(root, "convex/web.ts"),
      'export const add = mutation(async (ctx) => {\n  await ctx.db.insert("tasks", {});\n});\n',
    );
    rmSync(join(root, "src/db/schema.ts"));

    const { exitCode, out } = await run(root, "doctor", "--json");

    // Safe: our own JSON; a wrong shape fails the expectations.
    const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string; hint?: string }[] };
    expect(exitCode).toBe(1);
    expect(diagnostics.map((one) => one.code)).toEqual(["SG524", "SG529", "SG537", "SG532"]);
    expect(diagnostics.every((one) => one.hint)).toBe(true);
  });
});
