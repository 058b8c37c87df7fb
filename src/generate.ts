import { createHash } from "node:crypto";
import { join } from "node:path";
import { type BuiltFrom, builtFrom } from "./builtFrom";
import { type LoadedConfig, locateAll } from "./config/loadedConfig";
import { isLoadedAs } from "./config/loadedPackages";
import type { Diagnostic, Outcome } from "./kernel/diagnostic";
import type { ReadFiles } from "./kernel/files";
import { type History, historyPath, parseHistory, printHistory } from "./migrate/history";
import { planMigrations } from "./migrate/planMigrations";
import { mergeFiles } from "./model/checkFolders";
import { storedName, type Model, type ModelDraft } from "./model/model";
import { type Change, changesOf, isEffect, isInTheWay } from "./output/changes";
import { conflictDiagnostics } from "./output/conflictDiagnostics";
import { createCommitted } from "./output/committed";
import { contentHash } from "./output/contentHash";
import { fileDiagnostic } from "./output/fileErrors";
import { createFormatter } from "./output/format";
import { keepPieces, readPieces } from "./output/keptPieces";
import {
  manifestPath,
  noManifest,
  parseManifest,
  printManifest,
  type Layout,
  type Manifest,
  valueHash,
} from "./output/manifest";
import { followFiles, followMoves } from "./output/followMoves";
import { readMergedManifest } from "./output/mergedManifest";
import { newerTool } from "./output/newerTool";
import { nextManifest, type RunFacts } from "./output/nextManifest";
import { readProject } from "./output/projectDisk";
import { reconcile, type Reconciled, type ReconcileInput } from "./output/reconcile";
import { openSession, type Session } from "./output/session";
import { findStrayFiles, strayDiagnostics } from "./output/strayFiles";
import { refuseOutside, writeChanges } from "./output/write";
import type { WriteFiles } from "./output/writeFiles";
import { buildPlan } from "./plan/buildPlan";
import type { Plan, PlannedFile } from "./plan/plan";
import { Pieces } from "./render/pieces";
import { packageLibrary } from "./render/templateLibrary";
import { planEdits } from "./planEdits";
import { readDraft } from "./readDraft";
import { readUpToDate } from "./upToDate";

/** How a run is asked for. */
export interface GenerateOptions {
  /** The project's root; absolute. */
  readonly root: string;
  /** The config's path, relative to the root. Default `sync.config.ts`. */
  readonly config?: string;
  /** Work everything out, write nothing. */
  readonly dryRun?: boolean;
  /** Edits of emitted files are merged with what is emitted, and kept by later runs. Not with `force`. */
  readonly keepEdits?: boolean;
  /** Our text replaces edits of emitted files, those that are kept too. */
  readonly force?: boolean;
  /** Allow migrations that delete data on devices. */
  readonly allowDataLoss?: boolean;
  /** Told what is going on. */
  readonly progress?: (message: string) => void;
  /** Aborted when the process has to end: the run lets go of its lock. */
  readonly signal?: AbortSignal;
  /** Replaces the disk's writing side: a full disk, a folder that cannot be written. */
  readonly disk?: WriteFiles;
}

/** What a run did, or would do, and what it found. */
export interface GenerateResult {
  /**
   * - `unchanged`: everything is as it should be.
   * - `changed`: written; or, in a dry run and for `check`, what a run would write.
   * - `blocked`: the user's text stands in the way of a change; nothing was written.
   * - `failed`: nothing was written; the diagnostics say why.
   */
  readonly status: "unchanged" | "changed" | "blocked" | "failed";
  /** Everything but unchanged files; what is in the way, where that keeps the rest from being written. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many files sync-gen keeps in the project. */
  readonly fileCount: number;
  /** `null` when the config was not read, because nothing changed or because it is wrong. */
  readonly model: Model | null;
  /** The config and what it imports; of a run that failed, as far as that came to be known. What `--watch` watches. */
  readonly inputs: readonly string[];
}

