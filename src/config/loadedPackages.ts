/** Packages by the hash of the package.json with which this process ran them first: Node loads no module twice. */
const loaded = new Map<string, string>();

/**
 * False for the package.json at `path`, absolute, of a package that was updated since this process ran it: what `--watch` emits then is made
 * of the former one. True for every other file.
 */
export function isLoadedAs(path: string, hash: string): boolean {
  if (!path.includes("node_modules")) return true;
  const first = loaded.get(path) ?? hash;
  loaded.set(path, first);
  return first === hash;
}
