import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe } from "vitest";
import {
  caseNames,
  completeProject,
  expectedFolder,
  readTree,
  runCase,
} from "../golden/goldenProject";
import { runAbuseCases, type EmittedProject } from "./abuse";

// The emitted functions of every golden project, run as they are.
describe.each(caseNames())("the emitted functions of %s", (name) => {
  let project: EmittedProject | null = null;

  beforeAll(async () => {
    const golden = await runCase(name, "abuse");
    completeProject(golden);
    const { root, result } = golden;
    const { model } = result;
    if (model === null) throw new Error("The run read no config.");
    const folder = join(root, model.server.out);
    const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
    const [schema, tables] = await Promise.all([load("schema.ts"), load("syncTables.ts")]);
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
    project = {
      schema: (schema as { default: EmittedProject["schema"] }).default,
      rules: (tables as { syncRules: EmittedProject["rules"] }).syncRules,
      modules: Object.fromEntries([
        ["./convex/_generated/api.js", () => load("_generated/api.js")],
        ...files.map((file) => [`./convex/${file}`, () => load(file)]),
      ]),
      pages: Object.fromEntries(model.tables.map((table) => [table.name, table.names])),
      schemaVersion: model.schemaVersion,
    };
  }, 120_000);

  runAbuseCases(() => {
    if (project === null) throw new Error("The project was not made.");
    return project;
  }, tableNames(name));
});

/** The tables that a case ends with, as its device's registry lists them. */
function tableNames(name: string): readonly string[] {
  const files = readTree(expectedFolder(name));
  const [path = ""] = [...files.keys()].filter((file) => file.endsWith("convex/syncTables.ts"));
  const text = files.get(path) ?? "";
  return [...text.matchAll(/^ {4}name: "(.+)",$/gm)].map(([, table = ""]) => table);
}
