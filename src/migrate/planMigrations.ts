import { hasErrors, type Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import { storedName, type Model, type ModelDraft, type TableModel } from "../model/model";
import type { PlannedFile } from "../plan/plan";
import { deviceTables, type DeviceTable } from "../targets/stores/expoSqlite/columns";
import { makeSnapshot, snapshotTable, type Snapshot } from "../targets/stores/expoSqlite/snapshot";
import { systemTables } from "../targets/stores/expoSqlite/systemTables";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import type { Upgrade } from "../../templates/shared/upgrade";
import { deviceChanges, isEmpty, type DeviceChanges } from "./deviceChanges";
import { diffModels, type ModelDiff } from "./diffModels";
import { fingerprint, fingerprintId } from "./fingerprint";
import { firstName } from "./firstName";
import { fingerprintTable, rememberTable, type History, type HistoryTable } from "./history";
import { timeAfter } from "./journal";
import { judgeChanges } from "./judgeChanges";
import { judgeDefaults } from "./judgeDefaults";
import { judgeServedVersions } from "./judgeServedVersions";
import { findStrays, parseSnapshot, readMigrations, type Migration } from "./migrationFolder";
import { migrationsFolder, snapshotName } from "./migrationPaths";
import { migrationSql } from "./migrationSql";
import { printMigrationsModule } from "./migrationsModule";
import { migrationTag, nameMigration } from "./nameMigration";
import { judgeOwnObjects } from "./ownObjects";
import { appendOwn, findOwnOfBranches, type JoinedCommits, reportOwn } from "./ownOfBranches";
import { recordUpgrades } from "./recordUpgrades";
import { storedNames } from "./storedNames";
import { type CommittedVersion, judgeTakenBack } from "./takenBack";
import { upgradeBetween } from "./upgradeOps";
import { wireShape } from "./wireShape";

/** What migrations are planned from. */
export interface MigrationInput {
  readonly draft: ModelDraft;
  /** What the last run remembered: `parseHistory` of `.sync-gen/history.json`. */
  readonly history: History | null;
  /** Go ahead although values would be deleted. */
  readonly allowDataLoss: boolean;
  readonly files: ReadFiles;
  /** What git has; asked for only where a migration is in question. */
  readonly committed: CommittedFiles;
}

/** What git has of the project's files. */
export interface CommittedFiles extends JoinedCommits {
  /** The texts of a file, on all branches. */
  texts(path: string): readonly string[];
  /** Its texts in the commits that the one goes back to which is checked out, the newest first. */
  versions(path: string): readonly CommittedVersion[];
}

/** The model with what the history adds to it, and everything to write for it. */
export interface MigrationPlan {
  readonly model: Model;
  /** What the next run must know; `printHistory` makes its text. */
  readonly history: History;
  /** Everything below `<client.out>/db/migrations`, older migrations included, byte for byte as they stand. */
  readonly files: readonly PlannedFile[];
  /** Every step between schema versions, oldest first. */
  readonly upgrades: readonly ServerUpgrade[];
  /** The tag of the migration that this run adds; `null` for none. */
  readonly added: string | null;
}

/**
 * Works out how the device's database and its queued ops get from the last schema to this one.
 *
 * 1. An existing migration is never rewritten: devices may have run it.
 * 2. The same history, files and model give the same bytes, on every machine and at any time.
 * 3. Rows are kept. What would lose data is refused, unless `allowDataLoss`.
 * 4. Snapshots and statements are those that drizzle-kit would write, so that its own commands go on from them.
 */
export function planMigrations(input: MigrationInput): Outcome<MigrationPlan> {
  const { draft, history } = input;
  const folder = migrationsFolder(draft.client.out);
  const diff = diffModels(history?.tables ?? [], draft.tables, history?.gone);
  const judged = [
    ...judgeDefaults(draft.tables),
    ...(history === null ? [] : judgeChanges(diff, input.allowDataLoss)),
  ];
  const readFrom = folderToRead(input, folder);
  const existing = readMigrations(input.files, readFrom, history);
  const diagnostics = [...judged, ...existing.diagnostics];
  if (!existing.ok || hasErrors(judged)) return { ok: false, diagnostics };

  const tables = deviceTables(draft.tables);
  const fingerprints = Object.fromEntries(
    tables.map((table) => [table.name, fingerprintTable(table)]),
  );
  const changes = deviceChanges(diff, history, fingerprints, systemFingerprints);
  const { files, committed } = input;
  const own = history === null ? [] : findOwnOfBranches(existing.value, readFrom, committed);
  const [first, last] = [own.filter((one) => one.isFirst), own.filter((one) => !one.isFirst)];
  const base = appendOwn(existing.value, first, readFrom);
  if (!base.ok) return base;
  const next = isEmpty(changes)
    ? null
    : nextMigration(base.value, tables, diff, changes, history, folder);
  if (next !== null && !next.ok)
    return { ok: false, diagnostics: [...diagnostics, ...next.diagnostics] };

  const added = next?.value ?? null;
  const strays = findStrays({
    ...{ files, folder: readFrom, existing: existing.value, added },
    committed: committed.texts,
  });
  diagnostics.push(...strays);
  if (history !== null && added !== null)
    diagnostics.push(
      ...judgeTakenBack({
        ...{ existing: base.value, added, folder: readFrom },
        versions: committed.versions(`${readFrom}/migrations.ts`),
        allowDataLoss: input.allowDataLoss,
      }),
    );
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };

  const all = appendOwn(added === null ? base.value : [...base.value, added], last, readFrom);
  if (!all.ok) return all;
  const migrations = all.value;
  diagnostics.push(...reportOwn(own, migrations, folder));
  const version = history?.schemaVersion ?? 1;
  const upgrade = history === null ? null : upgradeBetween(diff, version);
  const schemaVersion = upgrade?.to ?? version;
  const upgrades = recordUpgrades([
    ...(history?.upgrades ?? []),
    ...(upgrade === null ? [] : [upgrade]),
  ]);
  const stored = storedNames(diff, history);
  const gone = goneTables(history, diff, stored);
  const named = draft.tables.map((table) => withFormerNames(table, upgrades, stored));
  const remembered = named.map(rememberTable);
  const manualIn = lastManual(draft, history, schemaVersion);
  const left =
    history === null ? [] : judgeServedVersions(history, schemaVersion, draft.server.accepts);
  return {
    ok: true,
    diagnostics: [...diagnostics, ...left],
    value: {
      model: {
        ...draft,
        tables: named,
        schemaVersion,
        hasConflicts: manualIn !== null,
      },
      history: {
        format: 1,
        schemaVersion,
        shape: wireShape(remembered),
        ...(manualIn === null ? {} : { manualIn }),
        folder,
        migrations: migrations.map(({ entry }) => entry.tag),
        tables: remembered,
        ...(gone.length === 0 ? {} : { gone }),
        device: { ...fingerprints, ...systemFingerprints },
        upgrades,
      },
      files: plannedFiles(folder, migrations),
      upgrades,
      added: next?.value.entry.tag ?? null,
    },
  };
}

