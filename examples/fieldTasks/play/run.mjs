// `npm run example`: exports the app for the web and serves it with a Convex deployment of its own, in memory.
// `-- --keep` serves the last export again, `-- --port 5000` uses that port and the next one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { keep, port } = parseArgs({
  options: {
    keep: { type: "boolean", default: false },
    port: { type: "string", default: "4000" },
  },
}).values;

const example = fileURLToPath(new URL("..", import.meta.url));
const root = dirname(dirname(example));
const web = join(example, "dist/web");

if (!keep || !existsSync(web)) {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/expo/bin/cli"),
      ...["export", "--platform", "web", "--clear", "--output-dir", web],
    ],
    {
      cwd: example,
      stdio: "inherit",
      env: {
        ...process.env,
        CI: "1",
        EXPO_OFFLINE: "1",
        // With the address of a deployment of your own, the app would not ask the play server who signs in.
        EXPO_NO_DOTENV: "1",
        EXPO_PUBLIC_CONVEX_URL: undefined,
        EXPO_NO_TELEMETRY: "1",
      },
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

const server = join(example, "dist/play.mjs");
await build({
  entryPoints: [join(example, "play/main.ts")],
  outfile: server,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
  packages: "external",
});
const { main } = await import(pathToFileURL(server).href);
const pages = join(example, "play/pages");
await main({ folder: web, pages, port: Number(port) }).catch((error) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.error(
    `Port ${error.port} is in use. Another one: npm run example -- --keep --port 5000`,
  );
  process.exit(1);
});
