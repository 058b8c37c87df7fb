import type { ReadFiles } from "../../src/kernel/files";

/** A project in memory: paths to texts; objects are written as JSON. */
export function memoryFiles(project: Readonly<Record<string, string | object>>): ReadFiles {
  const texts = new Map(
    Object.entries(project).map(([path, content]) => [
      path,
      typeof content === "string" ? content : JSON.stringify(content, null, 2) + "\n",
    ]),
  );
  const prefixOf = (path: string): string => (path === "." || path === "" ? "" : `${path}/`);
  return {
    read: (path) => texts.get(path),
    exists: (path) =>
      texts.has(path) || [...texts.keys()].some((key) => key.startsWith(prefixOf(path))),
    list: (path) => {
      const prefix = prefixOf(path);
      const names = [...texts.keys()]
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length).replace(/\/.*$/, "/"));
      return [...new Set(names)].sort();
    },
  };
}
