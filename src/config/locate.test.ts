import { describe, expect, it } from "vitest";
import { load, sides } from "./projectFixture";

describe("places in a config", () => {
  const text = `import { defineSync, table, text, choice, reference } from "sync-gen";
import { notes, common } from "./notes";

/* tables: { decoy: 1 } */
const pattern = /["'{]/;
const done = text().default(\`a \${"}"} b\`).renamedFrom("finished");

const tasks = table({
  policy: "mobile-wins",
  uniqueBy: ["title", "done"],
  fields: {
    ...common,
    "title": text(),
    done,
    level: choice(["low", "high"]).optional().default("low"),
  },
});

export default defineSync({
  ${sides},
  tables: { tasks, notes, other: table({ policy: "hlc", fields: { a: reference("tasks") } }) },
});
`;
  const notes = `import { table, text } from "sync-gen";
export const common = { owner: text() };
export const notes = table({ policy: "hlc", fields: { body: text() } });
`;

  it.each([
    [["client", "out"], "sync.config.ts:20:35"],
    [["tables", "tasks"], "sync.config.ts:21:13"],
    [["tables", "tasks", "policy"], "sync.config.ts:9:3"],
    [["tables", "tasks", "uniqueBy", 1], "sync.config.ts:10:23"],
    [["tables", "tasks", "fields", "title"], "sync.config.ts:13:5"],
    [["tables", "tasks", "fields", "done"], "sync.config.ts:14:5"],
    [["tables", "tasks", "fields", "done", "renamedFrom"], "sync.config.ts:6:43"],
    [["tables", "tasks", "fields", "level", "default"], "sync.config.ts:15:47"],
    [["tables", "tasks", "fields", "level", "choices", 1], "sync.config.ts:15:27"],
    [["tables", "tasks", "fields", "owner"], "notes.ts:2:25"],
    [["tables", "notes", "fields", "body"], "notes.ts:3:55"],
    [["tables", "other", "fields", "a", "reference"], "sync.config.ts:21:80"],
    // What is not there stands where it should have been.
    [["tables", "tasks", "by"], "sync.config.ts:21:13"],
    [["tables", "gone"], "sync.config.ts:21:3"],
    [[], "sync.config.ts:19:16"],
  ] as const)("%j is at %s", async (path, want) => {
    const loaded = await load({ "sync.config.ts": text, "notes.ts": notes });
    const place = loaded.locate(path);
    expect(place && `${place.file}:${place.line}:${place.column}`).toBe(want);
  });

  it.each([
    [["tables"], "sync.config.ts:21:11"],
    [["tables", "tasks", "fields"], "sync.config.ts:11:11"],
    [["tables", "notes", "fields"], "notes.ts:3:53"],
    // Nothing that begins with a brace.
    [["tables", "tasks"], undefined],
    [["tables", "tasks", "policy"], undefined],
    [["tables", "gone"], undefined],
  ] as const)("the object %j begins at %s", async (path, want) => {
    const loaded = await load({ "sync.config.ts": text, "notes.ts": notes });
    const place = loaded.locateObject(path);
    expect(place && `${place.file}:${place.line}:${place.column}`).toBe(want);
  });
});
