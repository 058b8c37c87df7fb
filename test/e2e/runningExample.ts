import { spawn } from "node:child_process";
import { join } from "node:path";
import { example, root } from "./exports";

/** Where the example's own command exports the app to. */
export const currentWeb = join(example, "dist/web");

/** What `npm run example` printed, and its process group: what Ctrl-C in a terminal reaches. */
export interface RunningExample {
  readonly group: number;
  readonly phone: string;
  readonly otherPhone: string;
  readonly stage: string;
}

/** Runs the command as a user does, until it has said where the app is. */
export async function startExample(options: {
  /** Where Metro keeps its cache. */
  readonly cache: string;
  /** Serves the last export again. */
  readonly isKept: boolean;
}): Promise<RunningExample> {
  const args = ["run", "example", "--", "--port", "4310", ...(options.isKept ? ["--keep"] : [])];
  const env = { ...process.env, TMPDIR: options.cache };
  const child = spawn("npm", args, { cwd: root, env, detached: true, stdio: "pipe" });
  const group = child.pid;
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (printed += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on("close", (status) => reject(new Error(`npm run example: ${status}\n${printed}`)));
    child.stdout.on("data", () => {
      const [phone, otherPhone, stage] = printed.match(/http:\S+$/gm) ?? [];
      if (stage === undefined || otherPhone === undefined || phone === undefined) return;
      if (group !== undefined) resolve({ group, phone, otherPhone, stage });
    });
  });
}

/** Presses Ctrl-C. */
export function interrupt({ group }: RunningExample): void {
  process.kill(-group, "SIGINT");
}

/** Whether any process of the command is left. */
export function isRunning({ group }: RunningExample): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
