import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== "node_modules") return filesBelow(path, ending);
    return entry.isFile() && ending.test(path) ? [path] : [];
  });
}

/** How many rows each part of the catalogue has. */
const parts = { A: 16, B: 21, C: 17, D: 13, E: 20, F: 11 };
const ids = Object.entries(parts).flatMap(([part, count]) =>
  Array.from({ length: count }, (_, index) => `${part}${String(index + 1)}`),
);

const rows = [...read("test/failures.md").matchAll(/^\| ([A-F]\d+) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id = "", failure = "", cell = ""]) => ({ id, failure, cell }),
);

describe("failures.md", () => {
  it("has every row of the catalogue once, in order", () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it.each(rows)("$id ($failure) names tests that exist, or says why there is none", ({ cell }) => {
    if (cell.startsWith("none: ")) {
      expect(cell.length).toBeGreaterThan(30);
      return;
    }
    const tests = cell.split("<br>").map((text) => /^\[.+\]\(\.\.\/(.+)\): `(.+)`$/.exec(text));
    expect(tests.length).toBeGreaterThan(0);
    for (const found of tests) {
      const [, path = "", title = ""] = found ?? [];
      // Titles stand in the source as they are printed; text with quotes is escaped there.
      expect(read(path).replaceAll('\\"', '"')).toContain(title);
    }
  });
});

describe("invariants", () => {
  const titles = ["templates", "test"]
    .flatMap((folder) => filesBelow(folder, /\.test\.tsx?$|conformance\/\w+\.ts$/))
    .flatMap((path) => read(path).match(/\b(?:it|test|describe)\b.*|^\s+"[^"]*",$/gm) ?? []);

  it.each(Array.from({ length: 23 }, (_, index) => `I${String(index + 1)}`))(
    "%s is named by a test",
    (invariant) => {
      const names = new RegExp(`\\b${invariant}\\b`);
      expect(titles.filter((title) => names.test(title)).length).toBeGreaterThan(0);
    },
  );
});

describe("what is emitted", () => {
  const sql = filesBelow("test/golden/cases", /expected\/.*\.sql$/);
  const engine = filesBelow("templates/client", /\.tsx?$/);

  it("D2, D5: emitted tables have no key, no cascade and no uniqueness that a pulled row could break", () => {
    expect(sql.length).toBeGreaterThan(5);
    for (const path of sql) {
      const statements = read(path)
        .split("--> statement-breakpoint")
        .filter((statement) => !statement.includes("sync_queue"));
      expect(statements.length).toBeGreaterThan(0);
      for (const statement of statements)
        expect(statement).not.toMatch(/FOREIGN KEY|REFERENCES|CASCADE|UNIQUE/i);
    }
  });

  it("D6, E3: no emitted line opens a second connection, or a transaction that awaits", () => {
    expect(engine.length).toBeGreaterThan(50);
    for (const path of engine)
      expect(read(path)).not.toMatch(
        /withExclusiveTransaction|withTransaction|useNewConnection|\.transaction\(async/,
      );
  });

  // And in a browser that has no room for another account, where nothing is left to send: see tabs.test.ts.
  it("E7: a database is deleted by a sign-out alone", () => {
    const deleting = engine.filter((path) => /deleteDatabase(Async|Sync)\(/.test(read(path)));
    expect(deleting).toEqual([
      "templates/client/db/client.ts",
      "templates/client/db/client.web.ts",
      "templates/client/providers/openSession.ts",
    ]);
    const ending = engine.filter((path) => /\.closeAndDelete\(/.test(read(path)));
    expect(ending).toEqual(["templates/client/providers/openSession.ts"]);
    const erasing = engine.filter((path) => /\berase\(/.test(read(path)));
    expect(erasing).toEqual(["templates/client/hooks/useSignOut.ts"]);
  });
});
