import { contentHash } from "./contentHash";
import { loadChildProcess } from "./currentProcess";
import { type FileRecord, manifestPath, parseManifest } from "./manifest";
import { isPlainHead } from "./plainHead";

/** What git has of the project, beside what stands on disk. Slow, and asked only where an edit of the user's is in question. */
export interface Committed {
  /** Every text that stood at `path` in the index or in a commit of a branch, the newest first; what was stashed does not count. */
  texts(path: string): readonly string[];
  /** What stood at `path` in the commits that `HEAD` goes back to, the newest first, each with the commit that made it so. */
  versions(path: string): readonly { readonly commit: string; readonly text: string }[];
  /** The commits that are put together: by the merge, rebase or cherry-pick that is going on, or the merge that `HEAD` is. None otherwise. */
  joined(): readonly string[];
  /** What stands at `path` in a commit. */
  textAt(commit: string, path: string): string | undefined;
  /** The text of this hash that stood at `path` in the index or in a commit; `undefined` where git does not have it, or there is no git. */
  text(path: string, hash: string): string | undefined;
  /** What a manifest of the index or of a commit says of `path` where it has this hash: that sync-gen wrote it so, whatever the manifest on disk says. */
  record(path: string, hash: string): FileRecord | undefined;
  /** Where a merge left both sides of a file to the user: the text of each; otherwise nothing. */
  sides(path: string): readonly string[];
}

/** How many commits of a file are looked through, on all branches. */
const mostCommits = 200;
const mostBytes = 256 * 1024 * 1024;

/** Looks into the repository that the project at `root` is in, if any. */
export function createCommitted(root: string): Committed {
  let records: ReadonlyMap<string, FileRecord> | undefined;
  return {
    texts: (path) => textsOf(root, path, ["--exclude=refs/stash"]),
    versions: (path) => versionsOf(root, path),
    // Asked by every run: reading files takes a fraction of a process.
    joined: () => (isPlainHead(root) ? [] : joinedIn(root)),
    textAt: (commit, path) => [...readBlobs(root, [`${commit}:./${path}`]).values()][0],
    text: (path, hash) => textsOf(root, path).find((text) => contentHash(text) === hash),
    record(path, hash) {
      records ??= recordsIn(textsOf(root, manifestPath));
      return records.get(keyOf(path, hash));
    },
    sides: (path) => {
      const unmerged = git(root, ["ls-files", "--unmerged", "--", path]) ?? "";
      const ids = [...unmerged.matchAll(/^\d+ (\w+) [23]\t/gm)].flatMap(([, id]) => id ?? []);
      return [...readBlobs(root, ids).values()];
    },
  };
}

/** Every text that stood at `path`, the newest first. */
function textsOf(root: string, path: string, without: readonly string[] = []): readonly string[] {
  const staged = git(root, ["ls-files", "--stage", "--", path]);
  const history = logOf(root, path, [...without, "--all", "--format="]);
  const ids = `${staged ?? ""}\n${history}`.match(/\b[0-9a-f]{40,64}\b/g) ?? [];
  return [...readBlobs(root, ids).values()];
}

function versionsOf(root: string, path: string): ReturnType<Committed["versions"]> {
  const log = logOf(root, path, ["HEAD", "--format=%H"]);
  let commit = "";
  const made = [...log.matchAll(/^(?:(\w+)|:\d+ \d+ \w+ (\w+) .*)$/gm)].flatMap(([, hash, id]) => {
    commit = hash ?? commit;
    return id === undefined ? [] : [{ commit, id }];
  });
  const texts = readBlobs(
    root,
    made.map(({ id }) => id),
  );
  return made.flatMap(({ commit, id }) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ commit, text }];
  });
}

function joinedIn(root: string): readonly string[] {
  const others = ["MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "HEAD^2"];
  const found = git(root, ["cat-file", "--batch-check"], others.join("\n"))?.split("\n") ?? [];
  const known = others.filter((_, index) => found[index]?.includes(" commit "));
  return known.length === 0 ? [] : ["HEAD", ...known];
}

/** What git's log says of the commits that changed a file; which commits, and how each is named, say the options. */
function logOf(root: string, path: string, options: readonly string[]): string {
  const raw = ["--raw", "--no-abbrev", "--no-renames", "--diff-merges=separate"];
  return git(root, ["log", ...options, ...raw, "-n", String(mostCommits), "--", path]) ?? "";
}

function recordsIn(manifests: readonly string[]): ReadonlyMap<string, FileRecord> {
  const records = new Map<string, FileRecord>();
  for (const text of manifests) {
    const manifest = parseManifest(text);
    if (!manifest.ok) continue;
    for (const [path, record] of Object.entries(manifest.value.files)) {
      const key = keyOf(path, record.written);
      if (!records.has(key)) records.set(key, record);
    }
  }
  return records;
}

function keyOf(path: string, hash: string): string {
  return `${hash} ${path}`;
}

/** The texts of these objects by id, in this order; what names none is left out. */
function readBlobs(root: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const printed = git(root, ["cat-file", "--batch"], [...new Set(ids)].join("\n")) ?? "";
  const texts = new Map<string, string>();
  // `<id> blob <bytes>`, a line end, as many bytes, a line end; or `<id> missing`.
  for (let position = 0; position < printed.length;) {
    const end = printed.indexOf("\n", position);
    if (end < 0) break;
    const [, id, bytes] = /^(\w+) blob (\d+)$/.exec(printed.slice(position, end)) ?? [];
    position = end + 1;
    if (id === undefined) continue;
    const content = printed.slice(position, position + Number(bytes));
    texts.set(id, Buffer.from(content, "latin1").toString("utf8"));
    position += Number(bytes) + 1;
  }
  return texts;
}

/** What git prints, a character a byte; `null` when it fails, or is not there. */
function git(root: string, words: readonly string[], input = ""): string | null {
  const options = { cwd: root, input, encoding: "latin1", maxBuffer: mostBytes } as const;
  const { status, stdout } = loadChildProcess().spawnSync("git", words, options);
  return status === 0 ? stdout : null;
}
