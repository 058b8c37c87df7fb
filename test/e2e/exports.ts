import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const example = join(root, "examples/fieldTasks");
const lists = join(root, "examples/sharedLists");

/** A project of its own made of the example's parts, and where its web export goes. */
export interface Variant {
  readonly project: string;
  readonly web: string;
}

/** As deep below the root as the example: Metro's cache of it then holds for these, too. */
const scratch = join(root, ".test-output");
const variant = (name: string): Variant => ({
  project: join(scratch, name),
  web: join(scratch, name, "dist"),
});

/** The example after its next schema change. */
export const nextRelease = variant("e2eNextRelease");
/** An app with a table for each policy that the example has none of, and with `client.background`. */
export const policiesApp = variant("e2ePolicies");
/** The example of shared lists, behind the sign-in of the other one. */
export const sharedApp = variant("e2eShared");
/** Where the bundle for Android of the app with `client.background` goes. */
export const backgroundPhone = join(policiesApp.project, "android");
/** Where the bundles for phones go, by platform. */
export const phones = join(scratch, "e2ePhones");

/** What every app here is made of, whatever its tables are. */
const shell = ["app.json", "index.ts", "metro.config.js", "package.json", "tsconfig.json"];
const screens = [
  "OfflineSwitch.tsx",
  "Opening.tsx",
  "Screen.tsx",
  "SignIn.tsx",
  "controls.tsx",
  "look.ts",
];
const signIn = ["src/session", ...screens.map((name) => `src/screens/${name}`)];
const server = ["_generated", "schema.ts", "syncUser.ts"].map((name) => `convex/${name}`);

/** What is in a project besides. */
const whole = [".sync-gen", "App.tsx", "convex", "src", "sync.config.ts"];

/** Makes and exports the variants, one after the other, with one cache. */
export async function exportVariants(cache: string): Promise<void> {
  await exportVariant(nextRelease, cache, () => {
    copyParts(example, nextRelease, [...shell, ...whole]);
    const config = join(nextRelease.project, "sync.config.ts");
    writeFileSync(config, changeSchema(readFileSync(config, "utf8")));
  });
  await exportVariant(policiesApp, cache, () => {
    cpSync(join(root, "test/e2e/policies"), policiesApp.project, { recursive: true });
    copyParts(example, policiesApp, [...shell, ...server, ...signIn, "src/screens/Account.tsx"]);
  });
  await exportVariant(sharedApp, cache, () => {
    copyParts(lists, sharedApp, [...shell, ...whole]);
    copyParts(example, sharedApp, signIn);
    cpSync(join(root, "test/e2e/shared/App.tsx"), join(sharedApp.project, "App.tsx"));
  });
  await run([...expoExport("android"), backgroundPhone], policiesApp.project, cache);
}

async function exportVariant(
  { project, web }: Variant,
  cache: string,
  write: () => void,
): Promise<void> {
  rmSync(project, { recursive: true, force: true });
  write();
  await run([join(root, "bin/sync-gen.js"), "generate", "--cwd", project, "--quiet"], root);
  await run([...expoExport("web"), web], project, cache);
}

function copyParts(from: string, { project }: Variant, parts: readonly string[]): void {
  for (const part of parts) cpSync(join(from, part), join(project, part), { recursive: true });
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

/** Bundles the example for a platform, from an empty cache. */
export async function exportForPhone(platform: string): Promise<void> {
  const cache = newCache();
  await run([...expoExport(platform), join(phones, platform)], example, cache);
  rmSync(cache, { recursive: true, force: true });
}

const expoExport = (platform: string): readonly string[] => [
  ...[join(root, "node_modules/expo/bin/cli"), "export", "--platform", platform, "--output-dir"],
];

/** An empty folder for Metro's cache, which it puts where temporary files go. */
export const newCache = (): string => mkdtempSync(join(tmpdir(), "sync-gen-e2e-cache-"));

/** Runs a program under Node; what it printed becomes the error when it fails. */
export async function run(
  args: readonly string[],
  cwd: string,
  temporary = tmpdir(),
): Promise<void> {
  const env = {
    ...process.env,
    TMPDIR: temporary,
    CI: "1",
    EXPO_OFFLINE: "1",
    EXPO_NO_TELEMETRY: "1",
  };
  const child = spawn(process.execPath, args, { cwd, env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (printed += String(chunk)));
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) throw new Error(`${args.join(" ")}\n${printed}`);
}
