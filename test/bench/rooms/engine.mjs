// The emitted engine on real SQLite, beside the statements alone, and beside other engines on the same rows.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cleanEnvironment, interleave, median } from "../measure.mjs";
import {
  bench,
  createProject,
  emptyFolder,
  root,
  runSyncGen,
  scratch,
  versionOf,
  writeText,
} from "../project.mjs";
import { bold, ratio, table } from "../report.mjs";
import { syncConfig } from "../shape.mjs";
import { measureBrowser } from "./browser.mjs";

/** Beside the peers' packages, so that what is not bundled is found. */
const workers = join(bench, "node_modules/.cache/sync-gen-bench/workers");

/** What `nodeSqlite.mjs` opens files with. */
const sqlitePackage =
  Number(process.versions.node.split(".")[0]) >= 22 ? "better-sqlite3" : "better-sqlite3-node20";

/** Rows in a page, as the emitted engine asks for. */
const pageRows = 500;

/** Measures and returns a section of the report. */
export async function measureEngine({ rows = 100_000, rounds = 3, progress }) {
  await buildWorkers();
  const changes = rows / 5;
  const note = (what) => progress(`engine: ${what}`);
  const tell = (name) => (what) => note(`${name}, ${what}`);
  const sync = await interleave(
    [
      job("raw", "sync", { rows, changes, pageRows }),
      job("ours", "sync", { rows, changes, pageRows }),
      job("ours, 10,000 pending", "sync", { rows, changes, pageRows, pending: 10_000 }),
    ],
    rounds,
    tell("sync"),
  );
  const sizes = [];
  for (const [stored, times] of [
    [10_000, rounds],
    [rows, rounds],
    [1_000_000, 1],
  ]) {
    const task = { rows: stored, changes: 10_000, pageRows };
    const results = await interleave(
      [job("raw", "sync", task), job("ours", "sync", task)],
      times,
      tell(`${stored} rows`),
      false,
    );
    sizes.push({ stored, results });
  }
  const writes = 5_000;
  const depths = [0, 1_000, 10_000, 100_000];
  const written = await interleave(
    [
      job("raw", "writes", { writes }),
      job("raw, row and op", "both", { writes }),
      ...depths.map((depth) => job(`ours, ${depth}`, "writes", { writes, depth, warmUp: 4 * writes })),
    ],
    rounds,
    tell("writes"),
  );
  const flushed = [];
  for (const ops of [1_000, 10_000])
    flushed.push({
      ops,
      results: await interleave(
        [
          job("raw", "flush", { ops }),
          job("raw, sealed", "flushSealed", { ops }),
          job("ours", "flush", { ops, warmUp: writes }),
        ],
        rounds,
        tell(`flush of ${ops}`),
      ),
    });
  const bareMemory = median(
    [1, 2, 3].map(() => runWorker("raw", "sync", { rows: 500, changes: 1, pageRows }).memory),
  );
  return [
    ...againstLimit({ rows, changes, sync, written, depths, flushed, bareMemory }),
    ...bySize(sizes, bareMemory),
    ...(await measureBrowser({
      project: join(scratch, "emitted"),
      rows,
      pageRows,
      rounds,
      progress: tell("browser"),
    })),
    ...(await besidePeers({ note, rounds })),
  ];
}

/** A job of `interleave`; what stands before a comma is the engine. */
function job(name, task, options) {
  return { name, run: () => runWorker(name.split(",")[0], task, options) };
}

