// The emitted engine on the emitted asynchronous driver, in Chromium, beside plain statements on the same driver.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { interleave, median } from "../measure.mjs";
import { bench, root } from "../project.mjs";
import { bold, ratio, table } from "../report.mjs";

const sqlite = join(root, "node_modules/expo-sqlite");
/** The browser that `npm run test:e2e` uses, by the driver installed there. */
const require = createRequire(join(root, "test/e2e/package.json"));

const ways = [
  { way: "engine", name: bold("sync-gen, everything") },
  { way: "row", name: "statements alone, one a row" },
  { way: "multi", name: "statements alone, 100 rows a statement" },
  { way: "json", name: "statements alone, a page as JSON (`json_each`)" },
];

/** What the engine is held against in tasks that write few rows at a time. */
const plain = "json";
const depths = [0, 10_000, 100_000];
const writes = 200;

function loadPlaywright() {
  try {
    return require("playwright-core");
  } catch (cause) {
    throw new Error("The part in the browser needs `npm ci` in test/e2e.", { cause });
  }
}

/** Measures the engine in a browser; `project` is the emitted one. Returns lines of the report. */
export async function measureBrowser({ project, rows, pageRows, rounds, progress }) {
  const { chromium } = loadPlaywright();
  const files = await bundle(project);
  const server = await serve(files);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  });
  const job = (name, task, options) => ({
    name,
    run: async () => {
      // A context of its own has a file system of its own.
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`http://localhost:${server.address().port}/`);
      const others = await pagesPeak(browser);
      const result = await page.evaluate(
        ([way, ...given]) => globalThis.runTask(way, ...given),
        [name.split(",")[0], task, options],
      );
      const peak = (await pagesPeak(browser)) - others;
      await context.close();
      return { ...result, peak };
    },
  });
  const run = (what, jobs) => interleave(jobs, rounds, (how) => progress(`${what}, ${how}`), false);
  const changes = 10_000;
  try {
    const synced = await run(
      "sync",
      ways.map(({ way }) => job(way, "sync", { rows, changes, pageRows })),
    );
    const written = await run("writes", [
      job(plain, "writes", { writes }),
      ...depths.map((depth) =>
        job(`engine, ${depth}`, "writes", { writes, depth, warmUp: writes }),
      ),
    ]);
    const flushed = [];
    for (const ops of [1_000, 10_000])
      flushed.push({
        ops,
        results: await run(`flush of ${ops}`, [
          job(plain, "flush", { ops }),
          // One by one, they would take minutes to write.
          job("engine", "flush", { ops, warmUp: writes, together: 100 }),
        ]),
      });
    return report({ synced, written, flushed, rows, changes });
  } finally {
    await browser.close();
    server.close();
  }
}

/** What the processes of all pages, their workers with them, have held at most, MB; 0 where there is no /proc. */
async function pagesPeak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const path = `/proc/${id}/status`;
      const status = existsSync(path) ? readFileSync(path, "utf8") : "";
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
    });
  return peaks.reduce((sum, peak) => sum + peak, 0);
}

function report({ synced, written, flushed, rows, changes }) {
  const time = (results, name, key) => median(results.get(name).map((result) => result[key].wall));
  const [engine, ...others] = ways;
  const best = (key) => Math.min(...others.map(({ way }) => time(synced, way, key)));
  const number = (value) => value.toLocaleString("en");
  const hold = (results, name) => Math.max(...results.get(name).map((result) => result.hold));
  const peak = (way) => median(synced.get(way).map((result) => result.peak));
  const lines = ways.map(({ way, name }) => [
    name,
    ratio(best("firstSync") / time(synced, way, "firstSync")),
    ratio(best("pull") / time(synced, way, "pull")),
    peak(way).toFixed(0),
    way === engine.way ? "≥ 0.8" : "",
  ]);
  const over = (depth, key) =>
    ratio(time(written, `engine, ${depth}`, key) / time(written, plain, key));
  const writing = depths.map((depth) => [
    `${number(depth)} ops queued`,
    over(depth, "create"),
    over(depth, "update"),
  ]);
  return [
    "### On the asynchronous driver, in Chromium",
    "",
    `expo-sqlite on the web: every statement crosses to a worker. Wall time of a first sync of ${number(rows)} rows, then of ${number(changes)} changes; rows that the statements alone write are decoded already.`,
    "",
    ...table(
      [
        "what",
        "first sync, speed of the best statements",
        "pull, likewise",
        "MB more at the peak than before",
        "target",
      ],
      lines,
    ),
    `The page's thread is held ${hold(synced, "engine").toFixed(0)} ms at most at a time during either.`,
    "",
    "A local write, row and op in one commit, over a bare statement and its commit:",
    "",
    ...table(["", "create", "update"], writing),
    ...flushed.map(
      ({ ops, results }) =>
        `A flush of ${number(ops)} ops, written 100 at a time: ${ratio(time(results, plain, "flush") / time(results, "engine", "flush"))} of the speed of reading and deleting the batches.  `,
    ),
    "",
  ];
}

/** The page's script, the worker of expo-sqlite and its SQLite, by path. */
async function bundle(project) {
  const { outputFiles } = await build({
    entryPoints: {
      page: join(bench, "engines/browser.mjs"),
      worker: join(sqlite, "web/worker.ts"),
    },
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    mainFields: ["module", "browser", "main"],
    resolveExtensions: [".web.ts", ".ts", ".web.js", ".js", ".mjs", ".json"],
    loader: { ".wasm": "file" },
    define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
    alias: {
      emitted: join(project, "src"),
      "expo-sqlite": join(sqlite, "src/SQLiteDatabase.ts"),
      "react-native": join(bench, "engines/reactNative.mjs"),
      "@react-native-community/netinfo": join(root, "test/standins/netinfo.ts"),
    },
    plugins: [
      {
        name: "expo",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^expo(\/|$)/ }, () => ({ path: join(bench, "engines/expo.mjs") })),
      },
    ],
    logLevel: "error",
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
}

/** Serves the page with what OPFS and shared memory ask for. */
async function serve(files) {
  const html = `<!doctype html><script type="module" src="/page.js"></script>`;
  const type = (path) => (path.endsWith(".wasm") ? "application/wasm" : "text/javascript");
  const server = createServer(({ url }, response) => {
    const path = url === "/worker" ? "/worker.js" : url;
    const body = path === "/" ? html : files.get(path);
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": path === "/" ? "text/html" : type(path),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return server;
}
