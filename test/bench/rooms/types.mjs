// What the emitted code costs the type checker, counted by tsc itself: instantiations are the same on every machine.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cleanEnvironment } from "../measure.mjs";
import {
  bench,
  createProject,
  emptyFolder,
  root,
  runSyncGen,
  scratch,
  writeText,
} from "../project.mjs";
import { bold, table } from "../report.mjs";
import { syncConfig } from "../shape.mjs";

/** The repository's own compiler; among the peers is an older one. */
const compiler = JSON.parse(readFileSync(join(root, "node_modules/typescript/package.json"), "utf8"));

/** Measures and returns a section of the report. */
export async function measureTypes({ sizes = [1, 20, 200], progress }) {
  const { writeGeneratedApi } = await loadGeneratedApi();
  const counted = new Map();
  for (const size of sizes) {
    progress(`types: ${size} tables`);
    counted.set(size, countOf(size, writeGeneratedApi));
  }
  const names = ["client", "server", "inferred"];
  const label = {
    client: bold("sync-gen: client, every hook used"),
    server: bold("sync-gen: Convex functions and schema"),
    inferred: "the same tables, `$inferSelect` and `$inferInsert` of each used",
  };
  const head = [
    "instantiations",
    ...sizes.map((size) => `${size} ${size === 1 ? "table" : "tables"}`),
    "each further table",
    "target",
  ];
  const rows = names.map((name) => {
    const values = sizes.map((size) => counted.get(size)[name].instantiations);
    const perTable = (values.at(-1) - values[0]) / (sizes.at(-1) - sizes[0]);
    return [
      label[name],
      ...values.map((value) => value.toLocaleString("en")),
      Number.isFinite(perTable) ? Math.round(perTable).toLocaleString("en") : "–",
      name === "client" ? "≤ 1,500" : "",
    ];
  });
  const memory = sizes.map((size) => `${(counted.get(size).client.memory / 1000).toFixed(0)} MB`);
  return [
    ...table(head, rows),
    `Memory of tsc over the client: ${memory.join(", ")}. TypeScript ${compiler.version}, \`skipLibCheck\`, all strict flags.`,
  ];
}

function countOf(size, writeGeneratedApi) {
  const project = createProject(emptyFolder(`types${size}`), syncConfig(size));
  runSyncGen(project, "generate");
  writeGeneratedApi(join(project, "convex"));
  const hooks = readdirSync(join(project, "src/hooks"))
    .map((name) => name.replace(/\.tsx?$/, ""))
    .filter((name) => /^useItems\d+$/.test(name));
  if (hooks.length !== size) throw new Error(`${hooks.length} hooks for ${size} tables.`);
  writeText(
    join(project, "src/App.tsx"),
    [
      ...hooks.map((name) => `import { ${name} } from "./hooks/${name}";`),
      ...hooks.map(
        (name) =>
          `export function App_${name}(): string[] { const { rows, create, update } = ${name}({ limit: 10 }); void create({ title: "a", status: "active" }); void update("id", { priority: 2 }); return rows.map((row) => row.title + row.status); }`,
      ),
    ].join("\n"),
  );
  const inferred = join(project, "inferred");
  cpSync(join(project, "src/db"), join(inferred, "db"), { recursive: true });
  cpSync(join(project, "src/sync"), join(inferred, "sync"), { recursive: true });
  const tables = hooks.map((name) => name.replace("useI", "i"));
  writeText(
    join(inferred, "use.ts"),
    [
      `import * as schema from "./db/schema";`,
      ...tables.flatMap((name) => [
        `export const read_${name} = (row: typeof schema.${name}.$inferSelect): string => row.title + row.status;`,
        `export const made_${name}: typeof schema.${name}.$inferInsert = { title: "a", status: "active", clientId: "", priority: 1, isDone: false, userId: "", createdAt: 0, updatedAt: 0, syncStatus: "synced" };`,
      ]),
    ].join("\n"),
  );
  return {
    client: check(project, "client", ["src"]),
    server: check(project, "server", ["convex"]),
    inferred: check(project, "inferred", ["inferred/use.ts"]),
  };
}

function check(project, name, include) {
  const config = join(project, `tsconfig.${name}.json`);
  const compilerOptions = {
    ...JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions,
    types: [],
  };
  writeText(config, JSON.stringify({ compilerOptions, include }));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", config, "--extendedDiagnostics"],
    { encoding: "utf8", env: cleanEnvironment(), maxBuffer: 1e8 },
  );
  if (status !== 0) throw new Error(`tsc: ${stdout.slice(0, 2000)}`);
  const number = (what) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(stdout)?.[1]);
  return { instantiations: number("Instantiations"), memory: number("Memory used") };
}

/** What `npx convex dev` writes, as the golden tests write it. */
async function loadGeneratedApi() {
  const outfile = join(scratch, "generatedApi.mjs");
  await build({
    entryPoints: [join(root, "test/golden/generatedApi.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    absWorkingDir: bench,
  });
  return await import(outfile);
}
