import { describe, expect, it } from "vitest";
import { memoryFiles } from "../../test/codemods/memoryFiles";
import { apiImport } from "./apiImport";
import { appOf, detectWorkspace, packageOf } from "./workspace";

const expoApp = { name: "field-app", dependencies: { expo: "~57.0.26", convex: "^1.48.0" } };

describe("a single app", () => {
  it("finds the app, its files and its convex folder", () => {
    const workspace = detectWorkspace(
      memoryFiles({
        "package.json": { ...expoApp, devDependencies: { typescript: "~6.0.3" } },
        "package-lock.json": {},
        "App.tsx": "",
        "app.json": {},
        "metro.config.js": "",
        "convex/schema.ts": "",
        "convex/crons.ts": "",
      }),
    );

    expect(workspace.monorepo).toBe(false);
    expect(workspace.packageManager).toBe("npm");
    expect(workspace.apps).toEqual([
      {
        package: workspace.packages[0],
        entry: { kind: "component", path: "App.tsx" },
        appJson: "app.json",
        appScript: null,
        metroConfig: "metro.config.js",
        typescript: true,
        clientOut: "src",
      },
    ]);
    expect(workspace.backend).toEqual({
      package: workspace.packages[0],
      functions: "convex",
      exists: true,
      schema: "convex/schema.ts",
      crons: "convex/crons.ts",
    });
  });

  it.each([
    ["app/_layout.tsx", {}, { kind: "router", path: "app/_layout.tsx" }],
    ["src/app/_layout.tsx", {}, { kind: "router", path: "src/app/_layout.tsx" }],
    ["App.js", {}, { kind: "component", path: "App.js" }],
    ["src/App.tsx", {}, { kind: "component", path: "src/App.tsx" }],
    ["index.ts", {}, null],
  ])("takes %s as where the app starts", (path, more, entry) => {
    const files = memoryFiles({ "package.json": { ...expoApp, ...more }, [path]: "" });
    expect(detectWorkspace(files).apps[0]?.entry).toEqual(entry);
  });

  it("prefers the router's layout only where the router is installed", () => {
    const both = { "App.tsx": "", "app/_layout.tsx": "" };
    const without = detectWorkspace(memoryFiles({ "package.json": expoApp, ...both }));
    const withRouter = detectWorkspace(
      memoryFiles({ "package.json": { ...expoApp, main: "expo-router/entry" }, ...both }),
    );
    expect(without.apps[0]?.entry?.path).toBe("App.tsx");
    expect(withRouter.apps[0]?.entry?.path).toBe("app/_layout.tsx");
  });

  it("plans the functions into the app before Convex is set up", () => {
    const workspace = detectWorkspace(
      memoryFiles({ "package.json": { dependencies: { expo: "~57.0.0" } } }),
    );
    expect(workspace.backend).toMatchObject({ functions: "convex", exists: false, schema: null });
  });

  it("reads the functions folder of convex.json", () => {
    const workspace = detectWorkspace(
      memoryFiles({
        "package.json": expoApp,
        "convex.json": { functions: "./server/functions/" },
        "server/functions/schema.ts": "",
      }),
    );
    expect(workspace.backend).toMatchObject({
      functions: "server/functions",
      schema: "server/functions/schema.ts",
    });
  });

  it("lets a damaged package.json count as none", () => {
    const workspace = detectWorkspace(memoryFiles({ "package.json": "{ oops" }));
    expect(workspace).toMatchObject({ packages: [], apps: [], backend: null });
  });
});

const monorepo = {
  "apps/native/package.json": {
    name: "native",
    dependencies: { expo: "~57.0.0", convex: "^1.48.0", "@acme/backend": "*" },
  },
  "apps/native/app/_layout.tsx": "",
  "apps/web/package.json": { name: "web", dependencies: { next: "16", convex: "^1.48.0" } },
  "packages/backend/package.json": { name: "@acme/backend", dependencies: { convex: "^1.48.0" } },
  "packages/backend/convex/schema.ts": "",
};

