import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { check, generate } from "../../src/generate";
import { configOf, ScratchProject } from "./program";

const entry = 'import { registerRootComponent } from "expo";\nimport { App } from "./App";\n';
const line = 'import "./src/providers/backgroundSync";\n';
const schema =
  'import { defineSchema } from "convex/server";\n\nexport default defineSchema({});\n';

let project: ScratchProject;
beforeEach(() => {
  project = new ScratchProject({
    "sync.config.ts": configOf(),
    "index.ts": `${entry}\nregisterRootComponent(App);\n`,
    "app.json": '{\n  "expo": {}\n}\n',
    "convex/schema.ts": schema,
  });
});
afterEach(() => project.remove());

function configure(background: string, server = ""): void {
  const text = configOf()
    .replace('out: "src" }', `out: "src"${background} }`)
    .replace('out: "convex" }', `out: "convex"${server} }`);
  project.write("sync.config.ts", text);
}

const on = ", background: true";
const run = () => generate({ root: project.root });
const isInOrder = async () =>
  (await check({ root: project.root })).status === "unchanged" ||
  (await check({ root: project.root })).diagnostics;

it("is wired by the run that emits it, and is then in order", async () => {
  await run();
  const before = project.files();
  configure(on);
  expect((await run()).status).toBe("changed");

  expect(project.read("index.ts")).toContain(line);
  expect(project.read("app.json")).toContain('"plugins": ["expo-background-task"]');
  expect(project.read("package.json")).toContain('"expo-task-manager"');
  expect(await isInOrder()).toBe(true);
  // The config has other bytes, and means the same.
  configure(`${on} /* as before */`);
  expect((await run()).changes).toEqual([]);
  expect(before["index.ts"]).not.toContain(line);
});

it("leaves a project without it as it is", async () => {
  await run();
  expect(project.read("index.ts")).not.toContain("background");
  expect(project.read("app.json")).not.toContain("background");
  expect(project.read("package.json")).not.toContain("background");
});

it("takes its line out of the entry when it is no longer asked for", async () => {
  configure(on);
  await run();
  project.write("src/providers/connectInBackground.ts", "export const mine = 1;\n");
  configure("");
  const { diagnostics } = await run();

  expect(diagnostics.map(({ code }) => code)).toEqual(["SG538"]);
  expect(project.read("index.ts")).toBe(`${entry}\nregisterRootComponent(App);\n`);
  expect(project.exists("src/providers/backgroundSync.ts")).toBe(false);
  expect(project.read("src/providers/connectInBackground.ts")).toBe("export const mine = 1;\n");
  expect(await isInOrder()).toBe(true);
  expect((await run()).status).toBe("unchanged");
});

it("does not hide that a rate limit was asked for as well", async () => {
  configure(on);
  await run();
  configure(on, ", rateLimit: true");
  await run();
  expect(project.read("package.json")).toContain("@convex-dev/rate-limiter");
  expect(project.read("convex/convex.config.ts")).toContain("rateLimiter");
  expect(await isInOrder()).toBe(true);
});

it("follows the emitted code to another folder, and names it once", async () => {
  configure(on);
  await run();
  project.write(
    "sync.config.ts",
    project.read("sync.config.ts").replace('out: "src"', 'out: "offline"'),
  );
  await run();
  expect(project.read("index.ts").match(/providers\/backgroundSync/g)).toHaveLength(1);
  expect(project.read("index.ts")).toContain('import "./offline/providers/backgroundSync";');
});

it("makes an entry for an app of Expo Router", async () => {
  project.write(
    "package.json",
    '{\n  "main": "expo-router/entry",\n  "dependencies": { "expo": "~57.0.0", "convex": "^1.48.0" }\n}\n',
  );
  project.write("tsconfig.json", "{}\n");
  rmSync(join(project.root, "index.ts"));
  configure(on);
  await run();
  expect(project.read("package.json")).toContain('"main": "index.ts"');
  expect(project.read("index.ts")).toBe(`${line}import "expo-router/entry";\n`);
  expect(await isInOrder()).toBe(true);
});
