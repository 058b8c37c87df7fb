import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { plantedBugs } from "./plantedBugs";

const templates = resolve(import.meta.dirname, "../../templates");

describe("planted bugs", () => {
  it("are changes of the engine as it is", () => {
    const gone = plantedBugs.filter(({ file, find, replace }) => {
      const contents = readFileSync(join(templates, file), "utf8");
      return !contents.includes(find) || find === replace;
    });
    expect(gone.map(({ name }) => name)).toEqual([]);
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
    expect(plantedBugs.length).toBeGreaterThanOrEqual(60);
  });
});
