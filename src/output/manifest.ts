import { hasConflictMarkers } from "../kernel/conflictMarkers";
import type { Diagnostic, Outcome } from "../kernel/diagnostic";
import { contentHash } from "./contentHash";

/** Where the manifest stands; committed with the project. */
export const manifestPath = ".sync-gen/manifest.json";

/** Raised when an older sync-gen could misread what a newer one wrote. */
export const manifestVersion = 2;

/**
 * What sync-gen knows about the files it wrote.
 *
 * 1. A file that is not in `files` is not ours.
 * 2. A file whose hash equals its record was not touched since it was written.
 * 3. When `inputs`, `layout`, `formatting`, `tool` and `templates` are what they were, so is the plan.
 */
export interface Manifest {
  readonly version: number;
  /** The version of sync-gen that wrote last. */
  readonly tool: string;
  /** Hash of the templates that the files were made from. */
  readonly templates: string;
  readonly model: string;
  /** Hashes of the config and of every file of the project that it imports. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What the packages of the project say about the two folders: how device code imports Convex's `api`. */
  readonly layout: Layout;
  /** Hash of the prettier configuration that applied; empty for none. */
  readonly formatting: string;
  /** Hashes of the user's own files that sync-gen edits, after the edits. */
  readonly edited: Readonly<Record<string, string>>;
  /** Files that were created once and are the user's; they only have to exist. */
  readonly once: readonly string[];
  /** Modules of the user's that emitted files import: those of merge functions. They only have to exist. */
  readonly userModules: readonly string[];
  readonly files: Readonly<Record<string, FileRecord>>;
}

/** The emitted folders, and the import that the project's packages lead to when the config names none. */
export interface Layout {
  readonly clientOut: string;
  readonly serverOut: string;
  readonly apiImport: string;
}

export interface FileRecord {
  /** Hash of what stands on disk as ours. */
  readonly written: string;
  /** Hash of the planned text before the user's formatter ran over it. */
  readonly planned: string;
  /** Where what stands on disk holds an edit that the user keeps. */
  readonly kept?: KeptEdit;
}

export interface KeptEdit {
  /** Hash of the emitted text without the edit. */
  readonly emitted: string;
  /** Hash of the text with it as prettier lays it out by default, without the line breaks that it would keep: a formatter's run is not another edit. */
  readonly laidOut: string;
}

/** What is left of the manifest when there is none: nothing is ours. */
export const noManifest: Manifest = {
  version: manifestVersion,
  tool: "",
  templates: "",
  model: "",
  inputs: {},
  layout: { clientOut: "", serverOut: "", apiImport: "" },
  formatting: "",
  edited: {},
  once: [],
  userModules: [],
  files: {},
};

/** The manifest as text: one entry a line, sorted, so that branches merge. */
export function printManifest(manifest: Manifest): string {
  const files = Object.fromEntries(
    sortedEntries(manifest.files).map(([path, record]) => [path, printRecord(record)]),
  );
  const text = {
    version: manifest.version,
    tool: manifest.tool,
    templates: manifest.templates,
    model: manifest.model,
    inputs: Object.fromEntries(sortedEntries(manifest.inputs)),
    layout: manifest.layout,
    formatting: manifest.formatting,
    edited: Object.fromEntries(sortedEntries(manifest.edited)),
    once: [...manifest.once].sort(),
    // Left out where there are none, as most projects have none.
    ...(manifest.userModules.length > 0 ? { userModules: [...manifest.userModules].sort() } : {}),
    files,
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

function printRecord({ written, planned, kept }: FileRecord): string {
  if (kept !== undefined) return `${written} ${planned} ${kept.emitted} ${kept.laidOut}`;
  return written === planned ? written : `${written} ${planned}`;
}

function parseRecord(text: string): FileRecord {
  const [written = "", planned = written, emitted, laidOut = ""] = text.split(" ");
  if (emitted === undefined) return { written, planned };
  return { written, planned, kept: { emitted, laidOut } };
}

/** Reads the manifest's text; `undefined` is a project that was never generated. */
export function parseManifest(text: string | undefined): Outcome<Manifest> {
  if (text === undefined) return { ok: true, value: noManifest, diagnostics: [] };
  if (hasConflictMarkers(text)) {
    return refused(
      "SG402",
      "The manifest holds merge-conflict markers.",
      `Take one that has none: \`git checkout <commit> -- ${manifestPath}\`, of either side. Finish the merge of the config, then \`sync-gen generate --keep-edits\`.`,
    );
  }
  const json = parseJson(text);
  const version = isRecord(json) ? json["version"] : undefined;
  if (typeof version === "number" && version > manifestVersion) {
    return refused(
      "SG403",
      `The manifest was written by a newer sync-gen${writtenBy(json)}.`,
      "Install the version of sync-gen that the project uses.",
    );
  }
  const manifest = isRecord(json) ? toManifest(json) : null;
  if (manifest === null) {
    return refused(
      "SG401",
      "The manifest is damaged: it is not what sync-gen writes.",
      "Restore it from version control. Only where that has none: `--force` writes it anew, and every emitted file with it, without the edits that you keep.",
    );
  }
  return { ok: true, value: manifest, diagnostics: [] };
}

/** Hash of a model or of anything else that is plain JSON. */
export function valueHash(value: unknown): string {
  return contentHash(JSON.stringify(value));
}

function refused(code: Diagnostic["code"], message: string, hint: string): Outcome<never> {
  const location = { file: manifestPath, line: 1, column: 1 };
  return { ok: false, diagnostics: [{ code, severity: "error", message, hint, location }] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writtenBy(json: unknown): string {
  const tool = isRecord(json) ? json["tool"] : undefined;
  return typeof tool === "string" ? ` (${tool})` : "";
}

function toManifest(json: Readonly<Record<string, unknown>>): Manifest | null {
  const { version, tool, templates, model, inputs, layout, formatting, edited, once, files } = json;
  const { userModules = [] } = json;
  // Before version 2 there were no kept edits; the rest is as it was.
  if (version !== manifestVersion && version !== 1) return null;
  if (!isText(tool) || !isText(templates) || !isText(model) || !isText(formatting)) return null;
  if (!isLayout(layout)) return null;
  if (!isTextRecord(inputs) || !isTextRecord(edited) || !isTextRecord(files)) return null;
  if (!isTexts(once) || !isTexts(userModules)) return null;
  const records = Object.entries(files).map(([path, hashes]): [string, FileRecord] => [
    path,
    parseRecord(hashes),
  ]);
  return {
    version: manifestVersion,
    tool,
    templates,
    model,
    inputs,
    layout,
    formatting,
    edited,
    once,
    userModules,
    files: Object.fromEntries(records),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLayout(value: unknown): value is Layout {
  return (
    isTextRecord(value) &&
    ["clientOut", "serverOut", "apiImport"].every((name) => Object.hasOwn(value, name))
  );
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isText);
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly [string, T][] {
  return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}
