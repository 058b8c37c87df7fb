import { spawnSync } from "node:child_process";
import { contentHash } from "./contentHash";

/** How many commits that touched the file are looked through. */
const mostCommits = 200;
const mostBytes = 256 * 1024 * 1024;

/**
 * The text of this hash that stood at `path` in the index or in a commit; `undefined` where git does not have it, or there is no git. Slow:
 * starts three processes.
 */
export function committedText(root: string, path: string, hash: string): string | undefined {
  const staged = git(root, ["ls-files", "--stage", "--", path]);
  const history = git(root, [
    ...["log", "--raw", "--no-abbrev", "--no-renames", "--diff-merges=separate", "--format="],
    ...["-n", String(mostCommits), "--", path],
  ]);
  const ids = `${staged ?? ""}\n${history ?? ""}`.match(/\b[0-9a-f]{40,64}\b/g) ?? [];
  const blobs = git(root, ["cat-file", "--batch"], [...new Set(ids)].join("\n"));
  return blobs === null ? undefined : blobsOf(blobs).find((text) => contentHash(text) === hash);
}

/** What git prints, in latin1: a character a byte; `null` when it fails. */
function git(root: string, words: readonly string[], input = ""): string | null {
  const options = { cwd: root, input, encoding: "latin1", maxBuffer: mostBytes } as const;
  const { status, stdout } = spawnSync("git", words, options);
  return status === 0 ? stdout : null;
}

/** The contents in what `git cat-file --batch` prints: `<id> blob <bytes>`, a line end, as many bytes, a line end. */
function blobsOf(printed: string): readonly string[] {
  const texts: string[] = [];
  for (let position = 0; position < printed.length;) {
    const end = printed.indexOf("\n", position);
    if (end < 0) break;
    const bytes = /^\w+ blob (\d+)$/.exec(printed.slice(position, end))?.[1];
    position = end + 1;
    if (bytes === undefined) continue;
    const content = printed.slice(position, position + Number(bytes));
    texts.push(Buffer.from(content, "latin1").toString("utf8"));
    position += Number(bytes) + 1;
  }
  return texts;
}
