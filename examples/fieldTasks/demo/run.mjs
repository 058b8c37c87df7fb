// `npm run demo`: generates this example afresh in a scratch folder and runs demo/main.ts against what was emitted.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const example = fileURLToPath(new URL("..", import.meta.url));
const root = join(example, "../..");
const scratch = join(example, ".demo");
const app = join(scratch, "app");

// The example without anything that sync-gen emitted; what people own stays.
const emitted = new Set(
  Object.keys(
    JSON.parse(readFileSync(join(example, ".sync-gen/manifest.json"), "utf8"))
      .files,
  ),
);
rmSync(scratch, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
for (const name of ["sync.config.ts", "package.json", "convex", "demo"])
  cpSync(join(example, name), join(app, name), {
    recursive: true,
    filter: (path) => !emitted.has(path.slice(example.length)),
  });

run([join(root, "bin/sync-gen.js"), "generate", "--quiet", "--cwd", app]);

// Phones run the emitted code on Hermes; here Node runs it, with expo-sqlite's API over SQLite files.
const bundle = join(scratch, "demo.mjs");
await build({
  entryPoints: [join(app, "demo/main.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
  tsconfigRaw: { compilerOptions: { jsx: "react-jsx" } },
  external: ["better-sqlite3", "convex-test", "convex/*", "drizzle-orm/*"],
  alias: {
    "expo-sqlite": join(root, "test/standins/expoSqlite.ts"),
    "@react-native-community/netinfo": join(root, "test/standins/netinfo.ts"),
  },
});
const phones = join(scratch, "phones");
mkdirSync(phones, { recursive: true });
run(["--enable-source-maps", bundle], { EXPO_SQLITE_FOLDER: phones });

function run(args, environment = {}) {
  const { status } = spawnSync(process.execPath, args, {
    stdio: "inherit",
    cwd: dirname(app),
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
}
