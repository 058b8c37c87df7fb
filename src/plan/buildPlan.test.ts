import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defineSync } from "../config/defineSync";
import { integer, json, reference, text } from "../config/fields";
import { table } from "../config/table";
import type { Model } from "../model/model";
import { Pieces } from "../render/pieces";
import { packageLibrary } from "../render/templateLibrary";
import { modelOf } from "../../test/golden/modelOf";
import { buildPlan, type PlanInput } from "./buildPlan";
import type { PlannedFile } from "./plan";

const library = packageLibrary();
const config = "sync.config.ts";

function project(
  policy: "mobile-wins" | "manual" = "mobile-wins",
  shared: { readonly scope?: string } = {},
): Model {
  return modelOf(
    defineSync({
      client: { store: "expo-sqlite", out: "apps/native/src" },
      server: { backend: "convex", out: "packages/backend/convex" },
      tables: {
        tasks: table({
          ...shared,
          policy,
          fields: { title: text(), list: reference("lists").optional() },
        }),
        lists: table({
          ...shared,
          policy: "server-wins",
          operations: ["create"],
          fields: { name: text() },
        }),
      },
    }),
  );
}

function everything(): Model {
  const merge = { path: "./shared/merge.ts", export: "merge" };
  return modelOf(
    defineSync({
      client: { store: "expo-sqlite", out: "src" },
      server: { backend: "convex", out: "convex", tests: true },
      tables: {
        visits: table({
          policy: "mobile-wins",
          uniqueBy: ["title"],
          fields: { title: text(), count: integer().counter(), more: json().optional() },
        }),
        prices: table({ policy: "server-wins", fields: { title: text() } }),
        notes: table({ policy: "last-write-wins", fields: { title: text() } }),
        places: table({ policy: "hlc", fields: { title: text() } }),
        contacts: table({ policy: "field-merge", fields: { title: text() } }),
        readings: table({ policy: "append-only", fields: { title: text() } }),
        scores: table({ policy: "max-wins", by: "points", fields: { points: integer() } }),
        drafts: table({ policy: "manual", fields: { title: text() } }),
        settings: table({ policy: "custom", merge, fields: { title: text() } }),
        chores: table({ policy: "hlc", scope: "household", fields: { title: text() } }),
      },
    }),
  );
}

const upgrades = [
  { id: "a", from: 1, to: 2, tables: { visits: { added: { count: 0 } } } },
] as const;

function plan(input: Partial<PlanInput> = {}) {
  return buildPlan({
    model: project(),
    upgrades: [],
    library,
    pieces: new Pieces(),
    config,
    migrations: [],
    edits: [],
    ...input,
  });
}

const pathsOf = (files: readonly PlannedFile[]): readonly string[] =>
  files.map((file) => file.path);