/** Makes the project what its config says: config → model → migrations → plan → changes → disk. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return await run(options, options.dryRun === true ? "look" : "write");
}

/** Works out what `generate` would do, and writes nothing: `unchanged` means that everything emitted is there and untouched. */
export async function check(options: GenerateOptions): Promise<GenerateResult> {
  return await run(options, "check");
}

/** The checked config, without its history: what `list` and `explain` show. */
export async function readModel(
  options: Pick<GenerateOptions, "root" | "config">,
): Promise<Outcome<ModelDraft>> {
  const { root, config = "sync.config.ts" } = options;
  const read = await readDraft(root, config, readProject(root));
  return read.ok ? { ...read, value: read.value.draft } : read;
}

/** Makes a plan of a command true, of edits and of files that are the user's from then on: what `generate` emits stays as it is. */
export async function applyPlan(options: GenerateOptions, plan: Plan): Promise<GenerateResult> {
  const mode = options.dryRun === true ? "look" : "write";
  return await inSession(options, mode, async (session, manifest, loss) => {
    const { files, disk } = session;
    const formatter = createFormatter(options.root, files);
    const committed = createCommitted(options.root);
    const reconciled = await reconcile({
      ...{ plan, files, manifest, formatter, committed },
      edits: editing(options),
      isWhole: false,
    });
    const problems = [...reconciled.diagnostics, ...refuseOutside(reconciled.changes, disk)];
    if (problems.length > 0) return failed(problems);
    const nothingElse = { next: null, loss, diagnostics: [], model: null, inputs: [] };
    return finish({ mode, session, reconciled, ...nothingElse });
  });
}

async function run(options: GenerateOptions, mode: Mode): Promise<GenerateResult> {
  const { root, config = "sync.config.ts", progress = () => undefined } = options;
  const tool = builtFrom();
  // `force` is about edits that are in order too.
  const upToDate = options.force === true ? null : readUpToDate(root, config, tool);
  if (upToDate !== null) return { ...nothing, status: "unchanged", ...upToDate };

  return await inSession(options, mode, async (session, lastManifest, loss) => {
    const { files, disk } = session;
    progress("reading the config");
    const read = await readDraft(root, config, files);
    if (!read.ok)
      return failed(read.diagnostics, inputsSoFar(config, lastManifest, read.diagnostics));
    const { loaded, layout, draft } = read.value;
    const inputs = loaded.inputs.map(({ path }) => path);

    progress("comparing with the last schema");
    const history = parseHistory(files.read(historyPath));
    if (!history.ok) return failed([...read.diagnostics, ...history.diagnostics], inputs);
    const allowDataLoss = options.allowDataLoss ?? false;
    const committed = createCommitted(root);
    const migrations = planMigrations({
      draft,
      history: history.value,
      allowDataLoss,
      files,
      committed,
    });
    const judged = locateAll(migrations.diagnostics, (path) => loaded.locate(path));
    const known = [...withoutOldNews(read.diagnostics, history.value), ...judged];
    if (!migrations.ok) return failed(known, inputs);

    progress("planning files");
    const { model, upgrades, history: nextHistory } = migrations.value;
    const edits = await planEdits({
      ...{ files, manifest: lastManifest, tool, draft: model },
      remembered: history.value?.tables.map(storedName) ?? [],
    });
    known.push(...edits.diagnostics);
    if (!edits.ok) return failed(known, inputs);
    const pieces = new Pieces(tool.build === null ? {} : readPieces(files, tool.build));
    const plan = buildPlan({
      model,
      upgrades,
      library: packageLibrary(),
      pieces,
      config,
      migrations: [...migrations.value.files, historyFile(nextHistory)],
      edits: edits.value,
    });

    progress("comparing with the project");
    const formatter = createFormatter(root, files);
    const manifest = followFiles(
      followMoves(lastManifest, layout, files),
      plan.files.map(({ path }) => path),
      files,
    );
    const reconciled = await reconcile({
      plan,
      files,
      manifest,
      outdated: loss === null && isOlderManifest(lastManifest, history.value),
      formatter,
      committed,
      edits: editing(options),
      isWhole: true,
    });
    // A run that writes looks for itself.
    const outside = mode === "write" ? [] : refuseOutside(reconciled.changes, disk);
    const problems = [...reconciled.diagnostics, ...outside];
    if (problems.length > 0) return failed([...known, ...problems], inputs);

    const expected = [...Object.keys(manifest.files), ...plan.files.map(({ path }) => path)];
    known.push(...strayDiagnostics(findStrayFiles(expected, layout, files)));
    const next = nextManifest(
      manifest,
      runFacts(root, tool, model, loaded, layout, files),
      reconciled,
    );
    if (mode === "write") progress("writing");
    const result = finish({
      mode,
      session,
      reconciled,
      next,
      loss,
      diagnostics: known,
      model,
      inputs,
    });
    const texts = pieces.texts();
    if (mode === "write" && result.status !== "failed" && tool.build !== null && texts !== null)
      keepPieces({ texts, build: tool.build, files, disk, run: session.run });
    return result;
  });
}

