import type { BackendId, Model, StoreId } from "../model/model";
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

/** What a device-side store can do. */
export interface StoreCapabilities {
  /** Row and op become durable in one transaction. */
  readonly transactions: boolean;
  /** Its schema changes by migrations that are emitted with it. */
  readonly migrations: boolean;
  /** Fields that exist on the device alone. */
  readonly deviceOnlyFields: boolean;
}

/** What a server-side backend can do. */
export interface BackendCapabilities {
  /** Pages continue from the server's commit order. */
  readonly commitOrder: boolean;
  /** Idle devices are told of changes. */
  readonly doorbell: boolean;
  /** Fields that never leave the server. */
  readonly serverOnlyFields: boolean;
  /** The longest name of a table, field or index. */
  readonly longestName: number;
}

/** A device-side store: its capabilities, and every file that it puts into a project. */
export interface StoreTarget {
  readonly id: StoreId;
  /** For people: `Expo SQLite with Drizzle`. */
  readonly title: string;
  readonly capabilities: StoreCapabilities;
  files(input: TargetInput): readonly EmittedFile[];
}

/** A server-side backend: its capabilities, and every file that it puts into a project. */
export interface BackendTarget {
  readonly id: BackendId;
  /** For people: `Convex`. */
  readonly title: string;
  readonly capabilities: BackendCapabilities;
  files(input: TargetInput): readonly EmittedFile[];
}