describe("buildPlan", () => {
  it("is sorted, and the same every time", () => {
    const { files } = plan();
    expect(pathsOf(files)).toEqual([...pathsOf(files)].sort());
    expect(plan()).toEqual(plan());
  });

  it("heads every TypeScript file, and nothing else", () => {
    const sql: PlannedFile = {
      path: "apps/native/src/db/migrations/0000.sql",
      text: "SELECT 1;",
      ownership: "owned",
      parser: null,
    };
    const module: PlannedFile = {
      path: "apps/native/src/db/migrations/migrations.ts",
      text: "export {};\n",
      ownership: "owned",
      parser: "typescript",
    };
    const { files } = plan({ migrations: [sql, module] });
    expect(files).toContainEqual(sql);
    for (const file of files.filter(({ parser }) => parser === "typescript")) {
      expect(
        file.text.startsWith(
          file.ownership === "once" ? "// Created by sync-gen from" : "// Written by sync-gen from",
        ),
      ).toBe(true);
    }
  });

  it("leaves once files to the user", () => {
    const once = plan().files.filter((file) => file.ownership === "once");
    expect(pathsOf(once)).toEqual([
      "apps/native/drizzle.config.ts",
      "packages/backend/convex/crons.ts",
      "packages/backend/convex/syncUser.ts",
    ]);
  });

  it("emits the policies in use and no other, on both sides", () => {
    const policies = pathsOf(plan().files).filter((path) => path.includes("/policies/"));
    expect(policies.map((path) => path.split("/").at(-1))).toEqual([
      "mobileWins.ts",
      "serverWins.ts",
      "mobileWins.ts",
      "serverWins.ts",
    ]);
  });

  it("emits the choosing of a conflict only where somebody has to choose", () => {
    const isConflict = (path: string): boolean => /ConflictSheet|useConflicts|resolveOp/.test(path);
    expect(pathsOf(plan().files).filter(isConflict)).toEqual([]);
    const both = [
      "apps/native/src/components/ConflictSheet.tsx",
      "apps/native/src/hooks/useConflicts.ts",
      "apps/native/src/sync/resolveOp.ts",
    ];
    expect(pathsOf(plan({ model: project("manual") }).files).filter(isConflict)).toEqual(both);
    const left = { ...project(), hasConflicts: true };
    expect(pathsOf(plan({ model: left }).files).filter(isConflict)).toEqual(both);
  });

  it("emits parts of the engine for devices that use them, and for no others", () => {
    const isPart = (path: string): boolean =>
      /\/src\/sync\/.*(combine|jsonProblem|naturalId|opUpgrades|sha1|upgrade)\.ts$/.test(
        `/${path}`,
      );
    expect(pathsOf(plan().files).filter(isPart)).toEqual([]);
    expect(pathsOf(plan({ model: everything(), upgrades }).files).filter(isPart)).toEqual([
      "src/sync/opUpgrades.ts",
      "src/sync/shared/combine.ts",
      "src/sync/shared/jsonProblem.ts",
      "src/sync/shared/naturalId.ts",
      "src/sync/shared/sha1.ts",
      "src/sync/shared/upgrade.ts",
    ]);
  });

  it("edits no table's test for another schema version or rate limit", () => {
    const model = everything();
    const rateLimit = { kind: "token bucket", rate: 9, period: 1000, capacity: 9 } as const;
    const later = {
      ...model,
      schemaVersion: model.schemaVersion + 1,
      server: { ...model.server, rateLimit },
    };
    const tests = (of: Model) =>
      plan({ model: of }).files.filter(({ path }) => path.startsWith("convex/syncTests/"));
    const before = new Map(tests(model).map(({ path, text }) => [path, text]));
    const changed = tests(later).filter(({ path, text }) => before.get(path) !== text);
    expect(pathsOf(changed)).toEqual([
      "convex/syncTests/deployment.setup.ts",
      // Made once, for the user.
      "convex/syncTests/project.setup.ts",
    ]);
  });

  it("leads no import into nothing", () => {
    const { files } = plan({ model: project("manual") });
    const modules = new Set(
      pathsOf(files).map((path) => path.replace(/(\.web|\.native)?\.tsx?$/, "")),
    );
    const dangling = files.flatMap((file) =>
      [...file.text.matchAll(/from "(\.[^"]+)"/g)]
        .map(([, target = ""]) => new URL(target, `file:///${file.path}`).pathname.slice(1))
        .filter((target) => !modules.has(target) && !/_generated|db\/migrations/.test(target)),
    );
    expect(dangling).toEqual([]);
  });

  it("emits nothing for the background, unless that is asked for", () => {
    const model = project();
    const ofBackground = (path: string) => /ackground|appSync|ShownAccount/.test(path);
    const without = plan({ model }).files;
    expect(pathsOf(without).filter(ofBackground)).toEqual([]);
    expect(
      without.filter(({ text }) => /expo-(?:background-task|task-manager)/.test(text)),
    ).toEqual([]);
    const client = { ...model.client, background: { everyMinutes: 15 } };
    const { files } = plan({ model: { ...model, client } });
    expect(pathsOf(files).filter(ofBackground)).toEqual(
      [
        "ShownAccount.tsx",
        "appSync.ts",
        "backgroundSync.ts",
        "backgroundSync.web.ts",
        "backgroundTask.ts",
        "connectInBackground.ts",
        "syncInBackground.ts",
      ].map((name) => `apps/native/src/providers/${name}`),
    );
    const texts = new Map(without.map(({ path, text }) => [path, text]));
    const changed = files.filter(
      ({ path, text }) => !ofBackground(path) && texts.get(path) !== text,
    );
    expect(pathsOf(changed)).toEqual(["apps/native/src/providers/OfflineProvider.tsx"]);
  });

  it("emits nothing for scopes, unless a table has one", () => {
    const without = pathsOf(plan().files);
    const { files } = plan({ model: project("mobile-wins", { scope: "workspace" }) });
    expect(without.filter((path) => !pathsOf(files).includes(path))).toEqual([]);
    expect(pathsOf(files).filter((path) => !without.includes(path))).toEqual([
      "apps/native/src/hooks/useScopes.ts",
      "apps/native/src/sync/countAgain.ts",
      "apps/native/src/sync/liveScopes.ts",
      "apps/native/src/sync/scopes.ts",
      "apps/native/src/sync/shared/scopeId.ts",
      "apps/native/src/sync/shared/scopeKind.ts",
      "packages/backend/convex/syncEngine/access.ts",
      "packages/backend/convex/syncEngine/forgetScope.ts",
      "packages/backend/convex/syncEngine/memberTables.ts",
      "packages/backend/convex/syncEngine/members.ts",
      "packages/backend/convex/syncEngine/scopedFunctions.ts",
      "packages/backend/convex/syncEngine/scopedTable.ts",
      "packages/backend/convex/syncEngine/scopedValidators.ts",
      "packages/backend/convex/syncEngine/scopes.ts",
      "packages/backend/convex/syncEngine/shared/scopeKind.ts",
      "packages/backend/convex/syncScopes.ts",
    ]);
    const kinds = files.filter(({ path }) => path.endsWith("/scopeKind.ts"));
    for (const { text } of kinds) expect(text).toContain('export type ScopeKind = "workspace";');
    const own = files.find(({ path }) => path.endsWith("/syncScopes.ts"));
    expect(own?.text).toContain("Promise<readonly Scope<ScopeKind>[]>");
  });

  it("finds a use for every template", () => {
    const model = everything();
    const client = { ...model.client, background: { everyMinutes: 15 } };
    const { files } = plan({ model: { ...model, client }, upgrades });
    const emitted = new Set(files.map((file) => file.text.split("\n").slice(3).join("\n")));
    const unused = readdirSync("templates", { recursive: true, encoding: "utf8" })
      .filter(
        (path) => /^(client|server|shared)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
      )
      .filter((path) => !emitted.has(readFileSync(`templates/${path}`, "utf8")));
    // What stands in its place is made for the project.
    expect(unused.filter((path) => !path.endsWith("/scopeKind.ts"))).toEqual([]);
  });

  it("passes the edits on in their order", () => {
    const edits = ["b", "a"].map((path) => ({
      path,
      purpose: path,
      apply: () => ({ kind: "unchanged" as const }),
    }));
    expect(plan({ edits }).edits).toBe(edits);
  });

  it("throws when two files are one on macOS and Windows", () => {
    const file: PlannedFile = {
      path: "apps/native/src/DB/schema.ts",
      text: "",
      ownership: "owned",
      parser: null,
    };
    expect(() => plan({ migrations: [file] })).toThrow("Planned twice");
  });
});
