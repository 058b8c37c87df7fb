import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, type Block } from "./pages";

/** Commands of the documentation that are not run with it, and why. */
const notRun: readonly { readonly command: RegExp; readonly why: string }[] = [
  {
    command: /^npx create-expo-app@latest /,
    why: "downloads a template; blankApp is what it leaves",
  },
  { command: /^cd /, why: "every page is followed in a project of its own" },
  { command: /^npm install/, why: "test/package installs the packed package" },
  { command: /^npx convex (dev|run|deploy) ?/, why: "needs an account at Convex or a backend" },
  { command: /^npx expo start/, why: "waits for a phone; test/e2e/phones.e2e.ts is one" },
  {
    command: /^git (restore|checkout|rm) /,
    why: "needs two branches; test/cli/branches.test.ts and keepEdits.test.ts make them",
  },
  {
    command: /^npm install && npm (run demo|test)/,
    why: "are checks of this repository themselves",
  },
];

/** What a page tells to type: one line each, without comments. */
export function shellLines(blocks: readonly Block[]): readonly string[] {
  return blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => line.replace(/\s+# .*$/, "").trim())
    .filter((line) => line !== "");
}

/** Why a line is not run; `null`: it is. */
export function reasonNotToRun(line: string): string | null {
  return notRun.find(({ command }) => command.test(line))?.why ?? null;
}

/** Entries of the list above that no line needs. */
export function uselessReasons(lines: readonly string[]): readonly string[] {
  return notRun
    .filter(({ command }) => !lines.some((line) => command.test(line)))
    .map(({ command }) => String(command));
}

/** Runs a line as the shell would, with this repository's sync-gen; returns what went wrong. */
export function runLine(line: string, folder: string): string | null {
  const command = line.replaceAll(/\bnpx sync-gen\b/g, `node "${join(root, "bin/sync-gen.js")}"`);
  const env = { ...process.env, CI: "1", NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: folder,
    shell: true,
    encoding: "utf8",
    env,
  });
  return status === 0 ? null : `${line}: exit code ${status}\n${stdout}${stderr}`;
}
