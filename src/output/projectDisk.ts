import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ReadFiles } from "../kernel/files";
import { diskHashes, type HashFiles } from "./diskHashes";
import { errorCode, isAbsence, isNoFile } from "./fileErrors";
import type { WriteFiles } from "./writeFiles";

/** The project on the real disk, for reading. */
export function readProject(root: string): ReadFiles & HashFiles {
  // Not `join`: on a project where nothing changed, resolving thousands of paths would be a good part of the work.
  const place = (path: string): string => `${root}/${path}`;
  return {
    ...diskHashes(place),
    read(path) {
      try {
        // Of every file of a first run there is none, and an error is five times as dear as this.
        if (statSync(place(path), { throwIfNoEntry: false }) === undefined) return undefined;
        return readFileSync(place(path), "utf8");
      } catch (error) {
        if (isNoFile(error)) return undefined;
        throw error;
      }
    },
    exists: (path) => existsSync(place(path)),
    list(path) {
      try {
        return readdirSync(place(path), { withFileTypes: true })
          .map((entry) => (isFolder(place(path), entry) ? `${entry.name}/` : entry.name))
          .sort();
      } catch (error) {
        if (isAbsence(error)) return [];
        throw error;
      }
    },
  };
}

/** The project on the real disk, for writing. */
export function writeProject(root: string): WriteFiles {
  const realRoot = realpathSync.native(root);
  return {
    locate: (path) => locate(realRoot, path),
    makeFolder: (path) => void mkdirSync(join(realRoot, path), { recursive: true }),
    writeNew: (path, text) => writeFileSync(join(realRoot, path), text, { flag: "wx" }),
    copyMode(from, to) {
      const found = statSync(join(realRoot, from), { throwIfNoEntry: false });
      if (found !== undefined) chmodSync(join(realRoot, to), found.mode & 0o777);
    },
    rename: (from, to) => renameSync(join(realRoot, from), join(realRoot, to)),
    remove: (path) => rmSync(join(realRoot, path), { force: true }),
    removeEmptyFolder(path) {
      try {
        rmdirSync(join(realRoot, path));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Where a path ends up once links are followed, relative to the root; `null` when that is outside of the project. */
function locate(realRoot: string, path: string): string | null {
  const wanted = resolve(realRoot, path);
  if (!isInside(realRoot, wanted)) return null;
  const missing: string[] = [];
  let existing = wanted;
  while (!isThere(existing)) {
    missing.unshift(existing.slice(dirname(existing).length + 1));
    existing = dirname(existing);
  }
  try {
    // Not Node's own walk up the path, which looks at every folder again for every file.
    const real = join(realpathSync.native(existing), ...missing);
    return isInside(realRoot, real) ? relative(realRoot, real).split(sep).join("/") : null;
  } catch (error) {
    // A link that points nowhere: what it would create is not ours to say.
    if (isAbsence(error) || errorCode(error) === "ELOOP") return null;
    throw error;
  }
}

/** Whether there is an entry, be it a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Above it stands a file, or a link to itself: the entry above says which.
    if (isAbsence(error) || errorCode(error) === "ELOOP") return false;
    throw error;
  }
}

function isInside(root: string, path: string): boolean {
  return path !== root && path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isFolder(
  parent: string,
  entry: { readonly name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const path = join(parent, entry.name);
  try {
    if (!statSync(path).isDirectory()) return false;
    // One that leads to a folder above itself: who walks through folders would go round for ever.
    return !`${realpathSync(parent)}${sep}`.startsWith(`${realpathSync(path)}${sep}`);
  } catch (error) {
    if (isAbsence(error) || errorCode(error) === "ELOOP") return false;
    throw error;
  }
}
