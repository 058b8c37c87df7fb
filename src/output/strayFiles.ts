import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { countOf, firstFew } from "../kernel/text";
import { hasFileHeader } from "../render/fileHeader";
import type { HashFiles } from "./diskHashes";
import { folderOf } from "./folders";
import { oneOfThese } from "./letterCase";
import type { Layout } from "./manifest";

type StrayFiles = ReadFiles & Pick<HashFiles, "firstLine">;

/**
 * Files beside the expected ones that begin as emitted ones do, and that nobody knows: left of a generate that was undone.
 */
export function findStrayFiles(
  expected: readonly string[],
  layout: Layout,
  files: StrayFiles,
): readonly string[] {
  const folders = new Set([...expected.map(folderOf), ...tableFolders(layout)]);
  return straysIn(folders, oneOfThese(expected, files), files);
}

/** Whether there are any where they come about: with the files of a table. Other folders hold more of the user's. */
export function hasStrayFiles(
  isExpected: (path: string) => boolean,
  layout: Layout,
  files: StrayFiles,
): boolean {
  return straysIn(tableFolders(layout), isExpected, files).length > 0;
}

/** The folders in which every table has a file of its own. */
function tableFolders({ clientOut, serverOut }: Layout): readonly string[] {
  return [`${clientOut}/hooks`, `${serverOut}/syncTests`];
}

function straysIn(
  folders: Iterable<string>,
  isExpected: (path: string) => boolean,
  files: StrayFiles,
): readonly string[] {
  return [...folders].flatMap((folder) =>
    files
      .list(folder)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => (folder === "." ? name : `${folder}/${name}`))
      .filter((path) => !isExpected(path) && hasFileHeader(files.firstLine(path) ?? "")),
  );
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
