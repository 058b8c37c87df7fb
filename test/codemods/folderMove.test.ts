import { describe, expect, it } from "vitest";
import { planFolderMove } from "../../src/codemods/folderMove";
import { memoryFiles } from "./memoryFiles";

const owned = [
  "src/providers/OfflineProvider.tsx",
  "src/hooks/useTasks.ts",
  "src/db/schema.ts",
  "convex/syncTables.ts",
  "convex/sync.ts",
];
const once = ["drizzle.config.ts", "convex/syncUser.ts", "convex/crons.ts"];
const before = { clientOut: "src", serverOut: "convex" };

function move(
  files: Readonly<Record<string, string>>,
  now: Partial<typeof before>,
): { readonly texts: Readonly<Record<string, string>>; readonly warnings: readonly string[] } {
  const emitted = Object.fromEntries([...owned, ...once].map((path) => [path, ""]));
  const project = memoryFiles({ ...emitted, ...files });
  const planned = planFolderMove({
    files: project,
    owned,
    once,
    before,
    now: { ...before, ...now },
  });
  const texts = planned.edits.map(({ path, apply }): [string, string] => {
    const result = apply(project.read(path));
    return [path, result.kind === "edited" ? result.text : result.kind];
  });
  return {
    texts: Object.fromEntries(texts),
    warnings: planned.diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

describe("client.out is another folder", () => {
  it("lets the user's imports follow, and leaves everything else as it is", () => {
    const { texts, warnings } = move(
      {
        "App.tsx": `import { OfflineProvider } from './src/providers/OfflineProvider';\nimport { Home } from './src/Home';\n// from "./src/hooks/useTasks"\n`,
        "src/Home.tsx": `import { useTasks } from "./hooks/useTasks";\nconst later = import("./hooks/useTasks");\nexport * from "./theme";\n`,
        "app/(tabs)/index.js": `const { useTasks } = require("../../src/hooks/useTasks.ts");\r\n`,
        "src/theme.ts": "export const theme = 1;\n",
        "node_modules/other/index.js": `require("../../src/hooks/useTasks");\n`,
        "drizzle.config.ts": `export default defineConfig({ schema: "./src/db/schema.ts", out: "./src/db/migrations" });\n`,
      },
      { clientOut: "app/offline" },
    );
    expect(texts).toEqual({
      "App.tsx": `import { OfflineProvider } from './app/offline/providers/OfflineProvider';\nimport { Home } from './src/Home';\n// from "./src/hooks/useTasks"\n`,
      "src/Home.tsx": `import { useTasks } from "../app/offline/hooks/useTasks";\nconst later = import("../app/offline/hooks/useTasks");\nexport * from "./theme";\n`,
      "app/(tabs)/index.js": `const { useTasks } = require("../offline/hooks/useTasks.ts");\r\n`,
      "drizzle.config.ts": `export default defineConfig({ schema: "./app/offline/db/schema.ts", out: "./app/offline/db/migrations" });\n`,
    });
    expect(warnings).toEqual([]);
  });

  it("lets imports by an alias follow by the same alias, or by a path where it does not reach", () => {
    const home = `// it's "no"\nimport { useTasks } from "@/hooks/useTasks";\nimport { theme } from "@/theme";\nimport a from "~/hooks/useTasks";\n`;
    const web = `import { useTasks } from '~/hooks/useTasks';\nimport b from "@/hooks/useTasks";\n`;
    const files = {
      "tsconfig.json": `{ "extends": ["expo/tsconfig.base", "./tsconfig.paths"], /* ours */ "compilerOptions": {}, }`,
      "tsconfig.paths.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "~/*": ["./a/*", "./src/*"] } } }`,
      "web/tsconfig.json": `{ "compilerOptions": { "baseUrl": "..", "paths": { "~/*": ["src/*"], "~/no/*": ["*"] } } }`,
      "src/Home.tsx": home,
      "web/Home.tsx": web,
      "convex/tsconfig.json": "{}",
      "convex/seed.ts": `import { useTasks } from "@/hooks/useTasks";\n`,
    };
    expect(move(files, { clientOut: "src/offline" }).texts).toEqual({
      "src/Home.tsx": home.replace("@/hooks", "@/offline/hooks"),
      "web/Home.tsx": web.replace("~/hooks", "~/offline/hooks"),
    });
    expect(move(files, { clientOut: "offline" }).texts).toEqual({
      "src/Home.tsx": home.replace("@/hooks", "../offline/hooks"),
      "web/Home.tsx": web.replace("~/hooks", "../offline/hooks"),
    });
  });

  it("names what the user wrote there, which does not run any more", () => {
    const path = "src/providers/connectInBackground.ts";
    const warned = (clientOut: string, files: Readonly<Record<string, string>>) =>
      planFolderMove({
        ...{ files: memoryFiles(files), owned, once: [...once, path] },
        ...{ before, now: { ...before, clientOut } },
      }).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(warned("offline", { [path]: "" })).toEqual([
      `SG535 ${path}: this file of yours stays in src, and offline/providers/connectInBackground.ts is what runs.`,
    ]);
    expect(warned("offline", { "offline/providers/connectInBackground.ts": "" })).toEqual([]);
  });

  it("shows what to do in a file that cannot be read", () => {
    const { texts } = move(
      { "App.tsx": `import { OfflineProvider } from "./src/providers/OfflineProvider";\n<<<<` },
      { clientOut: "src/offline" },
    );
    expect(texts).toEqual({ "App.tsx": "manual" });
  });
});

describe("server.out is another folder", () => {
  it("names what stays in the former one, and does not guess what becomes of it", () => {
    const { texts, warnings } = move(
      {
        "convex/schema.ts": `import { syncTables } from "./syncTables";\n`,
        "convex/_generated/api.ts": "",
        "scripts/seed.ts": `import { syncTables } from "../convex/syncTables";\n`,
      },
      { serverOut: "backend/convex" },
    );
    expect(texts).toEqual({
      "scripts/seed.ts": `import { syncTables } from "../backend/convex/syncTables";\n`,
    });
    expect(warnings).toEqual([
      "SG535 convex/crons.ts, convex/schema.ts, convex/syncUser.ts: these files of yours stay in convex, and emitted functions stand in backend/convex.",
    ]);
  });

  it("names what the user wrote of who is signed in, and of who shares what", () => {
    const hintWith = (files: Readonly<Record<string, string>>) => {
      const now = { ...before, serverOut: "backend/convex" };
      const move = { files: memoryFiles(files), owned, once, before, now };
      return planFolderMove(move).diagnostics[0]?.hint ?? "";
    };
    const user = { "convex/syncUser.ts": "" };
    expect(hintWith(user)).toContain("syncUser.ts says about who is signed in, and let");
    expect(hintWith({ ...user, "convex/syncScopes.ts": "" })).toContain(
      "syncUser.ts says about who is signed in and convex/syncScopes.ts about who shares what, and let",
    );
  });

  it("says nothing when the user moved everything along", () => {
    const files = memoryFiles({ "backend/convex/schema.ts": "" });
    const now = { ...before, serverOut: "backend/convex" };
    expect(planFolderMove({ files, owned, once, before, now }).diagnostics).toEqual([]);
  });
});
