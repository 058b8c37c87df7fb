import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { branchHint, historyPath, type History, restoreCommands } from "./history";
import { migrationHash, readMigrationHashes } from "./migrationsModule";
import type { Snapshot } from "../targets/stores/expoSqlite/snapshot";

/** One entry of drizzle-kit's journal. */
export interface JournalEntry {
  readonly idx: number;
  readonly version: string;
  /** The migrator's order, in ms since 1970: a device runs what is greater than the last it ran. */
  readonly when: number;
  readonly tag: string;
  readonly breakpoints: boolean;
}

/** One migration as it stands on disk. */
export interface Migration {
  readonly entry: JournalEntry;
  readonly sql: string;
  /** drizzle-kit's snapshot after it, as text: it is carried along byte for byte. */
  readonly snapshot: string;
}

/** Where the migrations of a client folder stand, relative to the project's root. */
export function migrationsFolder(clientOut: string): string {
  return `${clientOut}/db/migrations`;
}

/** The name of a migration's snapshot below the folder. */
export function snapshotName(index: number): string {
  return `meta/${String(index).padStart(4, "0")}_snapshot.json`;
}

/**
 * Reads the migrations that exist and checks that they are the ones the history knows, in order, complete and with the text that `migrations.ts`
 * gave to devices. Migrations that somebody added behind them with `drizzle-kit generate --custom` are taken along.
 */
export function readMigrations(
  files: ReadFiles,
  folder: string,
  history: History | null,
): Outcome<readonly Migration[]> {
  const journal = readJournal(files, folder, history);
  if (!journal.ok) return journal;
  const entries = journal.value;
  const known = history?.migrations ?? [];
  const misplaced = judgeEntries(entries, known, folder);
  if (misplaced.length > 0) return { ok: false, diagnostics: misplaced };
  const hashes = readHashes(files, folder);
  const unknown = [...hashes.keys()].find((tag) => !known.includes(tag));
  if (history !== null && unknown !== undefined)
    return { ok: false, diagnostics: [olderHistory(unknown, folder)] };

  const migrations = entries.map((entry): Migration | Diagnostic =>
    readMigration(files, folder, entry, hashes.get(entry.tag) ?? null),
  );
  const damaged = migrations.filter((item): item is Diagnostic => "code" in item);
  if (damaged.length > 0) return { ok: false, diagnostics: damaged };
  return {
    ok: true,
    value: migrations.filter((item): item is Migration => "entry" in item),
    diagnostics: [],
  };
}

function readJournal(
  files: ReadFiles,
  folder: string,
  history: History | null,
): Outcome<readonly JournalEntry[]> {
  const path = `${folder}/meta/_journal.json`;
  const text = files.read(path);
  if (text === undefined) {
    const known = history?.migrations.length ?? 0;
    if (known === 0) return { ok: true, value: [], diagnostics: [] };
    return failed(
      "SG313",
      path,
      "is missing, though migrations were generated before",
      `${restoreHint} As long as nobody has the app: delete .sync-gen/history.json, and generate; the migrations start anew.`,
    );
  }
  if (hasConflictMarkers(text))
    return failed("SG314", path, "holds merge-conflict markers", branchHint(folder));
  const journal = parseJson(text);
  const entries = isRecord(journal) ? journal["entries"] : undefined;
  if (!Array.isArray(entries) || !entries.every(isJournalEntry))
    return failed("SG312", path, "is not a journal of drizzle-kit", restoreHint);
  return { ok: true, value: entries, diagnostics: [] };
}

function judgeEntries(
  entries: readonly JournalEntry[],
  known: readonly string[],
  folder: string,
): readonly Diagnostic[] {
  const path = `${folder}/meta/_journal.json`;
  const tags = entries.map((entry) => entry.tag);
  if (known.length === 0 && entries.length > 0) {
    return [
      problem(
        "SG310",
        path,
        "lists migrations, but .sync-gen/history.json, which says what they hold, is missing",
        "Restore .sync-gen/history.json from version control. If these migrations are not sync-gen's, move them out of this folder.",
      ),
    ];
  }
  const firstOther = known.findIndex((tag, index) => tags[index] !== tag);
  if (firstOther !== -1) {
    const found = tags[firstOther];
    const what =
      found === undefined
        ? `does not list "${known[firstOther] ?? ""}"`
        : `lists "${found}" where "${known[firstOther] ?? ""}" is expected`;
    return [problem("SG314", path, what, branchHint(folder))];
  }
  const disorder = entries.find((entry, index) => {
    const before = entries[index - 1];
    return entry.idx !== index || (before !== undefined && entry.when <= before.when);
  });
  if (disorder === undefined) return [];
  return [
    problem(
      "SG314",
      path,
      `has "${disorder.tag}" out of order: its number and its time must be greater than those before it, or devices skip it`,
      branchHint(folder),
    ),
  ];
}