/** A warning about a field's name is for whoever chooses it: once the field was generated, there is nothing to do about it. */
function withoutOldNews(
  diagnostics: readonly Diagnostic[],
  history: History | null,
): readonly Diagnostic[] {
  const isOld = ({ code, path }: Diagnostic): boolean =>
    code === "SG227" &&
    history?.tables
      .find(({ name }) => name === path?.[1])
      ?.fields.some(({ name }) => name === path?.[3]) === true;
  return diagnostics.filter((one) => !isOld(one));
}

/** What becomes of the user's edits, as the run was asked for. */
function editing({ keepEdits = false, force = false }: GenerateOptions): ReconcileInput["edits"] {
  return force ? "replace" : keepEdits ? "keep" : "stay";
}

/** `look` works out what `write` would do; `check` also minds what is left to the user. */
type Mode = "write" | "look" | "check";

const nothing = { changes: [], diagnostics: [], fileCount: 0, model: null, inputs: [] } as const;

function failed(
  diagnostics: readonly Diagnostic[],
  inputs: readonly string[] = [],
): GenerateResult {
  return { ...nothing, status: "failed", diagnostics, inputs };
}

/** Of a config that cannot be read: the file itself, those of the last run, and those that hold a mistake. */
function inputsSoFar(
  config: string,
  { inputs }: Manifest,
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  const wrong = diagnostics.flatMap(({ location }) => location?.file ?? []);
  return [...new Set([config, ...Object.keys(inputs), ...wrong])];
}

/** Opens the project, reads the manifest, and turns what the disk refuses into diagnostics. */
async function inSession(
  options: GenerateOptions,
  mode: Mode,
  work: (session: Session, manifest: Manifest, loss: ManifestLoss) => Promise<GenerateResult>,
): Promise<GenerateResult> {
  const { root, signal, disk } = options;
  let session: Session | undefined;
  try {
    const opened = openSession({ root, mode: mode === "write" ? mode : "look", signal, disk });
    if (!opened.ok) return failed(opened.diagnostics);
    session = opened.value;
    const text = session.files.read(manifestPath);
    const parsed = parseManifest(text);
    const isMerge = parsed.diagnostics.some(({ code }) => code === "SG402");
    const sides = isMerge ? readMergedManifest(createCommitted(root), session.files) : null;
    const manifest = sides ?? parsed;
    // `--force` starts anew without a manifest that cannot be read, but never goes behind a newer version's back.
    const usable =
      manifest.ok ||
      (options.force === true && !manifest.diagnostics.some(({ code }) => code === "SG403"));
    if (!usable) return failed(explainManifest(manifest.diagnostics, session));
    const newer = manifest.ok ? newerTool(manifest.value, builtFrom().version) : null;
    if (newer !== null && options.force !== true) return failed([newer]);
    const isFirst = text === undefined && !session.files.exists(historyPath);
    const loss = text === undefined ? (isFirst ? null : "create") : parsed.ok ? null : "update";
    const result = await work(session, manifest.ok ? manifest.value : noManifest, loss);
    return { ...result, diagnostics: [...session.diagnostics, ...result.diagnostics] };
  } catch (error) {
    const diagnostic = fileDiagnostic(error, "read the project");
    if (diagnostic === null) throw error;
    return failed([diagnostic]);
  } finally {
    session?.close();
  }
}

