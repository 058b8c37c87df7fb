import { describe, expect, it } from "vitest";
import {
  backgroundConnection,
  backgroundRemains,
  planBackgroundEdits,
  planBackgroundRemoval,
} from "../../src/codemods/backgroundEdits";
import { detectWorkspace } from "../../src/config/workspace";
import type { PlannedEdit } from "../../src/plan/plan";
import { memoryFiles } from "./memoryFiles";

const expo = { expo: "~57.0.26", convex: "^1.48.0" };
const app = (manifest: object, more: Readonly<Record<string, string | object>> = {}) => ({
  "package.json": { dependencies: expo, ...manifest },
  "app.json": { expo: {} },
  ...more,
});

function plan(given: Readonly<Record<string, string | object>>, clientOut = "src") {
  const files = memoryFiles(given);
  const edits = planBackgroundEdits(files, detectWorkspace(files), clientOut);
  const apply = ({ path, apply: edit }: PlannedEdit) => edit(files.read(path));
  return { edits, results: edits.map((one) => ({ path: one.path, ...apply(one) })) };
}

const entries = (given: Readonly<Record<string, string | object>>, clientOut?: string) => {
  const { edits, results } = plan(given, clientOut);
  return results.filter((_, index) => edits[index]?.part === "entry");
};

describe("the packages", () => {
  it("are listed as Expo pins them", () => {
    expect(plan(app({})).results[0]).toMatchObject({
      path: "package.json",
      kind: "edited",
      text: expect.stringContaining('"expo-background-task": "~57.0.21"'),
    });
    const bundled = { "expo-background-task": "~58.0.1", "expo-task-manager": "~58.0.2" };
    const installed = app({}, { "node_modules/expo/bundledNativeModules.json": bundled });
    expect(plan(installed).results[0]).toMatchObject({
      text: expect.stringMatching(
        /"expo-background-task": "~58.0.1".*"expo-task-manager": "~58.0.2"/s,
      ),
    });
  });

  it("are left to Expo for an SDK that is not known here, unless they are listed", () => {
    const old = { dependencies: { expo: "~51.0.0", "expo-task-manager": "~14.0.0" } };
    expect(plan(app(old)).results[0]).toMatchObject({
      kind: "manual",
      snippet: "npx expo install expo-background-task\n",
    });
    const listed = { ...old.dependencies, "expo-background-task": "~1.0.8" };
    expect(plan(app({ dependencies: listed })).results[0]).toMatchObject({ kind: "unchanged" });
  });
});

describe("the config plugin", () => {
  it("goes where the app is configured, or nowhere", () => {
    expect(plan(app({})).results[1]).toMatchObject({
      path: "app.json",
      text: expect.stringContaining('"expo-background-task"'),
    });
    const { "app.json": _, ...without } = app({});
    expect(plan(without).edits.map(({ part }) => part)).not.toContain("backgroundPlugin");
  });
});

describe("the app's entry", () => {
  const line = expect.stringContaining('import "./src/providers/backgroundSync";');

  it.each([
    ["the file that main names", { main: "index.ts" }, "index.ts"],
    ["the same without its ending", { main: "./index" }, "index.ts"],
    ["index, which needs no main", {}, "index.ts"],
  ])("is %s", (_what, manifest, path) => {
    const given = app(manifest, { "index.ts": "start();\n", "App.tsx": "" });
    expect(entries(given)).toMatchObject([{ path, kind: "edited", text: line }]);
  });

  it.each([
    ["Expo's own, which starts the App", { main: "node_modules/expo/AppEntry.js" }],
    ["Expo's own where nothing is said", {}],
  ])("is %s", (_what, manifest) => {
    const given = app(manifest, { "App.tsx": "export default () => null;\n" });
    expect(entries(given)).toMatchObject([{ path: "App.tsx", kind: "edited", text: line }]);
  });

  it("is a new file for Expo Router, which loads layouts only when it renders", () => {
    const router = { main: "expo-router/entry", dependencies: { ...expo, "expo-router": "57" } };
    const layout = { "app/_layout.tsx": "", "tsconfig.json": {} };
    expect(entries(app(router, layout))).toMatchObject([
      { path: "index.ts", text: expect.stringContaining('import "expo-router/entry";') },
      { path: "package.json", text: expect.stringContaining('"main": "index.ts"') },
    ]);
    expect(entries(app(router))[0]).toMatchObject({ path: "index.js", text: line });
    // It starts something else.
    const taken = app(router, { "index.js": "start();\n" });
    expect(entries(taken)).toMatchObject([{ kind: "manual" }]);
  });

  it("is that of the app which the code is for", () => {
    const given = {
      "package.json": { workspaces: ["apps/*"] },
      "apps/phone/package.json": { dependencies: expo, main: "index.js" },
      "apps/phone/index.js": "start();\n",
    };
    expect(entries(given, "apps/phone/src")).toMatchObject([
      { path: "apps/phone/index.js", kind: "edited", text: line },
    ]);
    expect(plan({ "package.json": {} }).edits).toEqual([]);
  });

  it("is shown where it is not found, until some file has the line", () => {
    const unknown = app({ main: "build/start.js" });
    expect(entries(unknown)).toMatchObject([
      {
        kind: "manual",
        snippet: expect.stringContaining('import "./src/providers/backgroundSync"'),
      },
    ]);
    const given = { ...unknown, "start.ts": "import '@/providers/backgroundSync';\n" };
    expect(entries(given)).toMatchObject([{ kind: "unchanged" }]);
  });
});

describe("the config no longer asks for it", () => {
  const line = 'import "./src/providers/backgroundSync";\n';

  it("takes the line out of the files that have it", () => {
    const files = memoryFiles({ "index.ts": `${line}start();\n`, "App.tsx": "", "app.json": line });
    const edits = planBackgroundRemoval(files, ["App.tsx", "app.json", "index.ts"], "src");
    expect(edits.map(({ path }) => path)).toEqual(["index.ts"]);
    expect(edits[0]?.apply(`${line}start();\n`)).toEqual({ kind: "edited", text: "start();\n" });
  });

  it("names what stays, in the run that ends it", () => {
    const once = [backgroundConnection("src")];
    const said = (given: Readonly<Record<string, string | object>>, known = once) =>
      backgroundRemains(memoryFiles(given), { once: known, clientOut: "src" }).map(
        ({ code, hint }) => `${code} ${hint ?? ""}`,
      );
    const packages = { ...expo, "expo-background-task": "1", "expo-task-manager": "1" };
    const left = app({ dependencies: packages }, { [once[0] ?? ""]: "" });
    expect(said(left)).toEqual([
      'SG538 Delete src/providers/connectInBackground.ts, whose imports are gone; then take expo-background-task and expo-task-manager out of package.json, and "expo-background-task" out of the plugins, unless tasks of your own need them; then make a new build.',
    ]);
    expect(said(app({}))).toEqual(["SG538 Make a new build."]);
    expect(said(left, ["drizzle.config.ts"])).toEqual([]);
  });
});
