import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project, sides } from "../config/projectFixture";
import type { CommandContext, CommandResult } from "./command";
import { addField } from "./commands/addField";
import { createContext } from "./createContext";

const config = `import { defineSync, table, text } from "sync-gen";

export default defineSync({
  ${sides},
  tables: { tasks: table({ policy: "mobile-wins", fields: { title: text() } }) },
});
`;

/** Runs `add-field tasks <field>` while somebody else saves the config between the check and the write. */
async function addWhile(
  field: string,
  files: Readonly<Record<string, string>>,
  save: (root: string) => void,
): Promise<{ readonly root: string; readonly result: CommandResult }> {
  const root = project(files);
  const quiet = { out: () => undefined, err: () => undefined, interactive: false, color: false };
  const flags = { json: false, dryRun: false, yes: false, quiet: false, verbose: false };
  const context = createContext({
    command: "add-field",
    root,
    config: "sync.config.ts",
    rootIsAssumed: false,
    flags: { ...flags, color: false, keepEdits: false, force: false, allowDataLoss: false },
    terminal: quiet,
    signal: new AbortController().signal,
  });
  let isSaved = false;
  const meanwhile: CommandContext = {
    ...context,
    apply: async (plan) => {
      if (!isSaved) save(root);
      isSaved = true;
      return await context.apply(plan);
    },
  };
  return { root, result: await addField.run({ table: "tasks", field }, meanwhile) };
}

const replaceIn = (root: string, path: string, from: string, to: string): void =>
  writeFileSync(join(root, path), readFileSync(join(root, path), "utf8").replace(from, to));

describe("a config that somebody else saves while a command changes it", () => {
  it("holds both changes", async () => {
    const { root, result } = await addWhile("done:boolean?", { "sync.config.ts": config }, (at) =>
      replaceIn(at, "sync.config.ts", "title: text()", "title: text(), body: text()"),
    );
    expect(result.exitCode).toBe(0);
    const text = readFileSync(join(root, "sync.config.ts"), "utf8");
    expect(text).toContain("body: text(), done: boolean().optional()");
  });

  it("is checked again: the other one added the same field", async () => {
    const { result } = await addWhile("body:text?", { "sync.config.ts": config }, (at) =>
      replaceIn(at, "sync.config.ts", "title: text()", "title: text(), body: text()"),
    );
    expect(result).toMatchObject({ exitCode: 2, diagnostics: [{ code: "SG932" }] });
  });

  it("may hold the table in another file", async () => {
    const files = {
      "sync.config.ts": `import { defineSync } from "sync-gen";
import { tables } from "./tables";
export default defineSync({ ${sides}, tables });
`,
      "tables.ts": `import { table, text } from "sync-gen";
export const tables = { tasks: table({ policy: "mobile-wins", fields: { title: text() } }) };
`,
    };
    const { root, result } = await addWhile("done:boolean?", files, (at) =>
      replaceIn(at, "tables.ts", "title: text()", "title: text(), body: text()"),
    );
    expect(result.exitCode).toBe(0);
    const text = readFileSync(join(root, "tables.ts"), "utf8");
    expect(text).toContain("body: text(), done: boolean().optional()");
  });
});