/** How the manifest of a project that was generated before comes back; `null` where it stands. */
type ManifestLoss = "create" | "update" | null;

/** The two are written together; a formatter's run on the history does not count. */
function isOlderManifest({ files }: Manifest, history: History | null): boolean {
  return history !== null && files[historyPath]?.planned !== contentHash(printHistory(history));
}

/** A merge that stopped in the history as well has one way out, which covers the manifest. */
function explainManifest(
  problems: readonly Diagnostic[],
  { files }: Session,
): readonly Diagnostic[] {
  if (!problems.some(({ code }) => code === "SG402")) return problems;
  const branches = parseHistory(files.read(historyPath)).diagnostics.filter(
    ({ code }) => code === "SG314",
  );
  return branches.length > 0 ? branches : problems;
}

interface Finish {
  readonly mode: Mode;
  readonly session: Session;
  readonly reconciled: Reconciled;
  /** `null` leaves the manifest as it is. */
  readonly next: Manifest | null;
  readonly loss: ManifestLoss;
  readonly diagnostics: readonly Diagnostic[];
  readonly model: Model | null;
  readonly inputs: readonly string[];
}

function finish(input: Finish): GenerateResult {
  const { session, next, loss, diagnostics, model, inputs, mode } = input;
  // One text in the way keeps everything from being written: the files are of one schema, on the device and on the server, or they are not changed.
  const { changes: all, judged } = input.reconciled;
  const isBlocked = all.some(isInTheWay);
  const changes = isBlocked ? all.filter((one) => !isEffect(one)) : [...all];
  if (mode === "write" && !isBlocked) {
    const { files, disk, run } = session;
    const written = writeChanges({ changes, judged, manifest: next, files, disk, run });
    if (!written.ok) return failed([...diagnostics, ...written.diagnostics], inputs);
  }
  if (loss !== null && next !== null && !isBlocked)
    changes.push({ kind: loss, path: manifestPath, text: printManifest(next) });
  return {
    status: statusOf(changes, mode),
    changes: changes.filter((change) => change.kind !== "unchanged"),
    diagnostics: [...diagnostics, ...conflictDiagnostics(changes, loss !== "create")],
    fileCount: Object.keys(next?.files ?? {}).length,
    model,
    inputs,
  };
}

function statusOf(changes: readonly Change[], mode: Mode): GenerateResult["status"] {
  const conflicts = changesOf(changes, "conflict");
  if (conflicts.some(isInTheWay)) return "blocked";
  // A kept edit is in nobody's way; but what is emitted is not what stands there.
  if (mode !== "write" && conflicts.length > 0) return "blocked";
  // A snippet that nobody pasted: the app would not run as the config says.
  if (mode === "check" && changesOf(changes, "manual").length > 0) return "blocked";
  return changes.some(isEffect) ? "changed" : "unchanged";
}

/** What the next run must know of this one; drizzle-kit and prettier leave it alone. */
function historyFile(history: History): PlannedFile {
  return { path: historyPath, text: printHistory(history), ownership: "state", parser: null };
}

function runFacts(
  root: string,
  tool: BuiltFrom,
  model: Model,
  loaded: LoadedConfig,
  layout: Layout,
  files: ReadFiles,
): RunFacts {
  const inputs: Record<string, string> = {};
  for (const { path, hash } of loaded.inputs) {
    const text = files.read(path) ?? "";
    // A file that was saved again while this run went on: its hash would vouch for what was never read.
    const same = createHash("sha256").update(text).digest("hex") === hash;
    inputs[path] = same && isLoadedAs(join(root, path), hash) ? contentHash(text) : "";
  }
  return {
    tool: tool.version,
    templates: tool.templates,
    model: valueHash(model),
    inputs,
    layout,
    userModules: mergeFiles(model.tables, (path) => files.exists(path)),
  };
}
