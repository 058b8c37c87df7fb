import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { environment, loadZlib } from "./currentProcess";

/**
 * Whether git's own files say that nothing is put together where the project at `root` is: no merge, rebase or cherry-pick goes on, and the
 * commit that is checked out has one parent at most. False also where only git can tell: where that commit is in a pack.
 */
export function isPlainHead(root: string, { GIT_DIR, GIT_COMMON_DIR } = environment): boolean {
  // In a git hook, for one: then the repository may be anywhere.
  if (GIT_DIR !== undefined || GIT_COMMON_DIR !== undefined) return false;
  const folder = gitFolder(root);
  if (folder === null) return true;
  if (unfinished.some((name) => existsSync(join(folder, name)))) return false;
  // A worktree has a `HEAD` of its own, and shares the branches and the commits.
  const common = resolve(folder, read(join(folder, "commondir"))?.toString().trim() ?? "");
  const commit = readCommit(common, headOf(folder, common));
  return commit !== null && parentsOf(commit) < 2;
}

const unfinished = ["MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD"];

/** Where git keeps what it knows of the project; `null` where there is no git. */
function gitFolder(root: string): string | null {
  const entry = join(root, ".git");
  if (existsSync(entry)) {
    // In a worktree or a submodule, a file says where the folder is.
    const [, elsewhere] = /^gitdir: (.+)/.exec(read(entry)?.toString() ?? "") ?? [];
    return elsewhere === undefined ? entry : resolve(root, elsewhere);
  }
  const above = dirname(root);
  return above === root ? null : gitFolder(above);
}

/** The id of the commit that is checked out, as far as a file of its own says. */
function headOf(folder: string, common: string): string {
  const head = read(join(folder, "HEAD"))?.toString().trim() ?? "";
  const [, branch] = /^ref: (.+)/.exec(head) ?? [];
  return branch === undefined ? head : (read(join(common, branch))?.toString().trim() ?? "");
}

function readCommit(common: string, id: string): string | null {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return null;
  const packed = read(join(common, "objects", id.slice(0, 2), id.slice(2)));
  if (packed === undefined) return null;
  try {
    return loadZlib().inflateSync(packed).toString("latin1");
  } catch {
    return null;
  }
}

/** Its message comes after an empty line, and may say anything. */
function parentsOf(commit: string): number {
  const [head = ""] = commit.split("\n\n", 1);
  return head.split("\n").filter((line) => line.startsWith("parent ")).length;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
