import type { BuiltFrom } from "./builtFrom";
import { apiImport } from "./config/apiImport";
import { detectWorkspace } from "./config/workspace";
import type { ReadFiles } from "./kernel/files";
import type { HashFiles } from "./output/diskHashes";
import { foldersAbove } from "./output/foldersAbove";
import { ownEntries, parseEntries } from "./migrate/journal";
import { journalPath, migrationNames, migrationsFolder } from "./migrate/migrationPaths";
import { createCommitted } from "./output/committed";
import { emittedPath } from "./output/emittedTexts";
import { formatterSettings } from "./output/formatterSettings";
import { wasAnotherBuild } from "./output/keptPieces";
import { type FileRecord, type Manifest, manifestPath, parseManifest } from "./output/manifest";
import { pendingPath } from "./output/pending";
import { readProject } from "./output/projectDisk";
import { hasStrayFiles } from "./output/strayFiles";

/** A project as the last run left it. */
export interface UpToDate {
  /** How many files sync-gen keeps in it. */
  readonly fileCount: number;
  /** The config, and every file that it was made of. */
  readonly inputs: readonly string[];
}

/**
 * The short way: is everything that the last run read and wrote as that run left it? Then a run now would change nothing, and the config
 * need not be compiled to know it. `null` when that is not certain.
 */
export function readUpToDate(root: string, config: string, tool: BuiltFrom): UpToDate | null {
  const files = readProject(root);
  const parsed = parseManifest(files.read(manifestPath));
  if (!parsed.ok) return null;
  const manifest = parsed.value;
  if (manifest.tool !== tool.version || manifest.templates !== tool.templates) return null;
  if (!Object.hasOwn(manifest.inputs, config) || files.exists(pendingPath)) return null;
  if (tool.build !== null && wasAnotherBuild(files, tool.build)) return null;
  if (!isAsLeft(root, manifest, files)) return null;
  return {
    fileCount: Object.keys(manifest.files).length,
    inputs: Object.keys(manifest.inputs),
  };
}

function isFileAsLeft(path: string, { written, kept }: FileRecord, files: HashFiles): boolean {
  if (files.hash(path) !== written) return false;
  return kept === undefined || files.hash(emittedPath(path, kept.emitted)) === kept.emitted;
}

function isAsLeft(root: string, manifest: Manifest, files: ReadFiles & HashFiles): boolean {
  const paths = Object.keys(manifest.files);
  return (
    Object.entries(manifest.inputs).every(([path, hash]) => files.hash(path) === hash) &&
    Object.entries(manifest.edited).every(([path, hash]) => files.hash(path) === hash) &&
    manifest.once.every((path) => files.exists(path)) &&
    manifest.userModules.every((path) => files.exists(path)) &&
    Object.entries(manifest.files).every(([path, record]) => isFileAsLeft(path, record, files)) &&
    formatterSettings(files, [...paths, ...manifest.once], foldersAbove(root)) ===
      manifest.formatting &&
    !hasOtherMigrations(manifest, files) &&
    !hasOwnOfBranches(root, manifest, files) &&
    !hasStrayFiles((path) => Object.hasOwn(manifest.files, path), manifest.layout, files) &&
    apiImport(detectWorkspace(files), manifest.layout) === manifest.layout.apiImport
  );
}

/** Left of a generate that was undone, or of a merge; or one of the user's, whom the next run listens to. */
function hasOtherMigrations({ layout, files: ours }: Manifest, files: ReadFiles): boolean {
  const folder = migrationsFolder(layout.clientOut);
  return migrationNames(files, folder).some((name) => !Object.hasOwn(ours, `${folder}/${name}`));
}

/** SQL of the user's own that a merge left out is for the long way to find. */
function hasOwnOfBranches(root: string, { layout }: Manifest, files: ReadFiles): boolean {
  const path = journalPath(migrationsFolder(layout.clientOut));
  const tagsOf = (journal: string | undefined): readonly string[] =>
    ownEntries(parseEntries(journal ?? "") ?? []).map(({ tag }) => tag);
  const here = tagsOf(files.read(path));
  const { joined, textAt } = createCommitted(root);
  return joined().some((commit) => tagsOf(textAt(commit, path)).some((tag) => !here.includes(tag)));
}
