import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { policyNames } from "../model/model";
import { policyRegistry } from "./policyRegistry";

const folder = fileURLToPath(new URL("../../templates/shared/policies/", import.meta.url));

describe.each(policyNames)("%s", (name) => {
  const registered = policyRegistry[name];

  it("names a template and the constant that it exports", async () => {
    const module: Record<string, unknown> = await import(
      `../../templates/shared/policies/${registered.file}.ts`
    );

    expect(Object.keys(module)).toEqual([registered.exportName]);
    expect(module[registered.exportName]).toMatchObject({ name });
  });

  it("says what wins, what is lost, what it needs and when to choose it", () => {
    const { summary, wins, loses, needs, choose } = registered.meta;

    for (const text of [summary, wins, loses, needs, choose]) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});

it("registers every policy template", () => {
  const templates = readdirSync(folder).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const registered = Object.values(policyRegistry).map(({ file }) => `${file}.ts`);

  expect(registered.sort()).toEqual(templates.sort());
});
