import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "../config/projectFixture";
import { findProject } from "./findProject";

interface Words {
  readonly start?: string;
  readonly cwd?: string;
  readonly config?: string;
}

/** Where a command works that is started in a folder of a project, by the project's own paths. */
function find(files: readonly string[], { start = ".", cwd, config }: Words): unknown {
  const root = project(Object.fromEntries(files.map((path) => [path, ""])));
  mkdirSync(join(root, start), { recursive: true });
  const absolute = config?.replace(/^\//, `${root}/`);
  const found = findProject({ start: join(root, start), cwd, config: absolute });
  if (found.kind === "wrong") return found.diagnostic.code;
  return { root: found.root.slice(root.length), config: found.config };
}

describe("the project", () => {
  const atRoot = { root: "", config: "sync.config.ts" };

  it.each<[Words, object]>([
    [{}, atRoot],
    [{ start: "src/deep" }, atRoot],
    [{ cwd: "src" }, atRoot],
    [{ start: "src", cwd: "deep" }, atRoot],
    [{ start: "src", cwd: ".." }, atRoot],
    [{ start: "src", config: "../sync.config.ts" }, atRoot],
    [{ start: "src/deep", config: "../../sync.config.ts" }, atRoot],
    [{ cwd: "src", config: "../sync.config.ts" }, atRoot],
    [{ start: "src", config: "/sync.config.ts" }, atRoot],
  ])("is found from any folder of it: %j", (words, want) => {
    expect(find(["sync.config.ts", "src/deep/a.ts"], words)).toEqual(want);
  });

  it("is the folder that it is started in where the config stands below it", () => {
    const words = { start: "app", config: "config/sync.config.ts" };
    expect(find(["app/config/sync.config.ts"], words)).toEqual({
      root: "/app",
      config: "config/sync.config.ts",
    });
  });

  it("is the nearest one", () => {
    const files = ["sync.config.ts", "apps/a/sync.config.mjs", "apps/a/src/a.ts"];
    const want = { root: "/apps/a", config: "sync.config.mjs" };
    expect(find(files, { cwd: "apps/a/src" })).toEqual(want);
  });

  it("is the folder itself where there is no config, which init writes one into", () => {
    expect(find(["app/a.ts"], { cwd: "app" })).toEqual({ root: "/app", config: "sync.config.ts" });
  });

  it.each<[Words, boolean]>([
    [{ start: "app" }, true],
    [{ start: "app", config: "offline.config.ts" }, true],
    [{ cwd: "app" }, false],
    [{ start: "app", cwd: "." }, false],
    [{ start: "other" }, false],
    [{ start: "other", config: "sync.config.ts" }, false],
  ])("is assumed where neither a config nor --cwd says so: %j, %s", (words, want) => {
    const root = project({ "app/a.ts": "", "other/sync.config.ts": "" });
    const start = join(root, words.start ?? ".");
    const found = findProject({ cwd: undefined, config: undefined, ...words, start });
    expect(found).toMatchObject({ kind: "found", rootIsAssumed: want });
  });

  it.each<Words>([{ start: "app", config: "../other/sync.config.ts" }, { cwd: "nowhere" }])(
    "is not guessed: %j",
    (words) => {
      expect(find(["other/sync.config.ts", "app/a.ts"], words)).toBe("SG905");
    },
  );
});