function runWorker(engine, task, options) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", join(workers, `${engine}.mjs`), task, JSON.stringify(options)],
    { env: cleanEnvironment(), encoding: "utf8", maxBuffer: 1e8, cwd: scratch },
  );
  if (status !== 0) throw new Error(`${engine} ${task}: ${stderr.slice(0, 3000)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** One bundle an engine; peers take their packages from the benchmark's own folder. */
export async function buildWorkers() {
  const project = createProject(emptyFolder("emitted"), syncConfig(1));
  runSyncGen(project, "generate");
  writeText(
    join(project, "convex/_generated/api.ts"),
    `export { anyApi as api } from "convex/server";\n`,
  );
  const engines = ["raw", "ours", ...peers.map(({ file }) => file)];
  const helpers = peers.flatMap((peer) => peer.helpers ?? []);
  await build({
    entryPoints: Object.fromEntries([
      ...engines.map((name) => [name, join(workers, "entries", `${name}.mjs`)]),
      ...helpers.map((name) => [name, join(bench, "peers", `${name}.mjs`)]),
    ]),
    outdir: workers,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    alias: {
      emitted: join(project, "src"),
      "react-native": join(bench, "engines/reactNative.mjs"),
      "@react-native-community/netinfo": join(root, "test/standins/netinfo.ts"),
    },
    external: externalPackages,
    absWorkingDir: bench,
    logLevel: "error",
    plugins: [
      {
        name: "entries",
        setup(bundle) {
          bundle.onResolve({ filter: /workers[\\/]entries/ }, ({ path }) => ({
            path,
            namespace: "entry",
          }));
          bundle.onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => {
            const name = path.split("/").at(-1);
            const folder = name === "raw.mjs" || name === "ours.mjs" ? "engines" : "peers";
            return {
              contents: `import { runTask } from "./engines/worker.mjs"; import { tasks } from "./${folder}/${name}"; await runTask(tasks);`,
              resolveDir: bench,
            };
          });
        },
      },
    ],
  });
}

const speed = (results, key, by = "cpu") => median(results.map((result) => result[key][by]));

function againstLimit({ rows, changes, sync, written, depths, flushed, bareMemory }) {
  const of = (results, ours, key) =>
    ["cpu", "wall"].map((by) =>
      ratio(speed(results.get("raw"), key, by) / speed(results.get(ours), key, by)),
    );
  const over = (ours, key, base = "raw") =>
    ["cpu", "wall"].map((by) =>
      ratio(speed(written.get(ours), key, by) / speed(written.get(base), key, by)),
    );
  const number = (value) => value.toLocaleString("en");
  const pending = ["cpu", "wall"].map((by) =>
    ratio(
      speed(sync.get("ours"), "pull", by) / speed(sync.get("ours, 10,000 pending"), "pull", by),
    ),
  );
  const deep = `ours, ${depths.at(-1)}`;
  const lines = [
    [
      `first sync of ${number(rows)} rows, speed of the limit`,
      ...of(sync, "ours", "firstSync"),
      "≥ 0.75",
    ],
    [
      `pull of ${number(changes)} changes, 5% deletions, speed of the limit`,
      ...of(sync, "ours", "pull"),
      "≥ 0.70",
    ],
    ["the same with 10,000 ops pending, speed of it without", ...pending, "≥ 0.9"],
    [
      "local create (row and op, one commit), time over a bare insert",
      ...over("ours, 0", "create"),
      "≤ 1.8",
    ],
    ["local update, time over a bare update", ...over("ours, 0", "update"), "≤ 2.8"],
    [
      "the statements of a create (row and op) alone, over a bare insert",
      ...over("raw, row and op", "create"),
      "",
    ],
    [
      "the statements of an update (row read and written, op) alone, over a bare update",
      ...over("raw, row and op", "update"),
      "",
    ],
    ...depths
      .slice(1)
      .map((depth) => [
        `local create with ${number(depth)} ops queued, time over none queued`,
        ...over(`ours, ${depth}`, "create", "ours, 0"),
        depth === depths.at(-1) ? "≤ 1.2" : "",
      ]),
    [
      "local update with 100,000 ops queued, time over none queued",
      ...over(deep, "update", "ours, 0"),
      "≤ 1.2",
    ],
    ...flushed.map(({ ops, results }) => [
      `flush of ${number(ops)} ops, batches of 100, speed of the limit`,
      ...of(results, "ours", "flush"),
      "≥ 0.5",
    ]),
    [
      "the statements of a flush (sealing and versions) alone, speed of the limit",
      ...of(flushed.at(-1).results, "raw, sealed", "flush"),
      "",
    ],
  ];
  const memory = median(sync.get("ours").map((result) => result.memory)) - bareMemory;
  const rawMemory = median(sync.get("raw").map((result) => result.memory)) - bareMemory;
  const hold = (key) => median(sync.get("ours").map(({ holds }) => holds[key])).toFixed(1);
  return [
    "### Beside raw SQLite",
    "",
    "The limit is the statements alone: prepared once, on rows that are decoded already, one transaction a page with its cursor; for local writes one",
    "statement and its commit, after 1,000 that nobody times (20,000 for the engine, whose code is compiled meanwhile); for the flush reading a batch and deleting it by range. What the server does is left out.",
    "",
    ...table(["what", "processor time", "wall time", "target"], lines),
    `Peak memory over a process that syncs one page: ${memory.toFixed(0)} MB for ${number(rows)} rows (the limit: ${rawMemory.toFixed(0)} MB).`,
    `The JavaScript thread is held ${hold("median")} ms (median) and ${hold("longest")} ms (longest) at a time for a page of ${pageRows} rows, parsing included.`,
    "",
  ];
}

/** What a change costs as the table grows. */
function bySize(sizes, bareMemory) {
  const each = (results, name, by) => (speed(results.get(name), "pull", by) / 10_000) * 1000;
  const [least] = sizes;
  const growth = (results, name) =>
    ratio(each(results, name, "cpu") / each(least.results, name, "cpu"));
  const lines = sizes.map(({ stored, results }) => [
    stored.toLocaleString("en"),
    growth(results, "ours"),
    growth(results, "raw"),
    ratio(each(results, "raw", "cpu") / each(results, "ours", "cpu")),
    (median(results.get("ours").map(({ memory }) => memory)) - bareMemory).toFixed(0),
  ]);
  const head = [
    "rows in the table",
    "a change, over one of the smallest",
    "raw, likewise",
    "speed of the limit",
    "peak MB over one page",
  ];
  return ["A pull of 10,000 changes, processor time:", "", ...table(head, lines)];
}

/**
 * What runs without a service, or with one of ours. `store`: what a row has become when the call returns; `helpers`: what
 * it starts as threads and processes of its own.
 */
const peers = [
  {
    file: "watermelonSqlite",
    name: "WatermelonDB, SQLite",
    package: "@nozbe/watermelondb",
    store: "file",
  },
  {
    file: "watermelonLoki",
    name: "WatermelonDB, LokiJS",
    package: "@nozbe/watermelondb",
    store: "memory",
  },
  {
    file: "powersync",
    name: "PowerSync, Node SDK",
    package: "@powersync/node",
    store: "file",
    helpers: ["powersyncDatabase", "powersyncService"],
  },
  { file: "pouchdb", name: "PouchDB, LevelDB", package: "pouchdb", store: "file" },
  { file: "rxdb", name: "RxDB, memory", package: "rxdb", store: "memory" },
  { file: "tinybase", name: "TinyBase, store", package: "tinybase", store: "memory" },
  {
    file: "tinybaseMergeable",
    name: "TinyBase, mergeable store",
    package: "tinybase",
    store: "memory",
  },
  { file: "tanstack", name: "TanStack DB", package: "@tanstack/db", store: "memory" },
  { file: "dexie", name: "Dexie on fake-indexeddb", package: "dexie", store: "memory" },
].filter(({ file }) => readdirSync(join(bench, "peers")).includes(`${file}.mjs`));

const externalPackages = [
  "better-sqlite3",
  "pouchdb",
  "leveldown",
  "@nozbe/watermelondb",
  "@nozbe/watermelondb/*",
  "@powersync/node",
  "@powersync/node/*",
  "rxdb",
  "rxdb/*",
];

async function besidePeers({ note, rounds }) {
  const sizes = { rows: 20_000, changes: 10_000, pageRows };
  const writes = { writes: 1_000, warmUp: 2_000 };
  const run = (engine) => ({
    name: engine,
    run: () => {
      if (["raw", "ours"].includes(engine))
        return { ...runWorker(engine, "sync", sizes), ...runWorker(engine, "writes", writes) };
      return runWorker(engine, "all", { ...sizes, ...writes });
    },
  });
  const results = await interleave(
    ["raw", "ours", ...peers.map(({ file }) => file)].map(run),
    rounds,
    (what) => note(`peers, ${what}`),
  );
  const ours = results.get("ours");
  const row = async (file, name, packageName, store) => {
    const own = results.get(file);
    const times = (key) =>
      ["cpu", "wall"].map((by) => ratio(speed(own, key, by) / speed(ours, key, by))).join(" / ");
    const version = packageName === null ? "" : ` ${await versionOf(packageName)}`;
    const memory = median(own.map((result) => result.memory)).toFixed(0);
    return [name + version, store, times("firstSync"), times("pull"), times("create"), memory];
  };
  const lines = [
    await row("ours", bold("sync-gen"), null, "file"),
    await row("raw", "raw better-sqlite3", sqlitePackage, "file"),
    ...(await Promise.all(
      peers.map(({ file, name, package: packageName, store }) =>
        row(file, name, packageName, store),
      ),
    )),
  ];
  const head = [
    "engine",
    "rows in",
    "first sync of 20,000",
    "10,000 changes",
    "local write",
    "peak MB",
  ];
  return [
    "### Beside other engines",
    "",
    "How many times as long as sync-gen, processor time / wall time; less than 1 is faster than sync-gen. What keeps rows in memory writes nothing",
    "that survives the process; sync-gen, WatermelonDB on SQLite, PowerSync and PouchDB do. A local write of sync-gen is the row and its op in one commit. Each",
    "engine's local writes are timed after 2,000 of them.",
    "PowerSync's is the row and its entry in the upload queue, also in one; its SQLite runs in worker threads, and each statement goes there and back. It",
    "fetches its rows by HTTP as lines of JSON, adds up checksums and keeps each row twice (as it came and as a row), which is in its times, and six threads",
    "are in its peak; the service, which is the benchmark's own, is another process and in neither.",
    "",
    ...table(head, lines),
  ];
}