describe("a monorepo", () => {
  it.each([
    ["npm", { "package.json": { workspaces: ["apps/*", "packages/*"] } }],
    [
      "yarn",
      { "package.json": { workspaces: { packages: ["apps/*", "packages/*"] } }, "yarn.lock": "" },
    ],
    ["bun", { "package.json": { workspaces: ["./apps/*", "packages/**"] }, "bun.lock": "" }],
    [
      "pnpm",
      {
        "package.json": {},
        "pnpm-workspace.yaml":
          "# all\npackages:\n  - 'apps/*' # apps\n  - \"packages/*\"\nignored: 1\n",
      },
    ],
    ["pnpm", { "package.json": {}, "pnpm-workspace.yaml": "packages: ['apps/*', \"packages/*\"]" }],
    [
      "bun",
      { "package.json": { packageManager: "bun@1.3.0", workspaces: ["apps/*", "packages/*"] } },
    ],
  ])("of %s: finds every package", (packageManager, root) => {
    const workspace = detectWorkspace(memoryFiles({ ...root, ...monorepo }));

    expect(workspace).toMatchObject({ packageManager, monorepo: true });
    expect(workspace.packages.map((one) => one.folder)).toEqual([
      "",
      "apps/native",
      "apps/web",
      "packages/backend",
    ]);
    expect(workspace.apps.map((app) => app.clientOut)).toEqual(["apps/native/src"]);
    expect(workspace.backend).toMatchObject({
      functions: "packages/backend/convex",
      package: { name: "@acme/backend" },
    });
  });

  it("obeys exclusions and partial wildcards, and never leaves the project", () => {
    const workspace = detectWorkspace(
      memoryFiles({
        "package.json": { workspaces: ["apps/nat*", "apps/*", "!apps/web", "../other/*"] },
        ...monorepo,
      }),
    );
    expect(workspace.packages.map((one) => one.folder)).toEqual(["", "apps/native"]);
  });

  it("finds apps and packages without any declared workspace", () => {
    const workspace = detectWorkspace(memoryFiles(monorepo));
    expect(workspace.monorepo).toBe(false);
    expect(workspace.apps[0]?.package.name).toBe("native");
  });

  it("follows a root convex.json into the package that holds the functions", () => {
    const workspace = detectWorkspace(
      memoryFiles({
        ...monorepo,
        "package.json": { workspaces: ["apps/*", "packages/*"] },
        "convex.json": { functions: "packages/backend/convex" },
      }),
    );
    expect(workspace.backend?.package.name).toBe("@acme/backend");
  });

  it("puts the app that uses Convex first, and finds the one an out folder lies in", () => {
    const workspace = detectWorkspace(
      memoryFiles({
        ...monorepo,
        "package.json": { workspaces: ["apps/*"] },
        "apps/admin/package.json": { name: "admin", dependencies: { expo: "~57.0.0" } },
      }),
    );
    expect(workspace.apps.map((app) => app.package.name)).toEqual(["native", "admin"]);
    expect(appOf(workspace, "apps/admin/src")?.package.name).toBe("admin");
    expect(appOf(workspace, "elsewhere")?.package.name).toBe("native");
    expect(packageOf(workspace, "apps/nativeExtra")?.folder).toBe("");
  });
});

describe("the import of Convex's api", () => {
  const folders = { clientOut: "apps/native/src", serverOut: "packages/backend/convex" };
  const relative = "../../../../packages/backend/convex/_generated/api";
  const given = (backend: object, native: object = {}): string =>
    apiImport(
      detectWorkspace(
        memoryFiles({
          "package.json": { workspaces: ["apps/*", "packages/*"] },
          "apps/native/package.json": {
            dependencies: { expo: "1", "@acme/backend": "workspace:*" },
            ...native,
          },
          "packages/backend/package.json": { name: "@acme/backend", ...backend },
          "packages/backend/convex/schema.ts": "",
        }),
      ),
      folders,
    );

  it.each([
    [undefined, "@acme/backend/convex/_generated/api"],
    [{ "./api": "./convex/_generated/api.js" }, "@acme/backend/api"],
    [
      { "./api": { types: "./convex/_generated/api.d.ts", default: "./convex/_generated/api.js" } },
      "@acme/backend/api",
    ],
    [{ "./*": "./convex/*" }, "@acme/backend/_generated/api.js"],
    [{ "./convex/*": "./convex/*.js" }, "@acme/backend/convex/_generated/api"],
    [{ ".": "./index.ts" }, relative],
    ["./index.ts", relative],
  ])("with exports %j is %s", (exports, wanted) => {
    expect(given({ exports })).toBe(wanted);
  });

  it("is relative when the app does not depend on the backend package", () => {
    expect(given({}, { dependencies: { expo: "1" } })).toBe(relative);
  });

  it("is relative inside one app", () => {
    const workspace = detectWorkspace(memoryFiles({ "package.json": expoApp }));
    expect(apiImport(workspace, { clientOut: "src", serverOut: "convex" })).toBe(
      "../../convex/_generated/api",
    );
  });
});
