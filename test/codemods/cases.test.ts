import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { TextEdit } from "../../src/plan/plan";
import { codemods } from "./codemods";

const cases = fileURLToPath(new URL("cases", import.meta.url));

/**
 * `cases/<codemod>/<case>/input.<ending>` becomes `expected.<ending>`; an `expected` like the input: nothing to do; `manual.txt`: left alone, with
 * this reason and snippet. Without an input there is no such file.
 */
for (const codemod of readdirSync(cases).filter((name) => !name.startsWith("."))) {
  describe(codemod, () => {
    it.each(readdirSync(join(cases, codemod)))("%s", (name) => {
      const make = codemods[codemod];
      if (make === undefined) throw new Error(`no codemod is called ${codemod}`);
      const folder = join(cases, codemod, name);
      const input = textOf(folder, "input");
      const expected = textOf(folder, "expected");

      const result = make(fileOf(folder))(input);

      if (existsSync(join(folder, "manual.txt"))) {
        expect(result.kind === "manual" && `${result.reason}\n\n${result.snippet}`).toBe(
          readFileSync(join(folder, "manual.txt"), "utf8"),
        );
      } else if (expected === input) {
        expect(result).toEqual({ kind: "unchanged" });
      } else {
        expect(result.kind === "edited" && result.text).toBe(expected);
        expectIdempotent(make(fileOf(folder)), expected);
      }
    });
  });
}

function expectIdempotent(edit: TextEdit, text: string | undefined): void {
  expect(edit(text)).toEqual({ kind: "unchanged" });
}

function fileOf(folder: string): string {
  return readdirSync(folder).find((name) => /^(?:input|expected)\./.test(name)) ?? "";
}

function textOf(folder: string, stem: string): string | undefined {
  const name = readdirSync(folder).find((one) => one.startsWith(`${stem}.`));
  return name === undefined ? undefined : readFileSync(join(folder, name), "utf8");
}