/** Tables that are no more, each as it was last. */
function goneTables(
  history: History | null,
  diff: ModelDiff,
  stored: ReadonlyMap<string, string>,
): readonly HistoryTable[] {
  const today = new Set(stored.values());
  const left = diff.tables.flatMap((change) => (change.kind === "removed" ? [change.from] : []));
  const byName = new Map(
    [...(history?.gone ?? []), ...left].map((table) => [storedName(table), table]),
  );
  return [...byName.values()].filter((table) => !today.has(storedName(table)));
}

/** The names of before under which a table goes on in ids and in Convex. */
function withFormerNames(
  table: TableModel,
  upgrades: readonly Upgrade[],
  stored: ReadonlyMap<string, string>,
): TableModel {
  const { name } = table;
  const first = firstName(upgrades, name);
  const storedAs = stored.get(name) ?? name;
  return {
    ...table,
    ...(first === null ? {} : { firstName: first }),
    ...(storedAs === name ? {} : { storedAs }),
  };
}

/** Policies that may leave an edit for a person: a `custom` function answers `conflict` where it wants to. */
const leavesConflicts: ReadonlySet<string> = new Set(["manual", "custom"]);

/** The last version in which people chose, if apps of it are still served: their queues may hold what waits for somebody. */
function lastManual(
  { tables, server }: ModelDraft,
  history: History | null,
  schemaVersion: number,
): number | null {
  if (tables.some(({ policy }) => leavesConflicts.has(policy.name))) return schemaVersion;
  const last = history?.manualIn ?? null;
  return last !== null && last >= schemaVersion - server.accepts ? last : null;
}

