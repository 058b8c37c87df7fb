import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../../src/generate";
import type { GenerateResult } from "../../src/generateResult";
import { fileHeader } from "../../src/render/fileHeader";
import { writeGeneratedApi } from "./generatedApi";

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../..");
const casesFolder = join(here, "cases");
/** Not in a temporary folder: what is emitted finds its packages in ours. */
const scratch = join(repository, ".test-output/golden");

/** A folder of `cases`: the projects of `input` (or `v1`, `v2` … one after the other) go in, `expected` comes out. */
export interface GoldenCase {
  readonly name: string;
  /** The project that the steps ran in. */
  readonly root: string;
  readonly result: GenerateResult;
  /** Every file of the project afterwards that is not as it went in, by path; without the manifest, which holds only hashes of these. */
  readonly files: ReadonlyMap<string, string>;
}

/** Names of all cases. */
export function caseNames(): readonly string[] {
  return readdirSync(casesFolder).sort();
}

/** Where a case keeps what is wanted. */
export function expectedFolder(name: string): string {
  return join(casesFolder, name, "expected");
}

/** Runs the steps of a case in a scratch folder of its own; `purpose` keeps test files that run side by side apart. */
export async function runCase(name: string, purpose: string): Promise<GoldenCase> {
  const root = join(scratch, purpose, name);
  rmSync(root, { recursive: true, force: true });
  let result: GenerateResult | undefined;
  const given = new Map<string, string>();
  for (const step of steps(name)) {
    const input = join(casesFolder, name, step);
    cpSync(input, root, { recursive: true });
    for (const [path, text] of readTree(input)) given.set(path, text);
    result = await generate({ root, allowDataLoss: existsSync(join(input, "allow-data-loss")) });
    if (result.status !== "changed")
      throw new Error(`${name}/${step}: ${result.status} ${JSON.stringify(result.diagnostics)}`);
    rmSync(join(root, "allow-data-loss"), { force: true });
  }
  if (result === undefined) throw new Error(`The case ${name} has no input.`);
  const files = [...readTree(root)].filter(([path, text]) => given.get(path) !== text);
  return { name, root, result, files: new Map(files) };
}

function steps(name: string): readonly string[] {
  return readdirSync(join(casesFolder, name))
    .filter((entry) => entry !== "expected")
    .sort();
}

/** Every file below a folder by its path, sorted. */
export function readTree(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== ".sync-gen/manifest.json" && !path.startsWith("node_modules/"))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** The template that an emitted file was copied from, relative to `templates`; `undefined` for one that was made. */
export function originOf(text: string): string | undefined {
  const header = `${fileHeader("sync.config.ts", "owned")}\n`;
  return text.startsWith(header) ? templates.get(text.slice(header.length)) : undefined;
}

/** Every template that is copied: its path below `templates` by its text. */
const templates: ReadonlyMap<string, string> = new Map(
  [...readTree(join(repository, "templates"))]
    .filter(([path]) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map(([path, text]) => [text, path]),
);

/** Adds what a real project has beside the emitted files: Convex's generated types, and its packages by name. */
export function completeProject({ root, result }: GoldenCase): void {
  if (result.model === null) throw new Error("The run read no config.");
  writeGeneratedApi(join(root, result.model.server.out));
  const packages = join(root, "packages");
  if (!existsSync(packages)) return;
  for (const name of readdirSync(packages)) {
    const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as {
      readonly name: string;
    };
    const link = join(root, "node_modules", manifest.name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(packages, name), link);
  }
}
