import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  boolean,
  choice,
  integer,
  json,
  real,
  reference,
  text,
  timestamp,
} from "../../../config/fields";
import { defineSync } from "../../../config/defineSync";
import { table } from "../../../config/table";
import { Pieces } from "../../../render/pieces";
import { packageLibrary } from "../../../render/templateLibrary";
import type { Upgrade } from "../../../../templates/shared/upgrade";
import { modelOf } from "../../../../test/golden/modelOf";
import { convexFiles } from "./files";

/** The project that `test/server/fixture` holds the server files of, written by hand. */
const referenceProject = defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    projects: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        text: text(),
        isCompleted: boolean().default(false),
        priority: choice(["low", "normal", "high"]).default("normal"),
        estimate: integer().optional(),
        distance: real().optional(),
        checklist: json<{ title: string; done: boolean }[]>().optional(),
        project: reference("projects").optional(),
        dueAt: timestamp().optional(),
        reviewScore: real().optional().serverOnly(),
      },
    }),
    notes: table({ policy: "last-write-wins", fields: { title: text(), body: text().optional() } }),
    places: table({
      policy: "hlc",
      fields: { label: text(), latitude: real(), longitude: real() },
    }),
    contacts: table({
      policy: "field-merge",
      fields: {
        name: text(),
        phone: text().optional(),
        visits: integer().default(0).counter(),
        tags: json<string[]>().default([]).set(),
        stage: choice(["lead", "customer", "former"]).default("lead").oneWay(),
      },
    }),
    readings: table({
      policy: "append-only",
      fields: { meter: text(), value: real(), takenAt: timestamp() },
    }),
    scores: table({
      policy: "max-wins",
      by: "points",
      uniqueBy: ["level"],
      fields: { level: text(), points: integer() },
    }),
    drafts: table({ policy: "manual", fields: { text: text() } }),
    settings: table({
      policy: "custom",
      merge: { path: "./convex/mergeSettings.ts", export: "mergeSettings" },
      uniqueBy: ["name"],
      fields: { name: text(), value: text() },
    }),
    boards: table({ policy: "server-wins", scope: "workspace", fields: { name: text() } }),
    cards: table({
      policy: "mobile-wins",
      scope: "workspace",
      fields: {
        title: text(),
        board: reference("boards"),
        done: boolean().default(false),
        hiddenNote: text().optional().serverOnly(),
      },
    }),
    labels: table({
      policy: "field-merge",
      scope: "workspace",
      uniqueBy: ["name"],
      fields: { name: text(), color: text() },
    }),
    chores: table({ policy: "last-write-wins", scope: "household", fields: { text: text() } }),
  },
});

const jsonTypes = {
  "tasks.checklist": {
    type: "ChecklistItem[]",
    declarations: ["interface ChecklistItem {\n  title: string;\n  done: boolean;\n}"],
    imports: [],
  },
  "contacts.tags": { type: "string[]", declarations: [], imports: [] },
};

describe("convexFiles", () => {
  const files = new Map(
    convexFiles({
      model: modelOf(referenceProject, jsonTypes),
      upgrades: [],
      library: packageLibrary(),
      pieces: new Pieces(),
    }).map((file) => [file.path, file]),
  );

  it.each([
    "sync.ts",
    "syncTables.ts",
    "syncScopes.ts",
    "syncWriters.ts",
    "syncUser.ts",
    "crons.ts",
  ])("makes %s as it was written by hand", (name) => {
    const wanted = readFileSync(`test/server/fixture/convex/${name}`, "utf8");
    expect(files.get(`convex/${name}`)?.text).toBe(
      wanted
        // Apps may want the types of json fields; and rows of `readings` never change.
        .replace("\ninterface", "\nexport interface")
        .replace("of `readings`, or changes the fields that are given.", "of `readings`."),
    );
  });

  it("names a user of Convex Auth by the user, and not by the session", () => {
    const model = modelOf(referenceProject, jsonTypes);
    const made = convexFiles({
      model: { ...model, server: { ...model.server, usesConvexAuth: true } },
      upgrades: [],
      library: packageLibrary(),
      pieces: new Pieces(),
    });
    const text = made.find(({ path }) => path === "convex/syncUser.ts")?.text;
    expect(text).toContain('import { getAuthUserId } from "@convex-dev/auth/server";');
    expect(text).toContain("return await getAuthUserId(ctx);");
    expect(text).not.toContain("getUserIdentity");
  });

  it("leaves the files that the user owns to the user", () => {
    const once = [...files.values()]
      .filter((file) => file.ownership === "once")
      .map((file) => file.path);
    expect(once.sort()).toEqual(["convex/crons.ts", "convex/syncScopes.ts", "convex/syncUser.ts"]);
  });
});

