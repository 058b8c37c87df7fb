import type { BuiltFrom } from "./builtFrom";
import type { Diagnostic, Outcome } from "./kernel/diagnostic";
import type { ReadFiles } from "./kernel/files";
import { storedName, type ModelDraft } from "./model/model";
import { contentHash } from "./output/contentHash";
import type { Manifest } from "./output/manifest";
import type { PlannedEdit } from "./plan/plan";

/** What the edits of the user's files are planned from. */
export interface EditsInput {
  readonly files: ReadFiles;
  readonly manifest: Manifest;
  readonly tool: BuiltFrom;
  /** With what the history says of the tables. */
  readonly draft: ModelDraft;
  /** The Convex tables of the last run. */
  readonly remembered: readonly string[];
}

/**
 * The edits of the user's own files. They are idempotent: where this very tool made them, the files are as it left them, and no table is new
 * (a new one may clash with the user's schema), they are known to change nothing, and TypeScript's parser stays unloaded.
 */
export async function planEdits(input: EditsInput): Promise<Outcome<readonly PlannedEdit[]>> {
  const { files, draft } = input;
  const moved = await planMoves(input);
  if (!moved && isSettled(input)) {
    const paths = Object.keys(input.manifest.edited);
    const edits = paths.map((path): PlannedEdit => ({
      path,
      purpose: "",
      apply: () => ({ kind: "unchanged" }),
    }));
    return { ok: true, value: edits, diagnostics: [] };
  }
  const { planServerEdits } = await import("./codemods/serverEdits");
  const background = await planBackground(input);
  const edits = planServerEdits(files, {
    out: draft.server.out,
    tables: draft.tables,
    rateLimit: draft.server.rateLimit !== null,
  });
  if (!edits.ok) return edits;
  return {
    ok: true,
    // What leads to the old folder is led to the new one before anything asks whether it is there.
    value: [...edits.value, ...(moved?.edits ?? []), ...background.edits],
    diagnostics: [...edits.diagnostics, ...(moved?.diagnostics ?? []), ...background.diagnostics],
  };
}

/** What the sync in the background needs in the user's files; what it needed, where the config no longer asks for it. */
async function planBackground(input: EditsInput): Promise<EditsOfPart> {
  const { files, manifest, draft } = input;
  const { out, background } = draft.client;
  const edited = editedInApp(input);
  if (background === null && edited.length === 0) return { edits: [], diagnostics: [] };
  const codemods = await import("./codemods/backgroundEdits");
  if (background === null)
    return {
      edits: codemods.planBackgroundRemoval(files, edited, out),
      diagnostics: codemods.backgroundRemains(files, {
        once: manifest.once,
        clientOut: manifest.layout.clientOut,
      }),
    };
  const { detectWorkspace } = await import("./config/workspace");
  const edits = codemods.planBackgroundEdits(files, detectWorkspace(files), out);
  return { edits, diagnostics: [] };
}

/** Edits of one part of the project, and what is to be said of it. */
interface EditsOfPart {
  readonly edits: readonly PlannedEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the config names other folders than in the last run: what follows from it for the user's files. */
async function planMoves({ files, manifest, draft }: EditsInput): Promise<EditsOfPart | null> {
  const before = manifest.layout;
  const now = { clientOut: draft.client.out, serverOut: draft.server.out };
  const isFirst = before.clientOut === "" || before.serverOut === "";
  if (isFirst || (before.clientOut === now.clientOut && before.serverOut === now.serverOut))
    return null;
  const { planFolderMove } = await import("./codemods/folderMove");
  const owned = Object.keys(manifest.files);
  return planFolderMove({ files, owned, once: manifest.once, before, now });
}

function isSettled(input: EditsInput): boolean {
  const { files, manifest, tool, draft, remembered } = input;
  const edited = Object.entries(manifest.edited);
  const limiter = `${draft.server.out}/convex.config.`;
  return (
    edited.length > 0 &&
    // Asked for since the last run, or no more.
    edited.some(([path]) => path.startsWith(limiter)) === (draft.server.rateLimit !== null) &&
    editedInApp(input).length > 0 === (draft.client.background !== null) &&
    manifest.tool === tool.version &&
    draft.tables.every((table) => remembered.includes(storedName(table))) &&
    edited.every(([path, hash]) => contentHash(files.read(path) ?? "") === hash)
  );
}

/** The edited files that are neither the functions' nor a list of packages: those of the sync in the background. */
function editedInApp({ manifest, draft }: EditsInput): readonly string[] {
  return Object.keys(manifest.edited).filter(
    (path) => !isManifest(path) && !path.startsWith(`${draft.server.out}/`),
  );
}

function isManifest(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path);
}
