import { describe, expect, it } from "vitest";
import { defineSync } from "../config/defineSync";
import { boolean, choice, integer, json, real, reference, text, timestamp } from "../config/fields";
import type { LoadedConfig } from "../config/loadedConfig";
import { table } from "../config/table";
import { buildModel } from "./buildModel";
import {
  anyField,
  anyTable,
  build,
  client,
  model,
  server,
  tasks,
  withFields,
  type Anything,
} from "./configFixture";

describe("the model", () => {
  it("calls no index as Convex calls its own", () => {
    const { tables } = model(withFields({ id: text().index() }));
    expect(tables[0]?.indexes).toEqual([{ name: "by_id_field", fields: ["id"] }]);
  });

  it("has every name and default worked out, and is plain JSON", () => {
    const draft = model({
      tables: {
        projects: table({ policy: "server-wins", fields: { name: text() } }),
        tasks: table({
          policy: "mobile-wins",
          operations: ["update", "create"],
          uniqueBy: ["title"],
          indexes: [["dueAt", "level"], { name: "by_rank", fields: ["rank"] }],
          description: "What is\nto do */",
          fields: {
            title: text().index(),
            done: boolean().default(false),
            rank: real().default(-0),
            level: choice(["low", "high"]).default("low").oneWay(),
            user: reference("projects").optional(),
            dueAt: timestamp().optional().renamedFrom("deadline").describe("`when` ${x}"),
            tags: json<string[]>().default([]).set(),
            likes: integer().default(0).counter(),
            draft: text().optional().deviceOnly(),
            score: integer().default(1).serverOnly(),
          },
        }),
      },
    });
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft);
    expect(draft.client).toEqual({
      store: "expo-sqlite",
      out: "apps/native/src",
      apiImport: "../../../../packages/backend/convex/_generated/api",
      appFolder: "apps/native",
      background: null,
    });
    expect(draft.server).toEqual({
      ...server,
      retentionDays: 90,
      accepts: 20,
      tests: false,
      rateLimit: null,
      usesConvexAuth: false,
    });
    expect(draft.tables[0]).toMatchObject({
      operations: ["create", "update", "delete"],
      policy: { name: "server-wins", by: null, deletes: "revive", module: null },
      renamedFrom: null,
      description: "",
    });
    expect(draft.tables[1]).toMatchObject({
      name: "tasks",
      names: { row: "Task" },
      operations: ["create", "update"],
      uniqueBy: ["title"],
      description: "What is\nto do */",
      indexes: [
        { name: "by_title", fields: ["title"] },
        { name: "by_user", fields: ["user"] },
        { name: "by_due_at_and_level", fields: ["dueAt", "level"] },
        { name: "by_rank", fields: ["rank"] },
      ],
    });
    const byName = Object.fromEntries(
      draft.tables[1]?.fields.map((field) => [field.name, field]) ?? [],
    );
    expect(byName["title"]).toEqual({
      name: "title",
      kind: "text",
      optional: false,
      default: null,
      choices: [],
      references: null,
      json: null,
      renamedFrom: null,
      indexed: true,
      side: "both",
      merge: null,
      description: "",
    });
    expect(byName["rank"]?.default).toEqual({ value: 0 });
    expect(byName["level"]).toMatchObject({
      choices: ["low", "high"],
      merge: { kind: "one-way", order: ["low", "high"] },
    });
    expect(byName["user"]).toMatchObject({ references: "projects", optional: true, indexed: true });
    expect(byName["dueAt"]).toMatchObject({ renamedFrom: "deadline", description: "`when` ${x}" });
    expect(byName["tags"]).toMatchObject({ merge: { kind: "set" }, default: { value: [] } });
    expect(byName["likes"]).toMatchObject({ merge: { kind: "counter" } });
    expect([byName["draft"]?.side, byName["score"]?.side]).toEqual(["device", "server"]);
  });

  it.each([
    'it\'s "q" `b` ${x} */ // \\ \n\r\t\u2028',
    "日本語 😀 ﷽",
    "</script>",
    "{{x}}",
    "__proto__",
    "",
  ])("carries the text %j untouched", (hostile) => {
    const draft = model(
      withFields(
        {
          note: text().default(hostile).describe(hostile),
          level: choice([hostile, "other"]).default(hostile),
          data: json<Anything>().default({ a: [hostile] }),
        },
        { description: hostile },
      ),
    );
    const [made] = draft.tables;
    expect(made?.description).toBe(hostile);
    expect(made?.fields[0]).toMatchObject({ default: { value: hostile }, description: hostile });
    expect(made?.fields[1]).toMatchObject({
      choices: [hostile, "other"],
      default: { value: hostile },
    });
    expect(made?.fields[2]?.default).toEqual({ value: { a: [hostile] } });
  });

  it("takes api from the config, else from the workspace, else as a relative path", () => {
    const tables = tasks({}).tables;
    const api = (given: string | undefined, found: string | null) =>
      model({ client: { ...client, ...(given && { api: given }) }, tables }, found).client
        .apiImport;
    expect(api("@acme/backend/api", "@x/y")).toBe("@acme/backend/api");
    expect(api("./packages/backend/convex/_generated/api.js", "@x/y")).toBe(
      "../../../../packages/backend/convex/_generated/api.js",
    );
    expect(api(undefined, "@x/y")).toBe("@x/y");
    expect(api(undefined, null)).toBe("../../../../packages/backend/convex/_generated/api");
  });

  it("takes the types of json fields from the text", () => {
    const type = { type: "string[]", declarations: [], imports: [] };
    const outcome = build(withFields({ tags: json<string[]>(), other: json() }), null, {
      "tasks.tags": type,
    });
    expect(outcome.ok && outcome.value.tables[0]?.fields.map((field) => field.json)).toEqual([
      type,
      null,
    ]);
  });

  it("knows the policies' own options", () => {
    expect(
      model(withFields({ n: integer() }, { policy: "max-wins", by: "n" })).tables[0]?.policy.by,
    ).toBe("n");
    expect(model(tasks({ deletes: "win" })).tables[0]?.policy.deletes).toBe("win");
    expect(model(tasks({ policy: "append-only" })).tables[0]?.operations).toEqual(["create"]);
    for (const merge of [
      "./merge/tasks.ts#mergeTasks",
      { path: "merge/tasks", export: "mergeTasks" },
    ]) {
      expect(model(tasks({ policy: "custom", merge })).tables[0]?.policy.module).toEqual({
        path: "merge/tasks",
        export: "mergeTasks",
      });
    }
  });

  it("normalises folders", () => {
    const draft = model({
      ...tasks({}),
      client: { ...client, out: "./apps//native/x/../src/" },
      server: { ...server, out: "convex/" },
    });
    expect([draft.client.out, draft.server.out]).toEqual(["apps/native/src", "convex"]);
  });

  it("is the same for the same config", () => {
    const config = () => withFields({ a: text(), b: reference("tasks").optional() });
    expect(JSON.stringify(model(config()))).toBe(JSON.stringify(model(config())));
  });
});