describe("functions for apps of before", () => {
  const syncOf = (steps: readonly Upgrade[], schemaVersion: number) => {
    const upgrades = steps.map((step, index) => ({ id: String(index), ...step }));
    const model = { ...modelOf(referenceProject, jsonTypes), schemaVersion };
    const files = convexFiles({ model, upgrades, library: packageLibrary(), pieces: new Pieces() });
    return files.find(({ path }) => path === "convex/sync.ts")?.text ?? "";
  };

  it("are there for every name that a row had, and for every table's name once", () => {
    const text = syncOf(
      [
        { from: 1, to: 2, tables: { works: { renamedTo: "tasks" } } },
        { from: 2, to: 3, tables: { tasks: { entity: "job" } } },
        { from: 3, to: 4, tables: { tasks: { entity: "todo" } } },
        { from: 4, to: 4, tables: { tasks: { server: { added: { reviewScore: 1 } } } } },
      ],
      4,
    );
    const earlier = [...text.matchAll(/\/\*\* (For apps .*) \*\/\nexport const (\w+)/g)];
    expect(earlier.map(([, doc, name]) => [name, doc])).toEqual([
      ["getWorkChangesSince", "For apps that know `tasks` as `works`."],
      ["getAllWorksForUser", "For apps that know `tasks` as `works`."],
      ["getJobChangesSince", "For apps that know a row of `tasks` as `job`."],
      ["getTodoChangesSince", "For apps that know a row of `tasks` as `todo`."],
    ]);
    expect(text).toMatch(
      /getJobChangesSince = build\.page\({[^}]*server\.changesSince\(ctx, "tasks"/,
    );
  });

  it("are not where those are no longer served, nor where a function of today has the name", () => {
    const before = { from: 1, to: 2, tables: { tasks: { entity: "job" } } };
    expect(syncOf([before], 30)).not.toContain("getJobChangesSince");
    expect(syncOf([{ ...before, tables: { tasks: { entity: "note" } } }], 2)).not.toContain(
      "For apps",
    );
  });
});

describe("a project without a scope", () => {
  const partsOfScopes = [
    ...["access", "forgetScope", "memberTables", "members", "scopedFunctions", "scopedTable"],
    ...["scopedValidators", "scopes", "shared/scopeKind"],
  ].map((name) => `convex/syncEngine/${name}.ts`);
  const { tables, ...rest } = modelOf(referenceProject, jsonTypes);
  const upgrades = [
    { id: "a", from: 1, to: 2, tables: { polls: { removed: true, scope: "workspace" } as const } },
  ];
  const textsOf = (steps: typeof upgrades) => {
    const model = { ...rest, tables: tables.filter(({ scope }) => scope === null) };
    return new Map(
      convexFiles({ model, upgrades: steps, library: packageLibrary(), pieces: new Pieces() }).map(
        ({ path, text }) => [path, text],
      ),
    );
  };

  it("has nothing of scopes in what is made for it", () => {
    const texts = textsOf([]);
    for (const name of ["sync.ts", "syncTables.ts", "syncWriters.ts"])
      expect(texts.get(`convex/${name}`)).not.toMatch(/scope|member/i);
    expect(texts.has("convex/syncScopes.ts")).toBe(false);
  });

  it("is not given what the engine has for scopes alone", () => {
    const texts = textsOf([]);
    expect(partsOfScopes.filter((path) => texts.has(path))).toEqual([]);
    const model = modelOf(referenceProject, jsonTypes);
    const input = { model, upgrades: [], library: packageLibrary(), pieces: new Pieces() };
    const paths = convexFiles(input).map(({ path }) => path);
    expect(
      paths.filter((path) => path.startsWith("convex/syncEngine/") && !texts.has(path)).sort(),
    ).toEqual(partsOfScopes);
  });

  it("answers apps from when it had one, which ask with the id of theirs", () => {
    const text = textsOf(upgrades).get("convex/sync.ts");
    expect(text).toContain(
      "getPollChangesSince = buildScoped.page({\n  args: scopedPullArgs,\n  returns: scopedPullReply({}),",
    );
    expect(text).not.toContain("forgetScope");
  });
});

describe("a project whose tables all have a scope", () => {
  it("builds no function but theirs, and shows how they are read", () => {
    const { tables, ...rest } = modelOf(referenceProject, jsonTypes);
    const model = { ...rest, tables: tables.filter(({ scope }) => scope !== null) };
    const input = { model, upgrades: [], library: packageLibrary(), pieces: new Pieces() };
    const texts = new Map(convexFiles(input).map(({ path, text }) => [path, text]));
    expect(texts.get("convex/sync.ts")).not.toMatch(/\b(?:tableFunctions|pullArgs|opReply)\b/);
    expect(texts.get("convex/syncTables.ts")).not.toContain("syncedTable");
    const writers = texts.get("convex/syncWriters.ts");
    expect(writers).toContain('synced(ctx, "…", { scopeId }); // a table\'s name');
    expect(writers).toContain('accessTo(ctx, userId, "workspace", scopeId)');
    expect(writers).not.toContain("by_user_and_updated");
  });
});

describe("a table that is stored under another name", () => {
  const model = modelOf(referenceProject, jsonTypes);
  const renamed = model.tables.map((table) =>
    table.name === "tasks" ? { ...table, storedAs: "jobs" } : table,
  );
  const textOf = (name: string) =>
    convexFiles({
      model: { ...model, tables: renamed },
      upgrades: [],
      library: packageLibrary(),
      pieces: new Pieces(),
    }).find(({ path }) => path === `convex/${name}`)?.text;

  it("is defined under that, and says so in its rules and where documents are read", () => {
    expect(textOf("syncTables.ts")).toContain(
      "  /** The rows of `tasks`. */\n  jobs: syncedTable(",
    );
    expect(textOf("syncTables.ts")).toContain('    storedAs: "jobs",\n');
    expect(textOf("syncWriters.ts")).toContain("`storedAs` in syncTables.ts");
    expect(textOf("sync.ts")).toContain('server.changesSince(ctx, "tasks", args)');
  });
});

describe("a table's history", () => {
  const emitted = (tables: Upgrade["tables"]) =>
    convexFiles({
      model: modelOf(referenceProject, jsonTypes),
      upgrades: [{ id: "a", from: 1, to: 2, tables }],
      library: packageLibrary(),
      pieces: new Pieces(),
    }).find(({ path }) => path === "convex/syncTables.ts")?.text;

  it.each<[string, Upgrade["tables"][string]]>([
    ["lack a field", { added: { text: "" } }],
    ["have no value where there must be one", { filled: { text: "" } }],
    ["hold a name of before", { fields: { title: { renamedTo: "text" } } }],
  ])("is told to its schema where rows may %s", (_, step) => {
    expect(emitted({ tasks: step })).toContain('historyOf(syncUpgrades, "tasks")');
  });

  it("is not where only apps of before see something else", () => {
    expect(emitted({ tasks: { standIns: { text: "" } } })).not.toContain("historyOf");
  });
});
