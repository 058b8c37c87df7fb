import type { Model } from "../model/model";
import type { Pieces } from "../render/pieces";
import type { TemplateLibrary } from "../render/templateLibrary";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";

/** What a target makes its files from. */
export interface TargetInput {
  readonly model: Model;
  /** How ops of earlier schema versions become ops of this one, oldest first. */
  readonly upgrades: readonly ServerUpgrade[];
  readonly library: TemplateLibrary;
  /** Texts of single tables that an earlier run made already. */
  readonly pieces: Pieces;
}

/** A file as a target wants it, still without its header. */
export interface EmittedFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly ownership: "owned" | "once";
}

/** A device-side store: every file that it puts into a project. */
export interface StoreTarget {
  files(input: TargetInput): readonly EmittedFile[];
}

/** A server-side backend: every file that it puts into a project. */
export interface BackendTarget {
  files(input: TargetInput): readonly EmittedFile[];
}
