import type {
  BackendId,
  FieldKind,
  JsonType,
  JsonValue,
  OperationName,
  PolicyName,
  StoreId,
} from "../config/vocabulary";

export { fieldKinds, operationNames, policyNames } from "../config/vocabulary";
export type {
  BackendId,
  FieldKind,
  JsonType,
  JsonValue,
  OperationName,
  PolicyName,
  StoreId,
} from "../config/vocabulary";

/**
 * The model: what a checked `sync.config.ts` means, with every name and default worked out.
 * Everything after `model` reads this and nothing of the config. It is plain JSON: no functions, no `undefined`.
 */
export interface Model {
  readonly client: ClientModel;
  readonly server: ServerModel;
  /** In the order of the config. */
  readonly tables: readonly TableModel[];
  /** Counts up whenever a change of the tables alters what an op may hold; carried by every queued op. */
  readonly schemaVersion: number;
  /**
   * Edits may wait on a device for a person to choose: a table is `manual` or `custom`, or was in a schema version that is still served.
   * What such a table left in a queue, its new policy does not end.
   */
  readonly hasConflicts: boolean;
}

/** A model before `migrate` has compared it with the last one. */
export type ModelDraft = Omit<Model, "schemaVersion" | "hasConflicts">;

/** The device side. */
export interface ClientModel {
  readonly store: StoreId;
  /** Folder of the emitted device code, relative to the project's root, without a trailing slash. */
  readonly out: string;
  /**
   * How `<out>/sync/TableRegistry.ts` imports Convex's generated `api`, word for word. From `client.api` (a relative path there
   * is relative to the project's root), else the workspace, else the relative path to `<server.out>/_generated/api`.
   */
  readonly apiImport: string;
  /** The folder around `out` that is the app, where its tools look for their configuration; `""` for the project's root. */
  readonly appFolder: string;
  /** How often phones are asked to sync in the background; `null`: not at all. */
  readonly background: { readonly everyMinutes: number } | null;
}

/** The server side. */
export interface ServerModel {
  readonly backend: BackendId;
  /** The Convex functions folder, relative to the project's root. */
  readonly out: string;
  /** How long tombstones and receipts are kept, in days. */
  readonly retentionDays: number;
  /** How many earlier schema versions the server still accepts ops from. */
  readonly accepts: number;
  /** Whether tests of the functions are emitted beside them. */
  readonly tests: boolean;
  /** How many changes a user may make; `null`: as many as they like. */
  readonly rateLimit: RateLimitModel | null;
  /** Whether users sign in with `@convex-dev/auth`, whose tokens belong to a session. */
  readonly usesConvexAuth: boolean;
}

/** How many changes a user may make. */
export interface RateLimitModel {
  readonly kind: "token bucket" | "fixed window";
  /** Changes in a period. */
  readonly rate: number;
  /** Milliseconds. */
  readonly period: number;
  /** Changes that may come at once after a while without any. */
  readonly capacity: number;
}

/** One table, checked, with all that follows from the config. */
export interface TableModel {
  /** The key in the config; also the name of the device table, and of the Convex table but for `storedAs`. */
  readonly name: string;
  readonly names: TableNames;
  /** The table was called this before; its rows and queued ops move along. */
  readonly renamedFrom: string | null;
  /** The name that the table had first, as the history tells; absent where it is `name`. */
  readonly firstName?: string;
  /** The Convex table, as the history tells: a renamed table keeps the one that it has. Absent where it is `name`. */
  readonly storedAs?: string;
  /** Which scope its rows are in, as `Scope.scope` of the protocol names it; `null` where every row is its user's own. */
  readonly scope: string | null;
  readonly policy: PolicyModel;
  readonly operations: readonly OperationName[];
  /** Fields of the natural key; empty for none. */
  readonly uniqueBy: readonly string[];
  /** Every index: first those of fields with `indexed`, in the order of the fields, then the table's own. */
  readonly indexes: readonly IndexModel[];
  /** In the order of the config. */
  readonly fields: readonly FieldModel[];
  /** What the user wrote about the table; becomes its doc comment. May be empty. */
  readonly description: string;
}

/** What says in which Convex table the rows of a table are. */
export type StoredTable = Pick<TableModel, "name" | "storedAs">;

/** The name of the Convex table that holds the rows of a table. */
export function storedName({ name, storedAs = name }: StoredTable): string {
  return storedAs;
}

/** Every name that is made from a table's, so that no template joins strings. Shown for the table `tasks`. */
export interface TableNames {
  /** `Task`: the row interface. */
  readonly row: string;
  /** `NewTask`: what `create` takes. */
  readonly create: string;
  /** `TaskChanges`: what `update` takes. */
  readonly changes: string;
  /** `task` */
  readonly entity: string;
  /** `useTasks`; also the file name of the hook. */
  readonly hook: string;
  /** `useTask`, for one row, in the file of the other; `useStaffRow` where `useStaff` is another hook. */
  readonly rowHook: string;
  /** `upsertTask` */
  readonly upsert: string;
  /** `removeTask` */
  readonly remove: string;
  /** `getTaskChangesSince` */
  readonly changesSince: string;
  /** `getAllTasksForUser` */
  readonly all: string;
}

/** How a table's concurrent changes are decided. */
export interface PolicyModel {
  readonly name: PolicyName;
  /** `max-wins`: the field that is compared. */
  readonly by: string | null;
  /** `mobile-wins`: `"win"` lets a delete on the server stand against an edit on a device. Default `"revive"`. */
  readonly deletes: "revive" | "win";
  /** `custom`: the module of the merge function, relative to the project's root, and its export. */
  readonly module: { readonly path: string; readonly export: string } | null;
}

/** One index, on the device and on the server. */
export interface IndexModel {
  /** `by_project`, `by_status_and_due_at`: unique in its table. SQLite, where names of indexes are global, puts the table's name before it. */
  readonly name: string;
  readonly fields: readonly string[];
}

/** One field, checked. */
export interface FieldModel {
  readonly name: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  /** Wrapped, so that a default of `null` differs from no default. */
  readonly default: { readonly value: JsonValue } | null;
  /** `choice`: the allowed values, in order. */
  readonly choices: readonly string[];
  /** `reference`: the table it points to. */
  readonly references: string | null;
  /** `json`: the TypeScript type of the value, and the imports that it needs. */
  readonly json: JsonType | null;
  readonly renamedFrom: string | null;
  /** It has an index of its own, which stands in the table's `indexes`: asked for with `.index()`, or because it is a reference. */
  readonly indexed: boolean;
  /** `device`: only in SQLite, never sent. `server`: only in Convex, never in a reply. */
  readonly side: "both" | "device" | "server";
  /** How concurrent edits of this field combine, whatever the table's policy decides for the row. */
  readonly merge: FieldMergeModel | null;
  /** What the user wrote about the field; becomes its doc comment. May be empty. */
  readonly description: string;
}

/** How a field's concurrent edits combine, whatever the table's policy decides. */
export type FieldMergeModel =
  | { readonly kind: "counter" }
  | { readonly kind: "set" }
  /** The value only moves to the right in `order`. */
  | { readonly kind: "one-way"; readonly order: readonly string[] };
