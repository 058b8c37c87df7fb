import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import type { FieldModel, TableModel } from "../model/model";
import { tableNames } from "../model/tableNames";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { fingerprint } from "./fingerprint";
import type { DeviceTable } from "../targets/stores/expoSqlite/columns";
import { recordUpgrades } from "./recordUpgrades";
import { wireShape } from "./wireShape";

/** Where the history stands, relative to the project's root. It belongs in version control. */
export const historyPath = ".sync-gen/history.json";

/**
 * What the last run generated, as far as the next one must know it: enough to see what changed without reading a
 * snapshot or loading drizzle-kit. Plain JSON; the same model gives the same text.
 */
export interface History {
  /** The format of this file. */
  readonly format: 1;
  readonly schemaVersion: number;
  /**
   * `wireShape` of the tables. Branches that both made this version differ here, so that their merge is seen, though it may
   * have made no migration. Earlier versions of sync-gen did not write it.
   */
  readonly shape?: string;
  /** The migrations' folder at the time, relative to the project's root. */
  readonly folder: string;
  /** Every migration's tag, oldest first: `0000_initial`. */
  readonly migrations: readonly string[];
  readonly tables: readonly HistoryTable[];
  /**
   * Tables that went, as they were: Convex may hold their documents still. Earlier versions of sync-gen, which stored a renamed
   * table anew, wrote those here, too. Absent for none.
   */
  readonly gone?: readonly HistoryTable[];
  /** Fingerprint of every device table by name, system tables included; these decide whether a migration is needed. */
  readonly device: Readonly<Record<string, string>>;
  readonly upgrades: readonly ServerUpgrade[];
  /** The last schema version in which a table was `manual` or `custom`; absent when none was in those that are served. */
  readonly manualIn?: number;
}

/** What is remembered of a table. */
export type HistoryTable = Pick<TableModel, "name" | "storedAs" | "operations" | "uniqueBy"> & {
  /** The singular name, where it is not the one that is worked out. */
  readonly entity?: string;
  /** The scope that its rows are in; absent where they are their users' own. */
  readonly scope?: string;
  readonly fields: readonly HistoryField[];
};

/** What is remembered of a field. */
export type HistoryField = Pick<
  FieldModel,
  "name" | "kind" | "optional" | "default" | "choices" | "references" | "side"
>;

/** What to remember of a table. */
export function rememberTable(table: TableModel): HistoryTable {
  const { entity } = table.names;
  return {
    name: table.name,
    ...(table.storedAs === undefined ? {} : { storedAs: table.storedAs }),
    ...(entity === tableNames(table.name, null).entity ? {} : { entity }),
    ...(table.scope === null ? {} : { scope: table.scope }),
    operations: table.operations,
    uniqueBy: table.uniqueBy,
    fields: table.fields.map((field) => ({
      name: field.name,
      kind: field.kind,
      optional: field.optional,
      default: field.default,
      choices: field.choices,
      references: field.references,
      side: field.side,
    })),
  };
}

/** A fingerprint of everything about a device table that its SQL depends on; `enum` and `mode` are types only. */
export function fingerprintTable(table: DeviceTable): string {
  const columns = table.columns.map((column) => [
    column.name,
    column.storage,
    column.primaryKey,
    column.notNull,
    column.default && { ...column.default, mode: column.mode },
  ]);
  const indexes = table.indexes.map((index) => [index.name, ...index.columns]);
  return fingerprint(
    JSON.stringify([table.name, columns.sort(byName), indexes.sort(byName)]),
  ).slice(0, 16);
}

function byName(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}

/** The text of `.sync-gen/history.json`. */
export function printHistory(history: History): string {
  // One table and one upgrade a line: a merge in version control then touches only what changed.
  const lines = (values: readonly unknown[]): string =>
    values.length === 0
      ? "[]"
      : `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(",\n")}\n  ]`;
  const device = Object.entries(history.device).map(
    ([name, hash]) => `    ${JSON.stringify(name)}: "${hash}"`,
  );
  return [
    "{",
    `  "format": ${history.format},`,
    `  "schemaVersion": ${history.schemaVersion},`,
    ...(history.shape === undefined ? [] : [`  "shape": "${history.shape}",`]),
    ...(history.manualIn === undefined ? [] : [`  "manualIn": ${history.manualIn},`]),
    `  "folder": ${JSON.stringify(history.folder)},`,
    `  "migrations": ${lines(history.migrations)},`,
    `  "tables": ${lines(history.tables)},`,
    ...(history.gone === undefined ? [] : [`  "gone": ${lines(history.gone)},`]),
    `  "device": {\n${device.join(",\n")}\n  },`,
    `  "upgrades": ${lines(history.upgrades)}`,
    "}",
    "",
  ].join("\n");
}

