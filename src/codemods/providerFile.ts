import { inFolder } from "../config/packages";
import type { ExpoApp } from "../config/workspace";
import type { ReadFiles } from "../kernel/files";
import { providerNames, rendersTag } from "./jsxTags";

/** Where `OfflineProvider` belongs in an app. */
export interface ProviderFile {
  readonly path: string;
  /** No file of the app renders a Convex provider. */
  readonly withConvex: boolean;
}

/**
 * The file that `OfflineProvider` is, or has to be, rendered in: where it is already, else where Convex's provider is, else where
 * the app starts. `undefined` when the app has no start that can be found.
 */
export function findProviderFile(files: ReadFiles, app: ExpoApp): ProviderFile | undefined {
  const entry = app.entry?.path;
  const paths = [...(entry === undefined ? [] : [entry]), ...sourceFiles(files, app)];
  const texts = paths.flatMap((path) => {
    const text = files.read(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const convex = texts.find(({ path, text }) => rendersTag(path, text, providerNames.convex));
  const wrapped = texts.find(({ path, text }) => rendersTag(path, text, providerNames.offline));
  const path = (wrapped ?? convex)?.path ?? entry;
  return path === undefined ? undefined : { path, withConvex: convex === undefined };
}

const folders = ["", "src", "app", "components", "providers", "contexts", "context", "lib"];
// Providers stand near the top of an app; a deep tree is not searched to its leaves.
const deepest = 4;

function sourceFiles(files: ReadFiles, app: ExpoApp): readonly string[] {
  const below = (folder: string, depth: number): readonly string[] =>
    files.list(folder === "" ? "." : folder).flatMap((name) => {
      const path = inFolder(folder, name.replace(/\/$/, ""));
      if (!name.endsWith("/")) return /\.[jt]sx?$/.test(name) ? [path] : [];
      const isHidden = name.startsWith(".") || name === "node_modules/";
      return depth === 0 || isHidden ? [] : below(path, depth - 1);
    });
  return folders.flatMap((folder) =>
    below(inFolder(app.package.folder, folder).replace(/\/$/, ""), folder === "" ? 0 : deepest),
  );
}