/** What `migrations.ts` says about the migrations; nothing where it cannot be told whose it is. */
function readHashes(files: ReadFiles, folder: string): ReadonlyMap<string, string | null> {
  const module = files.read(`${folder}/migrations.ts`);
  if (module === undefined || hasConflictMarkers(module)) return new Map();
  return readMigrationHashes(module);
}

/** To go on from it would make a schema version, and a migration, for the second time. */
function olderHistory(tag: string, folder: string): Diagnostic {
  return problem(
    "SG318",
    historyPath,
    `does not know "${tag}", which ${folder}/migrations.ts lists: it is of an earlier commit than the migrations`,
    `Restore both from one commit, then run \`sync-gen generate\`:\n${restoreCommands("<commit>", folder).join("\n")}\n` +
      `As long as nobody has the app: delete ${historyPath} and ${folder}, and generate; the migrations start anew.`,
  );
}

/**
 * A .sql file that no journal lists never runs; that is how a merge of two branches loses one. The one that this run adds may stand there already:
 * a run of an earlier sync-gen could write it without the journal.
 */
export function findStrays(
  files: ReadFiles,
  folder: string,
  existing: readonly Migration[],
  added: Migration | null,
): readonly Diagnostic[] {
  const listed = new Set(existing.map(({ entry }) => `${entry.tag}.sql`));
  if (added !== null) {
    const name = `${added.entry.tag}.sql`;
    const sql = files.read(`${folder}/${name}`);
    if (sql !== undefined && migrationHash(sql) === migrationHash(added.sql)) listed.add(name);
  }
  const strays = files
    .list(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name) && !listed.has(name));
  return strays.map((name) =>
    problem(
      "SG314",
      `${folder}/${name}`,
      "is in no journal, so no device would run it",
      branchHint(folder),
    ),
  );
}

function readMigration(
  files: ReadFiles,
  folder: string,
  entry: JournalEntry,
  /** What devices that ran it know it by. */
  hash: string | null,
): Migration | Diagnostic {
  const sqlPath = `${folder}/${entry.tag}.sql`;
  const snapshotPath = `${folder}/${snapshotName(entry.idx)}`;
  const sql = files.read(sqlPath);
  const snapshot = files.read(snapshotPath);
  if (sql === undefined) return problem("SG313", sqlPath, "is missing", restoreHint);
  if (hasConflictMarkers(sql))
    return problem("SG314", sqlPath, "holds merge-conflict markers", branchHint(folder));
  if (snapshot === undefined) return problem("SG313", snapshotPath, "is missing", restoreHint);
  if (hasConflictMarkers(snapshot))
    return problem("SG314", snapshotPath, "holds merge-conflict markers", branchHint(folder));
  if (hash !== null && hash !== migrationHash(sql))
    return problem(
      "SG317",
      sqlPath,
      "was changed: devices that ran it as it was would refuse their database",
      "Restore it from version control. A change of the schema belongs in `sync.config.ts`, SQL of your own in a migration after it (`drizzle-kit generate --custom`). " +
        `Only as long as no app has run it: delete ${folder}/migrations.ts, which holds its hash, and generate.`,
    );
  return { entry, sql, snapshot };
}

/** Reads a snapshot's text; only the newest is ever needed. */
export function parseSnapshot(text: string, path: string): Outcome<Snapshot> {
  const value = parseJson(text);
  if (!isSnapshot(value))
    return failed("SG313", path, "is not a snapshot of drizzle-kit", restoreHint);
  return { ok: true, value, diagnostics: [] };
}

const restoreHint = "Restore the folder from version control, then run `sync-gen generate`.";

function failed(
  code: Diagnostic["code"],
  file: string,
  what: string,
  hint: string,
): Outcome<never> {
  return { ok: false, diagnostics: [problem(code, file, what, hint)] };
}

function problem(code: Diagnostic["code"], file: string, what: string, hint: string): Diagnostic {
  return {
    code,
    severity: "error",
    message: `${file} ${what}.`,
    location: { file, line: 1, column: 1 },
    hint,
  };
}

function hasConflictMarkers(text: string): boolean {
  return /^(<{7} |>{7} )/m.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJournalEntry(value: unknown): value is JournalEntry {
  return (
    isRecord(value) &&
    Number.isInteger(value["idx"]) &&
    typeof value["version"] === "string" &&
    Number.isFinite(value["when"]) &&
    typeof value["tag"] === "string" &&
    /^[\w-]+$/.test(value["tag"]) &&
    typeof value["breakpoints"] === "boolean"
  );
}

function isSnapshot(value: unknown): value is Snapshot {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    isRecord(value["tables"]) &&
    Object.values(value["tables"]).every(
      (table) => isRecord(table) && isRecord(table["columns"]) && isRecord(table["indexes"]),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