describe("what is reported", () => {
  it("is everything at once, with what is allowed and a suggestion", () => {
    const { diagnostics } = build({
      client: { store: "expo-sqlit", out: "/srv/app" },
      tables: {
        tasks: anyTable({
          policy: "mobile-win",
          fields: { project: anyField.reference("project") },
        }),
        projects: anyTable({
          policy: "hlc",
          fields: { _id: text(), name: anyField.text().default(3) },
        }),
      },
    });
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      "SG113",
      "SG113",
      "SG203",
      "SG211",
      "SG213",
      "SG230",
    ]);
    expect(diagnostics.find(({ code }) => code === "SG203")).toEqual({
      code: "SG203",
      severity: "error",
      message: 'There is no table "project".',
      path: ["tables", "tasks", "fields", "project"],
      allowed: '"tasks" or "projects"',
      hint: 'Did you mean "projects"?',
    });
    expect(diagnostics[1]?.hint).toBe('Did you mean "mobile-wins"?');
  });

  it("has its place in the text, in its order", () => {
    const loaded: LoadedConfig = {
      config: defineSync({
        client,
        server,
        ...withFields({ _a: text(), b: anyField.text().default(1) }),
      }),
      path: "sync.config.ts",
      inputs: [],
      locateObject: () => undefined,
      locate: (path) => ({ file: "sync.config.ts", line: path.includes("b") ? 3 : 9, column: 5 }),
      jsonTypes: {},
    };
    const { diagnostics } = buildModel(loaded, {
      apiImport: null,
      appFolder: null,
      exists: () => true,
    });
    expect(diagnostics.map(({ code, location }) => [code, location?.line])).toEqual([
      ["SG213", 3],
      ["SG206", 9],
    ]);
  });
});
