import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPlainHead } from "../../src/output/plainHead";

let home: string;
let root: string;
beforeEach(() => {
  home = mkdtempSync(join(realpathSync(tmpdir()), "plain-head-"));
  root = join(home, "project");
  mkdirSync(root);
});
afterEach(() => rmSync(home, { recursive: true }));

const environment = { ...process.env, GIT_DIR: undefined, GIT_COMMON_DIR: undefined };
const isPlain = (at = root, more = {}): boolean => isPlainHead(at, { ...environment, ...more });

function git(...words: readonly string[]): void {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  const options = { cwd: root, env: environment, stdio: "ignore" } as const;
  execFileSync("git", [...who, ...words], options);
}

function commit(text: string, message = text): void {
  writeFileSync(join(root, "file"), text);
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

/** `feature` and `main`, which is checked out, in conflict. */
function branches(): void {
  git("init", "--quiet", "--initial-branch", "main");
  commit("start");
  git("checkout", "--quiet", "-b", "feature");
  commit("feature");
  git("checkout", "--quiet", "main");
  commit("main");
}

describe("nothing is put together", () => {
  it("where there is no git", () => expect(isPlain()).toBe(true));

  it("at a first commit and at a later one, below the folder of the repository too", () => {
    git("init", "--quiet");
    commit("first");
    expect(isPlain()).toBe(true);
    commit("second", "parent a\nparent b\n\nparent c");
    mkdirSync(join(root, "apps/mobile"), { recursive: true });
    expect(isPlain(join(root, "apps/mobile"))).toBe(true);
  });

  it("where no branch is checked out, and in a worktree", () => {
    branches();
    git("checkout", "--quiet", "--detach");
    expect(isPlain()).toBe(true);
    git("worktree", "add", "--quiet", "../tree", "feature");
    expect(isPlain(join(home, "tree"))).toBe(true);
  });
});

describe("something may be put together", () => {
  it.each([
    ["merge", "feature"],
    ["rebase", "feature"],
    ["cherry-pick", "feature"],
  ])("while a %s goes on", (...words) => {
    branches();
    expect(() => git(...words)).toThrow("git");
    expect(isPlain()).toBe(false);
  });

  it("while a merge goes on in a worktree, there alone", () => {
    branches();
    git("worktree", "add", "--quiet", "../tree", "feature");
    expect(() => git("-C", "../tree", "merge", "main")).toThrow("git");
    expect([isPlain(), isPlain(join(home, "tree"))]).toEqual([true, false]);
  });

  it("at the commit of a merge", () => {
    branches();
    git("merge", "--quiet", "--strategy", "ours", "feature");
    expect(isPlain()).toBe(false);
    commit("after");
    expect(isPlain()).toBe(true);
  });

  it("where only git can tell", () => {
    git("init", "--quiet");
    expect(isPlain()).toBe(false);
    commit("packed");
    expect(isPlain(root, { GIT_DIR: join(home, "elsewhere") })).toBe(false);
    expect(isPlain(root, { GIT_COMMON_DIR: join(home, "elsewhere") })).toBe(false);
    git("gc", "--quiet");
    expect(isPlain()).toBe(false);
    git("checkout", "--quiet", "--detach");
    expect(isPlain()).toBe(false);
  });

  it("where git's files are not what they should be", () => {
    const id = "0".repeat(40);
    mkdirSync(join(root, ".git/objects/00"), { recursive: true });
    writeFileSync(join(root, ".git/HEAD"), id);
    writeFileSync(join(root, ".git/objects/00", id.slice(2)), "no commit");
    expect(isPlain()).toBe(false);
  });
});