/** Reads `.sync-gen/history.json`; no text means that nothing was generated yet. */
export function parseHistory(text: string | undefined): Outcome<History | null> {
  if (text === undefined) return { ok: true, value: null, diagnostics: [] };
  if (/^(<{7}|={7}|>{7})/m.test(text))
    // The folder is the same on both sides; it cannot be read as JSON here.
    return damaged("SG314", "holds merge-conflict markers", branchHint(folderIn(text)));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(
      "SG311",
      "is not valid JSON",
      "Restore it from version control, then run `sync-gen generate`.",
    );
  }
  const format = isRecord(value) ? value["format"] : undefined;
  if (typeof format === "number" && format > 1) {
    return damaged(
      "SG315",
      "was written by a newer sync-gen",
      "Update sync-gen, then run it again.",
    );
  }
  if (!isHistory(value)) {
    return damaged(
      "SG311",
      "is damaged",
      "Restore it from version control, then run `sync-gen generate`.",
    );
  }
  if (!isChain(value) || !isOfItsVersion(value))
    return damaged("SG314", "holds the schema versions of two branches", branchHint(value.folder));
  // Earlier versions of sync-gen gave upgrades no ids.
  const upgrades = recordUpgrades(value.upgrades);
  return { ok: true, value: { ...value, upgrades }, diagnostics: [] };
}

/**
 * What to do when two branches each added a migration. Whose is kept is not for us to know: devices that ran one side's
 * skip whatever is put in its place.
 *
 * @param folder the migrations' folder, relative to the project's root
 */
export function branchHint(folder: string): string {
  return (
    "Two branches changed the schema. Keep the migrations of the branch whose app is released (usually the main one); " +
    "the other branch's are made again, after them, and SQL of your own goes along:\n" +
    `1. ${restoreCommands("<that branch>", folder).join("\n   ")}\n` +
    "2. Keep both changes of `sync.config.ts`.\n" +
    "3. `sync-gen generate --keep-edits`: it writes emitted files anew, those with merge-conflict markers too, with the edits that both branches keep."
  );
}

/**
 * What makes `.sync-gen` and the migrations those of one commit. Not `git restore`, which stops in the middle of a merge: the text beneath a
 * kept edit has another name on each side, so that its path of before is unmerged and in neither of the two.
 */
export function restoreCommands(source: string, folder: string): readonly string[] {
  return [`git rm -r -q -f .sync-gen ${folder}`, `git checkout ${source} -- .sync-gen ${folder}`];
}

function folderIn(text: string): string {
  return /"folder": "([^"]+)"/.exec(text)?.[1] ?? "<client.out>/db/migrations";
}

function damaged(code: Diagnostic["code"], what: string, hint: string): Outcome<never> {
  const location = { file: historyPath, line: 1, column: 1 };
  return {
    ok: false,
    diagnostics: [{ code, severity: "error", message: `${historyPath} ${what}.`, location, hint }],
  };
}

function isHistory(value: unknown): value is History {
  return (
    isRecord(value) &&
    value["format"] === 1 &&
    Number.isInteger(value["schemaVersion"]) &&
    (value["manualIn"] === undefined || Number.isInteger(value["manualIn"])) &&
    typeof value["folder"] === "string" &&
    isListOf(value["migrations"], (tag) => typeof tag === "string") &&
    isListOf(value["tables"], isHistoryTable) &&
    isListOf(value["gone"] ?? [], isHistoryTable) &&
    isRecord(value["device"]) &&
    Object.values(value["device"]).every((hash) => typeof hash === "string") &&
    isListOf(value["upgrades"], isUpgrade)
  );
}

/** Each step goes on where the one before ended; a merge by hand that keeps both sides does not. */
function isChain({ upgrades, schemaVersion }: History): boolean {
  return upgrades.every(({ to }, index) => (upgrades[index + 1]?.from ?? schemaVersion) === to);
}

/** The tables are those that the version was made of; a merge that took one side's version has both sides' tables. */
function isOfItsVersion({ shape, tables }: History): boolean {
  // Earlier versions of sync-gen left singular names out of it.
  const plain = tables.map(({ entity: _, ...table }) => table);
  return shape === undefined || shape === wireShape(tables) || shape === wireShape(plain);
}

function isHistoryTable(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    ["string", "undefined"].includes(typeof value["scope"]) &&
    isListOf(value["operations"], (name) => typeof name === "string") &&
    isListOf(value["uniqueBy"], (name) => typeof name === "string") &&
    isListOf(
      value["fields"],
      (field) =>
        isRecord(field) &&
        typeof field["name"] === "string" &&
        typeof field["kind"] === "string" &&
        Array.isArray(field["choices"]),
    )
  );
}

function isUpgrade(value: unknown): boolean {
  return (
    isRecord(value) &&
    isRecord(value["tables"]) &&
    ["string", "undefined"].includes(typeof value["id"])
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
