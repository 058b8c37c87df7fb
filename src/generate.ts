import { builtFrom } from "./builtFrom";
import { locateAll } from "./config/loadedConfig";
import { finishRun } from "./finishRun";
import { failed, nothing, type GenerateResult } from "./generateResult";
import type { Diagnostic, Outcome } from "./kernel/diagnostic";
import { type History, historyPath, parseHistory, printHistory } from "./migrate/history";
import { planMigrations } from "./migrate/planMigrations";
import { storedName, type ModelDraft } from "./model/model";
import { createCommitted } from "./output/committed";
import { contentHash } from "./output/contentHash";
import { followFiles, followMoves } from "./output/followMoves";
import { createFormatter } from "./output/format";
import { keepPieces, readPieces } from "./output/keptPieces";
import type { Manifest } from "./output/manifest";
import { nextManifest } from "./output/nextManifest";
import { readProject } from "./output/projectDisk";
import { reconcile, type ReconcileInput } from "./output/reconcile";
import { findStrayFiles, strayDiagnostics } from "./output/strayFiles";
import { refuseOutside } from "./output/write";
import type { WriteFiles } from "./output/writeFiles";
import { buildPlan } from "./plan/buildPlan";
import type { Plan, PlannedFile } from "./plan/plan";
import { planEdits } from "./planEdits";
import { readDraft } from "./readDraft";
import { Pieces } from "./render/pieces";
import { packageLibrary } from "./render/templateLibrary";
import { runFacts } from "./runFacts";
import { runInSession, type Mode } from "./runInSession";
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
  return await runInSession({ ...options, mode }, async (session, manifest, loss) => {
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
    return finishRun({ mode, session, reconciled, ...nothingElse });
  });
}

async function run(options: GenerateOptions, mode: Mode): Promise<GenerateResult> {
  const { root, config = "sync.config.ts", progress = () => undefined } = options;
  const tool = builtFrom();
  // `force` is about edits that are in order too.
  const upToDate = options.force === true ? null : readUpToDate(root, config, tool);
  if (upToDate !== null) return { ...nothing, status: "unchanged", ...upToDate };

  return await runInSession({ ...options, mode }, async (session, lastManifest, loss) => {
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
      runFacts({ root, tool, model, loaded, layout, files }),
      reconciled,
    );
    if (mode === "write") progress("writing");
    const result = finishRun({
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

/** Of a config that cannot be read: the file itself, those of the last run, and those that hold a mistake. */
function inputsSoFar(
  config: string,
  { inputs }: Manifest,
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  const wrong = diagnostics.flatMap(({ location }) => location?.file ?? []);
  return [...new Set([config, ...Object.keys(inputs), ...wrong])];
}

/** The two are written together; a formatter's run on the history does not count. */
function isOlderManifest({ files }: Manifest, history: History | null): boolean {
  return history !== null && files[historyPath]?.planned !== contentHash(printHistory(history));
}

/** What the next run must know of this one; drizzle-kit and prettier leave it alone. */
function historyFile(history: History): PlannedFile {
  return { path: historyPath, text: printHistory(history), ownership: "state", parser: null };
}
