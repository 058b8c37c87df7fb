import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as users start it: `bin/sync-gen.js` with a dist of its own, so that test files do not build over each other. */
export class Program {
  private readonly folder = join(root, "node_modules/.cache/sync-gen", `test-${process.pid}`);

  build(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    cpSync(join(root, "bin"), join(this.folder, "bin"), { recursive: true });
    execFileSync(process.execPath, [
      join(root, ".config/build.mjs"),
      "--code",
      "--out",
      join(this.folder, "dist"),
    ]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts the program; `uid` runs it as another user. */
  start(cwd: string, words: readonly string[], options: { readonly uid?: number } = {}): Running {
    const env = { ...process.env };
    for (const name of ["NO_COLOR", "FORCE_COLOR", "NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"])
      delete env[name];
    const child = spawn(process.execPath, [join(this.folder, "bin/sync-gen.js"), ...words], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
    return new Running(child);
  }

  async run(
    cwd: string,
    words: readonly string[],
    options: { readonly uid?: number } = {},
  ): Promise<Ended> {
    return await this.start(cwd, words, options).ended;
  }
}

/** A program that runs. */
export class Running {
  stdout = "";
  stderr = "";
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on("data", (data: Buffer) => (this.stdout += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (this.stderr += data.toString()));
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) =>
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      );
    });
  }
}

/** A project in a scratch folder. */
export class ScratchProject {
  readonly root = mkdtempSync(join(tmpdir(), "sync-gen-cli-"));

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries({ "package.json": packageJson, ...texts }))
      this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Every file with its text, sorted. */
  files(): Readonly<Record<string, string>> {
    const entries = readdirSync(this.root, {
      recursive: true,
      withFileTypes: true,
      encoding: "utf8",
    })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort()
      .map((path) => [path, this.read(path)] as const);
    return Object.fromEntries(entries);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Resolves once `condition` holds; rejects after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("It did not happen within ten seconds.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const packageJson = `{
  "name": "scratch",
  "private": true,
  "dependencies": { "expo": "~57.0.0", "convex": "^1.48.0" }
}
`;

/** A config with two tables; `extra` stands between the imports and the config. */
export function configOf({ extra = "", fields = "" } = {}): string {
  return `import { boolean, defineSync, reference, table, text } from "sync-gen";
${extra}
export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    // Kept by the office.
    projects: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: { text: text(), isDone: boolean().default(false), project: reference("projects").optional(), ${fields} },
    }),
  },
});
`;
}
