import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { codes } from "./codes";

const rooms = ["src/config", "src/model"];

/** Codes that are named between quotes in the sources of these rooms, tests and the registry itself left out. */
function usedCodes(): ReadonlySet<string> {
  const used = new Set<string>();
  for (const room of rooms) {
    for (const name of readdirSync(room)) {
      if (name.endsWith(".test.ts") || name === "codes.ts" || !name.endsWith(".ts")) continue;
      const text = readFileSync(`${room}/${name}`, "utf8");
      for (const [, code] of text.matchAll(/"(SG[12]\d\d)"/g)) if (code) used.add(code);
    }
  }
  return used;
}

it("registers every code that is reported, and none that is not", () => {
  expect([...usedCodes()].sort()).toEqual(Object.keys(codes).sort());
});

it("explains each of them in whole sentences", () => {
  for (const { title, explanation } of Object.values(codes)) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(explanation).toMatch(/[.]$/);
  }
});
