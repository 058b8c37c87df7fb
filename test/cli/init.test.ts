import { spawnSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Ended, Program, ScratchProject } from "./program";

const program = new Program();
let project: ScratchProject;
beforeAll(() => program.build(), 60_000);
afterAll(() => program.remove());
beforeEach(() => {
  project = new ScratchProject({});
});
afterEach(() => project.remove());

const run = async (...words: readonly string[]): Promise<Ended> =>
  await program.run(project.root, words);

/** Where drizzle-kit is told to put migrations. */
const folderOf = (config: string): string =>
  /out: "\.\/(.*)"/.exec(project.read(config))?.[1] ?? "";

describe("init in an app that exists", () => {
  it("touches nothing where the app's own files are in the way, or goes beside them", async () => {
    project.write("app.json", '{ "expo": { "name": "scratch", "slug": "scratch" } }\n');
    project.write(
      "App.tsx",
      'import { Text } from "react-native";\n\nexport default function App() {\n  return <Text>Hello</Text>;\n}\n',
    );
    project.write("src/components/theme.tsx", "export const theme = {};\n");
    project.write("convex/sync.ts", "export const mine = 1;\n");
    const before = project.files();
    const refused = await run("init", "--yes", "--out", "src");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("SG414") });
    expect(refused.stderr).toContain("convex/sync.ts");
    expect(project.files()).toEqual(before);

    rmSync(join(project.root, "convex/sync.ts"));
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    expect(project.read("App.tsx")).toContain("./src/offline/providers/OfflineProvider");
    expect(project.read("src/components/theme.tsx")).toBe("export const theme = {};\n");
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("asks Convex Auth for the user where the app signs in with it", async () => {
    project.write(
      "package.json",
      '{ "dependencies": { "expo": "~57.0.26", "@convex-dev/auth": "^0.0.90" } }\n',
    );
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    expect(project.read("convex/syncUser.ts")).toContain("return await getAuthUserId(ctx);");
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it.each([
    ["lib/offline", "", "./lib/offline"],
    ["apps/phone/lib/offline", "apps/phone/", "./lib/offline"],
  ])(
    "for code in %s puts drizzle.config.ts beside the app's package.json",
    async (out, app, base) => {
      if (app !== "")
        project.write("package.json", '{ "private": true, "workspaces": ["apps/*"] }\n');
      project.write(`${app}package.json`, '{ "dependencies": { "expo": "~57.0.26" } }\n');
      project.write(`${app}App.tsx`, "export default function App() {\n  return <Home />;\n}\n");
      expect(await run("init", "--yes", "--out", out)).toMatchObject({ code: 0 });
      const text = project.read(`${app}drizzle.config.ts`);
      expect(text).toContain(`schema: "${base}/db/schema.ts"`);
      expect(text).toContain(`out: "${base}/db/migrations"`);
      expect(project.exists("lib/drizzle.config.ts")).toBe(false);
    },
  );

  it("says how drizzle-kit makes a migration where drizzle.config.ts is about a database of the app's", async () => {
    const own = 'export default { dialect: "sqlite", schema: "./mine.ts", out: "./mine" };\n';
    project.write("drizzle.config.ts", own);
    const { stdout } = await run("init", "--yes");
    const words = /npx drizzle-kit (generate --custom .*)`/.exec(stdout)?.[1]?.split(" ") ?? [];
    expect(words).toContain("--out=src/db/migrations");
    const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
    symlinkSync(packages, join(project.root, "node_modules"));
    const kit = join(packages, "drizzle-kit/bin.cjs");
    spawnSync(process.execPath, [kit, ...words, "--name=own"], { cwd: project.root });
    expect(project.exists("src/db/migrations/0001_own.sql")).toBe(true);
    expect(project.read("drizzle.config.ts")).toBe(own);
    rmSync(join(project.root, "node_modules"));

    rmSync(join(project.root, "drizzle.config.ts"));
    expect((await run("init", "--yes")).stdout).not.toContain("drizzle-kit");
  });

  it("takes along a migration that drizzle-kit made, which leaves no list of its own", async () => {
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
    symlinkSync(packages, join(project.root, "node_modules"));
    const words = ["generate", "--custom", "--name", "own"];
    const kit = join(packages, "drizzle-kit/bin.cjs");
    spawnSync(process.execPath, [kit, ...words], { cwd: project.root });
    const made = `${folderOf("drizzle.config.ts")}/0001_own.sql`;
    expect(project.exists(made)).toBe(true);
    project.write(made, "SELECT 1;\n");
    expect(project.exists(made.replace("0001_own.sql", "migrations.js"))).toBe(false);

    expect(await run("generate")).toMatchObject({ code: 0 });
    const list = project.read(made.replace("0001_own.sql", "migrations.ts"));
    expect(list).toContain("SELECT 1;");
    expect(await run("check")).toMatchObject({ code: 0 });
  });

  it("says that its options are for a new config where there is one that says something else", async () => {
    expect(await run("init", "--yes", "--out", "src/offline")).toMatchObject({ code: 0 });
    const before = project.files();

    for (const [flag, value] of [
      ["--out", "src"],
      ["--app", "nope"],
    ] as const) {
      const refused = await run("init", "--yes", flag, value);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("SG943") });
      expect(refused.stderr).toContain(`${flag} ${value}`);
      expect(refused.stderr).toContain("sync.config.ts");
    }

    expect(await run("init", "--yes", "--out", "./src/offline/", "--app", ".")).toMatchObject({
      code: 0,
    });
    expect(project.files()).toEqual(before);
  });

  it("keeps prettier from what sync-gen keeps for itself, where the project has prettier", async () => {
    project.write(".prettierrc", '{ "semi": false }\n');
    project.write(".prettierignore", "dist");
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    expect(project.read(".prettierignore")).toBe("dist\n.sync-gen/\n");
    expect(await run("init", "--yes")).toMatchObject({ code: 0 });
    expect(project.read(".prettierignore")).toBe("dist\n.sync-gen/\n");
  });
});
