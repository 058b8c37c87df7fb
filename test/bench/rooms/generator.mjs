// The generator as people wait for it: whole processes, beside other generators on the same tables.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { interleave, medianOf, timeProcess } from "../measure.mjs";
import {
  copyOf,
  createProject,
  emptyFolder,
  packageFile,
  runSyncGen,
  syncGen,
  versionOf,
  writeText,
} from "../project.mjs";
import { bold, ratio, table } from "../report.mjs";
import {
  graphqlSchema,
  jsonSchema,
  openApi,
  prismaSchema,
  protoSchema,
  syncConfig,
} from "../shape.mjs";

const node = process.execPath;
const bare = "node -e 0";
const kit = "drizzle-kit generate";

/** Measures and returns a section of the report. */
export async function measureGenerator({ sizes = [1, 20, 200, 1000], rounds, progress }) {
  const sections = [await startUp(rounds ?? 9, progress)];
  for (const size of sizes)
    sections.push(await ofSize(size, rounds ?? (size >= 1000 ? 3 : 5), progress));
  return [...sections, growth(sections.slice(1))].flatMap(({ lines }) => lines);
}

async function startUp(rounds, progress) {
  const folder = emptyFolder("start");
  const command = (name, ...words) => ({
    name,
    run: () => timeProcess({ command: words, cwd: folder }),
  });
  const results = await interleave(
    [
      command(bare, node, "-e", "0"),
      command("sync-gen --version", ...syncGen, "--version"),
      command("sync-gen --help", ...syncGen, "--help"),
      command("drizzle-kit --version", node, packageFile("drizzle-kit/bin.cjs"), "--version"),
      command("openapi-typescript --version", node, openapiTypescript(), "--version"),
    ],
    rounds,
    (what) => progress(`generator, start: ${what}`),
  );
  const limits = { "sync-gen --version": "≤ 1.5", "sync-gen --help": "≤ 3.5" };
  const rows = [...results].map(([name, times]) => [
    name.startsWith("sync-gen") ? bold(name) : name,
    overBare(results, times, "cpu"),
    overBare(results, times, "wall"),
    limits[name] ?? "",
  ]);
  const head = ["start", "processor time over `node -e 0`", "wall time over it", "target"];
  return { lines: ["### Start", "", ...table(head, rows)] };
}

function overBare(results, times, key) {
  return ratio(medianOf(times, key) / medianOf(results.get(bare), key));
}

/** Targets over bare Node, by number of tables, and over `drizzle-kit generate`. */
const idleLimit = { 20: 1.7, 200: 2.2, 1000: 4.5 };
const kitLimit = {
  "sync-gen generate, everything new": { 200: 1.2, 1000: 1.2 },
  "sync-gen generate, one policy changed": { 200: 0.4 },
  "sync-gen generate, one field added": { 200: 1 },
};

async function ofSize(size, rounds, progress) {
  const states = prepareStates(size);
  const results = await interleave(jobs(size, states), rounds, (what) =>
    progress(`generator, ${size} tables: ${what}`),
  );
  const kitTimes = results.get(kit);
  const rows = [...results].map(([name, times]) => {
    const isIdle = /nothing changed|check/.test(name) && name.startsWith("sync-gen");
    const limit = isIdle ? idleLimit[size] : undefined;
    const other = kitLimit[name]?.[size];
    return [
      name.startsWith("sync-gen") ? bold(name) : name,
      overBare(results, times, "cpu"),
      overBare(results, times, "wall"),
      ratio(medianOf(times, "cpu") / medianOf(kitTimes, "cpu")),
      ratio(medianOf(times, "wall") / medianOf(kitTimes, "wall")),
      limit !== undefined
        ? `≤ ${limit} of bare`
        : other !== undefined
          ? `≤ ${other} of drizzle-kit`
          : "",
    ];
  });
  const head = [
    `${size} ${size === 1 ? "table" : "tables"}`,
    "processor, of bare",
    "wall, of bare",
    "processor, of drizzle-kit",
    "wall, of drizzle-kit",
    "target",
  ];
  return { size, results, lines: [`### ${head[0]}`, "", ...table(head, rows)] };
}

