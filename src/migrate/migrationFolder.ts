import { hasAnyMarker } from "../kernel/conflictMarkers";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { branchHint, historyPath, type History, restoreCommands } from "./history";
import { type JournalEntry, parseEntries } from "./journal";
import { journalPath, migrationNames, snapshotName } from "./migrationPaths";
import { migrationHash, readMigrationHashes } from "./migrationsModule";
import { judgeOwnSql } from "./ownSql";
import type { Snapshot } from "../targets/stores/expoSqlite/snapshot";

/** One migration as it stands on disk. */
export interface Migration {
  readonly entry: JournalEntry;
  readonly sql: string;
  /** drizzle-kit's snapshot after it, as text: it is carried along byte for byte. */
  readonly snapshot: string;
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
  const value = migrations.filter((item): item is Migration => "entry" in item);
  const own = value
    .slice(known.length)
    .flatMap(({ entry, sql }) => judgeOwnSql(`${folder}/${entry.tag}.sql`, sql));
  return own.length > 0 ? { ok: false, diagnostics: own } : { ok: true, value, diagnostics: [] };
}

function readJournal(
  files: ReadFiles,
  folder: string,
  history: History | null,
): Outcome<readonly JournalEntry[]> {
  const path = journalPath(folder);
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
  if (hasAnyMarker(text))
    return failed("SG314", path, "holds merge-conflict markers", branchHint(folder));
  const entries = parseEntries(text);
  if (entries === null)
    return failed("SG312", path, "is not a journal of drizzle-kit", restoreHint);
  return { ok: true, value: entries, diagnostics: [] };
}

function judgeEntries(
  entries: readonly JournalEntry[],
  known: readonly string[],
  folder: string,
): readonly Diagnostic[] {
  const path = journalPath(folder);
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
    const expected = known[firstOther] ?? "";
    if (found === undefined) return [olderFolder(expected, folder)];
    const what = `lists "${found}" where "${expected}" is expected`;
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
  if (module === undefined || hasAnyMarker(module)) return new Map();
  return readMigrationHashes(module);
}

/** To go on from it would make a schema version, and a migration, for the second time. */
function olderHistory(tag: string, folder: string): Diagnostic {
  return problem(
    "SG318",
    historyPath,
    `does not know "${tag}", which ${folder}/migrations.ts lists: it is of an earlier commit than the migrations`,
    oneCommitHint(folder),
  );
}

/** The folder was taken from another commit, as `git checkout <commit> -- src` does, and the history was not. */
function olderFolder(tag: string, folder: string): Diagnostic {
  return problem(
    "SG318",
    journalPath(folder),
    `does not list "${tag}", which ${historyPath} knows: the migrations are of an earlier commit than the history`,
    oneCommitHint(folder),
  );
}

function oneCommitHint(folder: string): string {
  return (
    `Restore both from one commit, then run \`sync-gen generate\`:\n${restoreCommands("<commit>", folder).join("\n")}\n` +
    `As long as nobody has the app: delete ${historyPath} and ${folder}, and generate; the migrations start anew.`
  );
}

/** What the migrations folder holds, and what should be in it. */
export interface StraysInput {
  readonly files: ReadFiles;
  readonly folder: string;
  readonly existing: readonly Migration[];
  readonly added: Migration | null;
  /** The texts that git has of a file, on all branches. */
  readonly committed: (path: string) => readonly string[];
}

/**
 * A .sql file that the journal does not list never runs; that is how a merge of two branches loses one, and what is left of a generate that was
 * undone. The one that this run adds may stand there already: a run of an earlier sync-gen could write it without the journal.
 */
export function findStrays(input: StraysInput): readonly Diagnostic[] {
  const { files, folder, existing, added } = input;
  const listed = new Set(existing.map(({ entry }) => `${entry.tag}.sql`));
  if (added !== null) {
    const name = `${added.entry.tag}.sql`;
    const sql = files.read(`${folder}/${name}`);
    if (sql !== undefined && migrationHash(sql) === migrationHash(added.sql)) listed.add(name);
  }
  const strays = migrationNames(files, folder).filter((name) => !listed.has(name));
  if (strays.length === 0) return [];
  const journals = input.committed(journalPath(folder));
  return strays.map((name) => {
    const tag = name.slice(0, -".sql".length);
    const isOfBranch = journals.some((text) => text.includes(`"${tag}"`));
    return isOfBranch ? strayOfBranch(name, folder) : leftOver(name, input);
  });
}

function strayOfBranch(name: string, folder: string): Diagnostic {
  const what = "is not in the journal, so no device would run it";
  return problem("SG314", `${folder}/${name}`, what, branchHint(folder));
}

function leftOver(name: string, { files, folder, existing }: StraysInput): Diagnostic {
  const snapshot = snapshotName(Number(name.slice(0, 4)));
  const isListed = existing.some(({ entry }) => snapshotName(entry.idx) === snapshot);
  const names = [name, ...(files.exists(`${folder}/${snapshot}`) && !isListed ? [snapshot] : [])];
  return problem(
    "SG320",
    `${folder}/${name}`,
    "is in no journal, here or on another branch, so no device would run it",
    `It is left of a \`sync-gen generate\` that was undone, and nothing needs it: \`rm ${names.map((one) => `${folder}/${one}`).join(" ")}\`. ` +
      "Where the rest is in a stash, `git stash pop` brings it back instead; SQL of your own gets into the journal by `drizzle-kit generate --custom`.",
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
  if (hasAnyMarker(sql))
    return problem("SG314", sqlPath, "holds merge-conflict markers", branchHint(folder));
  if (snapshot === undefined) return problem("SG313", snapshotPath, "is missing", restoreHint);
  if (hasAnyMarker(snapshot))
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
