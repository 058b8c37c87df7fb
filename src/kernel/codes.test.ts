import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { codes } from "../config/codes";
import { projectCodes } from "./codes";

const registers = ["kernel/codes.ts", "config/codes.ts"];

/** Codes between quotes in the sources; tests and the registers themselves are left out. */
function usedCodes(): readonly string[] {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => !registers.includes(path));
  const found = files.flatMap((path) => [
    ...readFileSync(join("src", path), "utf8").matchAll(/"(SG\d{3})"/g),
  ]);
  return [...new Set(found.map(([, code = ""]) => code))].sort();
}

it("every code that is reported is registered, and no other", () => {
  expect(usedCodes()).toEqual(Object.keys({ ...codes, ...projectCodes }).sort());
});

it("each is explained in whole sentences", () => {
  for (const { title, explanation } of Object.values(codes)) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(explanation).toMatch(/[.]$/);
  }
  for (const { title, remedy } of Object.values(projectCodes)) {
    expect(title).toMatch(/^[A-Z`].*[^.]$/);
    expect(remedy).toMatch(/[.]$/);
  }
});
