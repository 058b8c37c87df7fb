import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { countOf, firstFew } from "../kernel/text";
import { hasFileHeader } from "../render/fileHeader";
import type { HashFiles } from "./diskHashes";
import { folderOf } from "./folders";
import type { Layout } from "./manifest";

/** The folders in which every table has a file of its own. */
export function tableFolders({ clientOut, serverOut }: Layout): readonly string[] {
  return [`${clientOut}/hooks`, `${serverOut}/syncTests`];
}

/** Files in these folders that begin as emitted ones do, and that nobody knows: left of a generate that was undone. */
export function findStrayFiles(
  folders: Iterable<string>,
  isKnown: (path: string) => boolean,
  files: ReadFiles & Pick<HashFiles, "firstLine">,
): readonly string[] {
  return [...folders].flatMap((folder) =>
    files
      .list(folder)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => (folder === "." ? name : `${folder}/${name}`))
      .filter((path) => !isKnown(path) && hasFileHeader(files.firstLine(path) ?? "")),
  );
}

/** Every folder that one of these files is in, and those of the tables. */
export function foldersOf(paths: readonly string[], layout: Layout): ReadonlySet<string> {
  return new Set([...paths.map(folderOf), ...tableFolders(layout)]);
}

/** What is to be done about them: one warning, however many there are. */
export function strayDiagnostics(paths: readonly string[]): readonly Diagnostic[] {
  const [file] = paths;
  if (file === undefined) return [];
  const [what, it] =
    paths.length === 1
      ? [`${file} was`, "it"]
      : [`${countOf(paths.length, "file")} (${firstFew(paths)}) were`, "them"];
  return [
    {
      code: "SG420",
      severity: "warning",
      message: `${what} emitted by a \`sync-gen generate\` that was undone: neither the config nor the manifest knows of ${it}.`,
      location: { file, line: 1, column: 1 },
      hint:
        `Nothing needs ${it}: \`rm ${paths.join(" ")}\`. Where the rest is in a stash, \`git stash pop\` brings it back instead; ` +
        "in a copy that you made for yourself, remove the comment at its head.",
    },
  ];
}