/** A changed one gives every project a migration. */
const systemFingerprints: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(systemTables).map((table) => [
    table.name,
    fingerprint(JSON.stringify(table)).slice(0, 16),
  ]),
);

/** The migrations move along with `client.out`: until they have, they are read where they were. */
function folderToRead({ files, history }: MigrationInput, folder: string): string {
  if (history === null || history.folder === folder) return folder;
  return files.exists(`${folder}/meta/_journal.json`) ? folder : history.folder;
}

function nextMigration(
  existing: readonly Migration[],
  tables: readonly DeviceTable[],
  diff: ModelDiff,
  changes: DeviceChanges,
  history: History | null,
  folder: string,
): Outcome<Migration> {
  const last = existing.at(-1);
  const before: Outcome<Snapshot> =
    last === undefined
      ? { ok: true, value: makeSnapshot({}), diagnostics: [] }
      : parseSnapshot(last.snapshot, `${folder}/${snapshotName(last.entry.idx)}`);
  if (!before.ok) return before;

  const declared = {
    ...Object.fromEntries(tables.map((table) => [table.name, snapshotTable(table)])),
    ...systemTables,
  };
  // Tables that are none of ours came in through the user's own drizzle-kit and stay as they are.
  const foreign = Object.entries(before.value.tables).filter(
    ([name]) => !Object.hasOwn(history?.device ?? {}, name),
  );
  const after = makeSnapshot(
    { ...Object.fromEntries(foreign), ...declared },
    last === undefined ? undefined : before.value.id,
  );
  const statements = migrationSql(before.value, after, changes);
  const texts = existing.map(({ sql }) => sql);
  const harmed = judgeOwnObjects(texts, statements, before.value);
  if (harmed.length > 0) return { ok: false, diagnostics: harmed };

  const index = existing.length;
  const tag = migrationTag(index, nameMigration(diff, changes, last === undefined));
  const id = fingerprintId(JSON.stringify([tag, after.prevId, after.tables]));
  return {
    ok: true,
    diagnostics: [],
    value: {
      entry: {
        idx: index,
        version: after.version,
        when: timeAfter(last?.entry, index),
        tag,
        breakpoints: true,
      },
      sql: statements.join("--> statement-breakpoint\n"),
      snapshot: printJson({ ...after, id }),
    },
  };
}

function plannedFiles(folder: string, migrations: readonly Migration[]): readonly PlannedFile[] {
  const journal = {
    version: "7",
    dialect: "sqlite",
    entries: migrations.map(({ entry }) => entry),
  };
  const file = (name: string, text: string, parser: PlannedFile["parser"] = null): PlannedFile => ({
    path: `${folder}/${name}`,
    text,
    // Read above, all but migrations.ts: the text that is planned is what stands there, or goes on from it.
    ownership: parser === "typescript" ? "owned" : "state",
    parser,
  });
  return [
    ...migrations.map(({ entry, sql }) => file(`${entry.tag}.sql`, sql)),
    ...migrations.map(({ entry, snapshot }) => file(snapshotName(entry.idx), snapshot, "json")),
    file("meta/_journal.json", printJson(journal), "json"),
    file("migrations.ts", printMigrationsModule(migrations), "typescript"),
  ].sort((left, right) => (left.path < right.path ? -1 : 1));
}

function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
