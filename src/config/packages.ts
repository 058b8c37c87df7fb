import type { ReadFiles } from "../kernel/files";

/** One `package.json` of the project, as far as it matters here. */
export interface WorkspacePackage {
  /** Relative to the project's root; `""` for the root itself. */
  readonly folder: string;
  readonly name: string | null;
  /** Ranges by package name: dependencies, devDependencies and peerDependencies together, the first one winning. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** The `exports` field as it stands; `undefined` when the package has none. */
  readonly exports: unknown;
  readonly main: string | null;
  readonly type: "module" | "commonjs";
}

/** Joins a folder (`""` is the root) and a path below it. */
export function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** The JSON object in a file, or `undefined` when it is missing, damaged or something else. */
export function readJsonObject(
  files: ReadFiles,
  path: string,
): Readonly<Record<string, unknown>> | undefined {
  const text = files.read(path);
  if (text === undefined) return undefined;
  try {
    return asObject(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return undefined;
  }
}

/**
 * Every package of the project, the root first: what the workspace globs of npm, yarn, bun (`package.json`) or pnpm
 * (`pnpm-workspace.yaml`) name, and without any globs what stands in `apps/*`, `packages/*` and folders of the root.
 */
export function findPackages(files: ReadFiles): readonly WorkspacePackage[] {
  const declared = workspaceGlobs(files);
  const globs = declared.length > 0 ? declared : ["apps/*", "packages/*", "*"];
  const excluded = new Set(
    globs
      .filter((glob) => glob.startsWith("!"))
      .flatMap((glob) => expandGlob(files, glob.slice(1))),
  );
  const folders = globs
    .filter((glob) => !glob.startsWith("!"))
    .flatMap((glob) => expandGlob(files, glob))
    .filter((folder) => !excluded.has(folder));
  return ["", ...new Set(folders)].flatMap((folder) => readPackage(files, folder) ?? []);
}

/** The workspace globs that the root declares, in order; empty when it is no workspace. */
export function workspaceGlobs(files: ReadFiles): readonly string[] {
  const pnpm = files.read("pnpm-workspace.yaml");
  if (pnpm !== undefined) return pnpmGlobs(pnpm);
  const declared = readJsonObject(files, "package.json")?.["workspaces"];
  return strings(Array.isArray(declared) ? declared : asObject(declared)?.["packages"]);
}

function readPackage(files: ReadFiles, folder: string): WorkspacePackage | undefined {
  const manifest = readJsonObject(files, inFolder(folder, "package.json"));
  if (manifest === undefined) return undefined;
  return {
    folder,
    name: typeof manifest["name"] === "string" ? manifest["name"] : null,
    dependencies: {
      ...ranges(manifest["peerDependencies"]),
      ...ranges(manifest["devDependencies"]),
      ...ranges(manifest["dependencies"]),
    },
    exports: manifest["exports"],
    main: typeof manifest["main"] === "string" ? manifest["main"] : null,
    type: manifest["type"] === "module" ? "module" : "commonjs",
  };
}

/** Reads the `packages` list of pnpm-workspace.yaml, written as a block or in brackets; no other YAML is needed. */
function pnpmGlobs(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ""));
  const start = lines.findIndex((line) => /^packages\s*:/.test(line));
  if (start === -1) return [];
  const inline = /\[(.*)\]/.exec(lines[start] ?? "");
  if (inline) return (inline[1] ?? "").split(",").map(unquote).filter(Boolean);
  const globs: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const item = /^\s*-\s*(.+)$/.exec(line);
    if (item) globs.push(unquote(item[1] ?? ""));
    else if (line.trim() !== "") break;
  }
  return globs;
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2");
}

/** Folders that a glob of `*` and `**` matches. A glob that leaves the project matches nothing. */
function expandGlob(files: ReadFiles, glob: string): readonly string[] {
  const segments = glob
    .replace(/^\.\//, "")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) return [];
  return segments.reduce<readonly string[]>(
    (folders, segment) => folders.flatMap((folder) => expandSegment(files, folder, segment)),
    [""],
  );
}

/** A glob with `**` in a large repository must not read the whole disk. */
const deepestGlob = 4;

function expandSegment(files: ReadFiles, folder: string, segment: string): readonly string[] {
  if (segment === "**") {
    const below = (parent: string, depth: number): readonly string[] =>
      depth === 0
        ? [parent]
        : [
            parent,
            ...subfolders(files, parent).flatMap((name) =>
              below(inFolder(parent, name), depth - 1),
            ),
          ];
    return below(folder, deepestGlob);
  }
  if (!segment.includes("*")) return [inFolder(folder, segment)];
  const pattern = new RegExp(
    `^${segment
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  return subfolders(files, folder)
    .filter((name) => pattern.test(name))
    .map((name) => inFolder(folder, name));
}

function subfolders(files: ReadFiles, folder: string): readonly string[] {
  return files
    .list(folder === "" ? "." : folder)
    .filter((name) => name.endsWith("/") && !name.startsWith(".") && name !== "node_modules/")
    .map((name) => name.slice(0, -1));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? // Safe: an object that is no array, read by string keys only.
      (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}

function ranges(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
