/** Compiled by `tsc`, never run: every `@ts-expect-error` must stand above a line that does not compile. */
import {
  boolean,
  choice,
  defineSync,
  integer,
  json,
  real,
  reference,
  table,
  text,
  timestamp,
} from "../../src/index";

const sides = {
  client: { store: "expo-sqlite", out: "apps/native/src" },
  server: { backend: "convex", out: "packages/backend/convex" },
} as const;

interface Item {
  label: string;
  done?: boolean;
  parts: readonly Item[];
}

// Everything at once, and all of it right.
defineSync({
  client: { ...sides.client, api: "@acme/backend/convex/_generated/api" },
  server: { ...sides.server, retentionDays: 30, accepts: 3 },
  tables: {
    projects: table({
      policy: "server-wins",
      scope: "workspace",
      fields: { name: text().index() },
    }),
    tasks: table({
      policy: "mobile-wins",
      deletes: "win",
      scope: "workspace",
      operations: ["create", "update"],
      uniqueBy: ["title", "rank"],
      indexes: [
        ["title", "dueAt"],
        { name: "by_rank", fields: ["rank"] },
        ["scopeId", "deletedAt", "rank"],
      ],
      entity: "task",
      description: "What is to do.",
      renamedFrom: "todos",
      fields: {
        title: text().default("").renamedFrom("text").describe("What to do."),
        isCompleted: boolean().default(false),
        rank: real().default(0.5).counter(),
        likes: integer().default(0).counter().index(),
        level: choice(["low", "high"]).default("low").oneWay(["high", "low"]),
        project: reference("projects").optional(),
        parent: reference("tasks").optional(),
        dueAt: timestamp().optional().index(),
        items: json<Item[]>().default([]).set(),
        place: json<{ lat: number; lng: number } | null>().optional().serverOnly(),
        anything: json().default({ a: 1 }),
        draft: text().optional().deviceOnly(),
      },
    }),
    readings: table({ policy: "append-only", operations: ["create"], fields: { value: real() } }),
    receipts: table({ policy: "max-wins", by: "readAt", fields: { readAt: timestamp() } }),
    notes: table({ policy: "custom", merge: "./merge/notes#mergeNotes", fields: { body: text() } }),
    logs: table({
      policy: "custom",
      merge: { path: "./merge", export: "logs" },
      fields: { a: text() },
    }),
  },
});

// Which names there are follows from the fields.
const fields = { title: text(), rank: integer() };
table({ policy: "hlc", fields, uniqueBy: ["title"] });
// @ts-expect-error -- no such field
table({ policy: "hlc", fields, uniqueBy: ["titel"] });
// @ts-expect-error -- no such field
table({ policy: "hlc", fields, indexes: [["title", "rnk"]] });
// @ts-expect-error -- no such field
table({ policy: "hlc", fields, indexes: [{ name: "by_x", fields: ["x"] }] });

// Policies and their options.
// @ts-expect-error -- no such policy
table({ policy: "mobile-win", fields });
// @ts-expect-error -- a policy is needed
table({ fields });
// @ts-expect-error -- max-wins needs by
table({ policy: "max-wins", fields });
// @ts-expect-error -- no such field
table({ policy: "max-wins", by: "x", fields });
// @ts-expect-error -- a text has no greater and smaller
table({ policy: "max-wins", by: "title", fields });
// @ts-expect-error -- by belongs to max-wins
table({ policy: "server-wins", by: "rank", fields });
// @ts-expect-error -- deletes belongs to mobile-wins
table({ policy: "server-wins", deletes: "win", fields });
// @ts-expect-error -- custom needs merge
table({ policy: "custom", fields });
// @ts-expect-error -- the export is missing
table({ policy: "custom", merge: "./merge", fields });
// @ts-expect-error -- append-only rows never change
table({ policy: "append-only", operations: ["create", "update"], fields });
// @ts-expect-error -- no such operation
table({ policy: "hlc", operations: ["upsert"], fields });
// @ts-expect-error -- no such option
table({ policy: "hlc", fields, polcy: "hlc" });
// @ts-expect-error -- the name of a scope is a text
table({ policy: "hlc", fields, scope: true });
// @ts-expect-error -- a field comes from a field function
table({ policy: "hlc", fields: { title: "text" } });
// @ts-expect-error -- the function is not called
table({ policy: "hlc", fields: { title: text } });

// Defaults are values of the field.
// @ts-expect-error -- a number
text().default(1);
// @ts-expect-error -- a text
integer().default("1");
// @ts-expect-error -- a number
boolean().default(0);
// @ts-expect-error -- a Date
timestamp().default(new Date());
// @ts-expect-error -- not one of the choices
choice(["low", "high"]).default("middle");
// @ts-expect-error -- not one of the items
json<string[]>().default([1]);

// Modifiers fit the kind.
// @ts-expect-error -- texts do not add up
text().counter();
// @ts-expect-error -- timestamps do not add up
timestamp().counter();
// @ts-expect-error -- not a list
json<{ a: string }>().set();
// @ts-expect-error -- not a choice
integer().oneWay();
// @ts-expect-error -- not one of the choices
choice(["low", "high"]).oneWay(["low", "middle"]);
// @ts-expect-error -- json has no index
json().index();
// @ts-expect-error -- no choices
choice([]);

// JSON carries JSON.
// @ts-expect-error -- a Date inside
table({ policy: "hlc", fields: { a: json<{ at: Date }>() } });
// @ts-expect-error -- a Map inside
table({ policy: "hlc", fields: { a: json<Map<string, string>[]>() } });
// @ts-expect-error -- a function
table({ policy: "hlc", fields: { a: json<() => void>() } });
// @ts-expect-error -- a bigint
json<bigint>().optional();

// References lead to tables.
defineSync({
  ...sides,
  tables: {
    projects: table({ policy: "hlc", fields: { name: text() } }),
    // @ts-expect-error -- no such table
    tasks: table({ policy: "hlc", fields: { title: text(), project: reference("project") } }),
  },
});

// The two sides.
// @ts-expect-error -- no such store
defineSync({ ...sides, client: { store: "dexie", out: "src" }, tables: {} });
// @ts-expect-error -- no out
defineSync({ ...sides, server: { backend: "convex" }, tables: {} });
// @ts-expect-error -- a table comes from table()
defineSync({ ...sides, tables: { tasks: { policy: "hlc", fields: {} } } });
