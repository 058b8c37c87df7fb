import type { ReadFiles } from "../kernel/files";

/** Where the migrations of a client folder stand, relative to the project's root. */
export function migrationsFolder(clientOut: string): string {
  return `${clientOut}/db/migrations`;
}

/** Where drizzle-kit's list of the migrations is. */
export function journalPath(folder: string): string {
  return `${folder}/meta/_journal.json`;
}

/** The name of a migration's snapshot below the folder. */
export function snapshotName(index: number): string {
  return `meta/${String(index).padStart(4, "0")}_snapshot.json`;
}

/** Names of the migrations that stand in the folder, whoever lists them. */
export function migrationNames(files: ReadFiles, folder: string): readonly string[] {
  return files.list(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
}
