import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./load";
import { load, project, sides } from "./projectFixture";

describe("types of json fields", () => {
  it("are read with what they need", async () => {
    const loaded = await load(
      {
        "config/sync.config.ts": `import { defineSync, json, table, text, type JsonValue } from "sync-gen";
import type { Place as Location, default as Shape } from "../shared/types.js";
import type { Money } from "@acme/money";

export interface Item { label: string; done?: boolean; parts: Part[] }
type Part =
  | { kind: "a"; at: Location }
  | { kind: "b" }
const other = 1;
type Generic<T> = Record<string, T>;

export default defineSync({ ${sides}, tables: {
  tasks: table({ policy: "hlc", fields: {
    plain: json(),
    list: json<Item[]>().default([]).set(),
    inline: json<{ lat: number; lng: number, tag: "it's \\"}>\\"" }>(),
    map: json<Generic<Map.Money>>(),
    money: json<Money | null>(),
    shape: json<Shape>().optional(),
    any: json<JsonValue>(),
    title: text(),
  } }),
} });
`,
        "shared/types.ts": `export interface Place { x: number } export default Place;`,
      },
      "config/sync.config.ts",
    );
    expect(loaded.jsonTypes).toEqual({
      "tasks.list": {
        type: "Item[]",
        declarations: [
          "interface Item { label: string; done?: boolean; parts: Part[] }",
          'type Part =\n  | { kind: "a"; at: Location }\n  | { kind: "b" }',
        ],
        imports: [{ name: "Place as Location", from: "./shared/types" }],
      },
      "tasks.inline": {
        type: `{ lat: number; lng: number, tag: "it's \\"}>\\"" }`,
        declarations: [],
        imports: [],
      },
      "tasks.map": {
        type: "Generic<Map.Money>",
        declarations: ["type Generic<T> = Record<string, T>"],
        imports: [],
      },
      "tasks.money": {
        type: "Money | null",
        declarations: [],
        imports: [{ name: "Money", from: "@acme/money" }],
      },
      "tasks.shape": {
        type: "Shape",
        declarations: [],
        imports: [{ name: "default as Shape", from: "./shared/types" }],
      },
      "tasks.any": {
        type: "JsonValue",
        declarations: [
          "type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };",
        ],
        imports: [],
      },
    });
  });

  it("lead by an alias to the file itself, and to a package by its name", async () => {
    const root = project({
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "~kinds": ["./src/kinds.ts"] } } }`,
      "sync.config.ts": `import { defineSync, json, table } from "sync-gen";
import type { Spot } from "@/places/spot";
import { type Kind } from "~kinds";
import type { Money } from "@acme/money";
import type { Rate } from "@acme/rates";
import type { Lost } from "@/nowhere";
export default defineSync({ ${sides}, tables: { tasks: table({ policy: "hlc", fields: {
  spot: json<Spot>(), kind: json<Kind>(), money: json<Money>(), rate: json<Rate>(), lost: json<Lost>(),
} }) } });
`,
      "src/places/spot.ts": "export interface Spot { x: number }",
      "src/kinds.ts": "export interface Kind { name: string }",
      "node_modules/@acme/rates/package.json": `{ "name": "@acme/rates", "main": "rates.js" }`,
      "node_modules/@acme/rates/rates.js": "",
      "packages/money/package.json": `{ "name": "@acme/money", "main": "./money.ts" }`,
      "packages/money/money.ts": "export interface Money { cents: number }",
    });
    symlinkSync(join(root, "packages/money"), join(root, "node_modules/@acme/money"), "dir");
    const outcome = await loadConfig({ root });
    const types = outcome.ok ? Object.values(outcome.value.jsonTypes) : [];
    expect(types.flatMap(({ imports }) => imports)).toEqual([
      { name: "Spot", from: "./src/places/spot" },
      { name: "Kind", from: "./src/kinds" },
      { name: "Money", from: "@acme/money" },
      { name: "Rate", from: "@acme/rates" },
      { name: "Lost", from: "@/nowhere" },
    ]);
  });

  it("are unknown, with a warning, where they cannot be read", async () => {
    const outcome = await loadConfig({
      root: project({
        "sync.config.ts": `import { defineSync, json, table } from "sync-gen";
import * as types from "./types";
const shape = { a: 1 };
enum Level { Low }
const made = Object.fromEntries(["x"].map((name) => [name, json<string>()]));
export default defineSync({ ${sides}, tables: { tasks: table({ policy: "hlc", fields: {
  a: json<typeof shape>(),
  b: json<types.Place>(),
  c: json<Level>(),
  ...made,
} }) } });
`,
        "types.ts": "export interface Place { x: number }",
      }),
    });
    expect(outcome).toMatchObject({ ok: true, value: { jsonTypes: {} } });
    expect(
      outcome.diagnostics.map(({ code, severity, location, message }) => [
        code,
        severity,
        location?.line,
        message.split(":")[1]?.split(".")[0],
      ]),
    ).toEqual([
      ["SG107", "warning", 7, " it uses typeof, which leads to values"],
      ["SG107", "warning", 8, " types is a whole module; import the type itself"],
      ["SG107", "warning", 9, " Level is an enum"],
      ["SG107", "warning", 6, " the field is computed"],
    ]);
  });
});
