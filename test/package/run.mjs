// Packs sync-gen, installs the package in an empty Expo project and does what a new user does there.
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerPrompts, down, enter } from "./prompts.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "sync-gen-package-"));
const app = join(scratch, "app");
/** What the README shows of the repository itself. */
const onlyInAClone = ["examples/fieldTasks/README.md", "examples/sharedLists/README.md"];
let passed = 0;
let failed = 0;

/** The version of a package that the repository is tested with. */
function versionHere(name) {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
}

/** Runs one step; `expect` is its exit code. */
function step(name, command, args, { cwd = app, expect = 0 } = {}) {
  const started = Date.now();
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "1", NO_COLOR: "1" },
  });
  const ok = result.status === expect;
  ok ? passed++ : failed++;
  console.log(
    `${ok ? "ok    " : "FAILED"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (!ok)
    console.log(`exit code ${result.status}, wanted ${expect}\n${result.stdout}\n${result.stderr}`);
  return result;
}

/** Counts one condition. */
function verify(name, ok) {
  ok ? passed++ : failed++;
  console.log(`${ok ? "ok    " : "FAILED"} ${name}`);
}

/** Links of the README to what neither the package holds nor only a clone has. */
function deadLinks(packed) {
  const links = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/\]\(([^)\s]+)\)/g)];
  return links
    .map(([, target]) => target.split("#")[0])
    .filter((path) => path !== "" && !/^https?:/.test(path))
    .filter((path) => !packed.has(path) && !onlyInAClone.includes(path));
}

function write(path, text) {
  mkdirSync(dirname(join(app, path)), { recursive: true });
  writeFileSync(join(app, path), text);
}

/** The same project set up by answering questions, in a folder of its own. */
async function askedInATerminal() {
  const asked = join(scratch, "asked");
  cpSync(app, asked, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
  const program = join(app, "node_modules/.bin/sync-gen");
  const { code, screen, unasked } = await answerPrompts(`${program} init`, asked, [
    { question: "Where should the device code go?", keys: enter },
    { question: "Where are your Convex functions?", keys: enter },
    { question: "What is your first synced table?", keys: enter },
    { question: "Who wins", keys: down + enter },
  ]);
  verify("sync-gen init asks in a terminal", unasked.length === 0 && code === 0);
  if (unasked.length > 0 || code !== 0) console.log(`exit code ${code}\n${screen}`);
  const config = join(asked, "sync.config.ts");
  verify(
    "and writes what was answered",
    existsSync(config) && readFileSync(config, "utf8").includes('policy: "server-wins"'),
  );
}

try {
  const [{ filename, files }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch], {
      cwd: root,
      encoding: "utf8",
    }),
  );
  const tarball = join(scratch, filename);
  const dead = deadLinks(new Set(files.map(({ path }) => path)));
  verify(`the README's links lead to what is packed ${dead.join(" ")}`.trim(), dead.length === 0);
  step("publint", "npx", ["publint", "run", tarball, "--strict"], { cwd: root });
  step("are the types wrong", "npx", ["attw", tarball, "--profile", "node16"], { cwd: root });

  // What `create-expo-app --template blank-typescript` leaves, and an empty convex folder.
  write(
    "package.json",
    JSON.stringify(
      {
        name: "empty-app",
        version: "1.0.0",
        private: true,
        main: "index.ts",
        dependencies: {
          // As in the repository: a newer one may ask for packages that the registry has not got yet.
          expo: versionHere("expo"),
          react: "19.2.3",
          "react-native": "0.86.3",
          convex: "^1.48.0",
        },
        devDependencies: { "@types/react": "~19.2.2", typescript: "~6.0.3" },
      },
      null,
      2,
    ) + "\n",
  );
  write(
    "app.json",
    JSON.stringify({ expo: { name: "empty-app", slug: "empty-app" } }, null, 2) + "\n",
  );
  write(
    "tsconfig.json",
    JSON.stringify(
      {
        extends: "expo/tsconfig.base",
        compilerOptions: {
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
        },
      },
      null,
      2,
    ) + "\n",
  );
  write(
    "index.ts",
    'import { registerRootComponent } from "expo";\n\nimport App from "./App";\n\nregisterRootComponent(App);\n',
  );
  write(
    "App.tsx",
    'import { StyleSheet, Text, View } from "react-native";\n\nexport default function App() {\n  return (\n    <View style={styles.container}>\n      <Text>Open up App.tsx to start working on your app!</Text>\n    </View>\n  );\n}\n\nconst styles = StyleSheet.create({ container: { flex: 1 } });\n',
  );
  mkdirSync(join(app, "convex"));

  step("npm install of the package", "npm", [
    "install",
    "--save-dev",
    "--no-audit",
    "--no-fund",
    tarball,
  ]);
  step("sync-gen --version", "npx", ["sync-gen", "--version"]);
  await askedInATerminal();
  step("sync-gen init", "npx", ["sync-gen", "init", "--yes", "--with-tests"]);
  step("sync-gen add-table", "npx", [
    "sync-gen",
    "add-table",
    "notes",
    "--policy=mobile-wins",
    "--field",
    "title:text",
    "--field",
    "done:boolean=false",
    "--field",
    "dueAt:timestamp?",
  ]);
  step("npm install of what init added", "npm", ["install", "--no-audit", "--no-fund"]);
  step("sync-gen generate", "npx", ["sync-gen", "generate"]);
  step("sync-gen check", "npx", ["sync-gen", "check"]);
  verify("the hook of the new table is there", existsSync(join(app, "src/hooks/useNotes.ts")));
  verify(
    "the tables are in convex/schema.ts",
    readFileSync(join(app, "convex/schema.ts"), "utf8").includes("syncTables"),
  );
  step("convex codegen", "npx", ["convex", "codegen", "--system-udfs", "--typecheck", "disable"]);
  step("strict type-check of the project", "npx", ["tsc", "--noEmit"]);
  step("the emitted tests", "npx", ["vitest", "run"]);
  step("sync-gen doctor", "npx", ["sync-gen", "doctor"]);
  write("src/db/schema.ts", readFileSync(join(app, "src/db/schema.ts"), "utf8") + "\n// mine\n");
  step("sync-gen check sees an edit", "npx", ["sync-gen", "check"], { expect: 1 });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