/** What every command starts from: projects as they are before the edit that it answers. */
function prepareStates(size) {
  const home = emptyFolder(`generator${size}`);
  const state = (name) => join(home, name);
  const fresh = createProject(emptyFolder(`generator${size}`, "fresh"), syncConfig(size));
  const done = state("done");
  cpSync(fresh, done, { recursive: true });
  runSyncGen(done, "generate");
  for (const change of ["policy", "field", "rename"]) {
    cpSync(done, state(change), { recursive: true, preserveTimestamps: true });
    writeText(join(state(change), "sync.config.ts"), syncConfig(size, change));
  }
  const kitState = (name, project) => {
    // The very tables that sync-gen emits, in a project of their own.
    cpSync(join(project, "src"), join(state(name), "src"), {
      recursive: true,
      filter: (path) => !path.includes("migrations"),
    });
    const config = `export default { dialect: "sqlite", schema: "./src/db/schema.ts", out: "./drizzle" };\n`;
    writeText(join(state(name), "drizzle.config.ts"), config);
    return state(name);
  };
  kitState("kit", done);
  const grown = state("grown");
  cpSync(state("field"), grown, { recursive: true });
  runSyncGen(grown, "generate");
  kitState("kitGrown", grown);
  timeProcess({ command: kitCommand(), cwd: kitState("kitDone", done) });
  cpSync(join(state("kitDone"), "drizzle"), join(state("kitGrown"), "drizzle"), {
    recursive: true,
  });
  writeText(join(state("documents"), "openapi.json"), openApi(size));
  writeText(join(state("documents"), "schema.json"), jsonSchema(size));
  writeText(join(state("documents"), "schema.graphql"), graphqlSchema(size));
  writeText(
    join(state("documents"), "codegen.json"),
    JSON.stringify({
      schema: "schema.graphql",
      // By its path: it is looked for beside the project, where it is not.
      generates: {
        "types.ts": { plugins: [packageFile("@graphql-codegen/typescript/cjs/index.js")] },
      },
    }),
  );
  writeText(join(state("documents"), "schema.prisma"), prismaSchema(size));
  writeText(join(state("documents"), "proto/bench.proto"), protoSchema(size));
  writeText(
    join(state("documents"), "buf.gen.yaml"),
    `version: v2\nplugins:\n  - local: [${JSON.stringify(node)}, ${JSON.stringify(packageFile("@bufbuild/protoc-gen-es/bin/protoc-gen-es"))}]\n    out: gen\n    opt: target=ts\ninputs:\n  - directory: proto\n`,
  );
  return { home, state };
}

function jobs(size, { home, state }) {
  const from = (name, start, command) => ({
    name,
    run: () => timeProcess({ command, cwd: copyOf(state(start), home) }),
  });
  const generate = [...syncGen, "generate"];
  return [
    { name: bare, run: () => timeProcess({ command: [node, "-e", "0"], cwd: home }) },
    from("sync-gen generate, nothing changed", "done", generate),
    from("sync-gen check", "done", [...syncGen, "check"]),
    from("sync-gen generate, everything new", "fresh", generate),
    from("sync-gen generate, one policy changed", "policy", generate),
    from("sync-gen generate, one field added", "field", generate),
    from("sync-gen generate, one field renamed", "rename", generate),
    from(kit, "kit", kitCommand()),
    from("drizzle-kit generate, nothing changed", "kitDone", kitCommand()),
    from("drizzle-kit generate, one field added", "kitGrown", kitCommand()),
    from("openapi-typescript", "documents", [
      node,
      openapiTypescript(),
      "openapi.json",
      "-o",
      "types.ts",
    ]),
    from("json-schema-to-typescript", "documents", [
      node,
      packageFile("json-schema-to-typescript/dist/src/cli.js"),
      "-i",
      "schema.json",
      "-o",
      "types.ts",
    ]),
    from("graphql-codegen", "documents", [
      node,
      packageFile("@graphql-codegen/cli/cjs/bin.js"),
      "--config",
      "codegen.json",
    ]),
    from("prisma generate", "documents", [
      // The schema engine, which it would download, has no part in generating.
      "env",
      "PRISMA_SCHEMA_ENGINE_BINARY=/bin/true",
      node,
      packageFile("prisma/build/index.js"),
      "generate",
      "--schema",
      "schema.prisma",
    ]),
    from("buf generate, protoc-gen-es", "documents", [
      node,
      packageFile("@bufbuild/buf/bin/buf"),
      "generate",
    ]),
  ];
}

const kitCommand = () => [node, packageFile("drizzle-kit/bin.cjs"), "generate"];
const openapiTypescript = () => packageFile("openapi-typescript/bin/cli.js");

/** How time grows with tables: five times as many should take no more than five times as long. */
function growth(sections) {
  const small = sections.find(({ size }) => size === 200);
  const large = sections.find(({ size }) => size === 1000);
  if (small === undefined || large === undefined) return { lines: [] };
  const rows = [...large.results.keys()]
    .filter((name) => name !== bare)
    .map((name) => {
      const times = (key) =>
        ratio(medianOf(large.results.get(name), key) / medianOf(small.results.get(name), key));
      const isOurs = name.startsWith("sync-gen");
      return [isOurs ? bold(name) : name, times("cpu"), times("wall"), isOurs ? "≤ 3" : ""];
    });
  const head = ["1,000 tables over 200", "processor time", "wall time", "target"];
  return { lines: ["### Growth", "", ...table(head, rows)] };
}

/** What was measured with. */
export async function generatorVersions() {
  const names = [
    "drizzle-kit",
    "drizzle-orm",
    "openapi-typescript",
    "json-schema-to-typescript",
    "@graphql-codegen/cli",
    "prisma",
    "@bufbuild/buf",
    "@bufbuild/protoc-gen-es",
  ];
  const found = await Promise.all(names.map(async (name) => [name, await versionOf(name)]));
  return found.map(([name, version]) => `${name} ${version}`);
}
