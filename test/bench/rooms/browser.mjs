// The emitted engine on the emitted asynchronous driver, in Chromium, beside plain statements on the same driver.
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

/** Measures the first sync in a browser; `project` is the emitted one. Returns lines of the report. */
export async function measureBrowser({ project, rows, pageRows, rounds, progress }) {
  const { chromium } = require("playwright-core");
  const files = await bundle(project);
  const server = await serve(files);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  });
  try {
    const run = ({ way }) => ({
      name: way,
      run: async () => {
        // A context of its own has a file system of its own.
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(`http://localhost:${server.address().port}/`);
        const took = await page.evaluate(
          ([...given]) => globalThis.firstSync(...given),
          [way, rows, pageRows],
        );
        await context.close();
        return took;
      },
    });
    return report(await interleave(ways.map(run), rounds, progress), rows);
  } finally {
    await browser.close();
    server.close();
  }
}

function report(results, rows) {
  const time = (way) => median(results.get(way));
  const [engine, ...others] = ways;
  const best = others.reduce((a, b) => (time(b.way) < time(a.way) ? b : a));
  const lines = ways.map(({ way, name }) => [
    name,
    ratio(time(best.way) / time(way)),
    way === engine.way ? "≥ 0.8" : "",
  ]);
  return [
    "### On the asynchronous driver, in Chromium",
    "",
    `A first sync of ${rows.toLocaleString("en")} rows by expo-sqlite on the web: every statement crosses to a worker. Wall time; rows that the statements alone write are decoded already.`,
    "",
    ...table(["what", "speed of the best statements", "target"], lines),
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
