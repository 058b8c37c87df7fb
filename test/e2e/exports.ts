import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "examples/fieldTasks");
const folder = join(example, "dist/e2e");

/** The app as it is, exported for the web. */
export const currentWeb = join(folder, "web");
/** The project after its next schema change, and its export. */
export const nextProject = join(folder, "next");
export const nextWeb = join(folder, "nextWeb");

/** Where the bundles for phones go. */
export const phonesFolder = join(folder, "phones");

/** Exports both apps before the first test. `E2E_KEEP=1` uses the last exports again. */
export function setup(): void {
  if (process.env["E2E_KEEP"] === "1" && existsSync(nextWeb)) return;
  rmSync(folder, { recursive: true, force: true });
  exportApp("web", currentWeb, ["--clear"]);

  const own = [".sync-gen", "App.tsx", "app.json", "convex", "index.ts", "metro.config.js"];
  for (const name of [...own, "package.json", "src", "sync.config.ts", "tsconfig.json"])
    cpSync(join(example, name), join(nextProject, name), { recursive: true });
  const config = join(nextProject, "sync.config.ts");
  writeFileSync(config, changeSchema(readFileSync(config, "utf8")));
  run([join(root, "bin/sync-gen.js"), "generate", "--cwd", nextProject, "--quiet"], root);
  exportProject(nextProject, "web", nextWeb, []);
}

/** Exports the app as it is for a platform. */
export function exportApp(platform: string, out: string, options: readonly string[]): void {
  exportProject(example, platform, out, options);
}

/** The next release: tasks get one more field. */
function changeSchema(config: string): string {
  const changed = config.replace(
    "minutesSpent: integer().default(0).counter(),",
    'minutesSpent: integer().default(0).counter(),\n        place: text().default("on site"),',
  );
  if (changed === config) throw new Error("sync.config.ts has no minutesSpent to change.");
  return changed;
}

function exportProject(
  project: string,
  platform: string,
  out: string,
  options: readonly string[],
): void {
  const cli = join(root, "node_modules/expo/bin/cli");
  run([cli, "export", "--platform", platform, "--output-dir", out, ...options], project);
}

function run(args: readonly string[], cwd: string): void {
  const env = { ...process.env, CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env });
  if (status !== 0) throw new Error(`${args.join(" ")}\n${String(stdout)}\n${String(stderr)}`);
}
