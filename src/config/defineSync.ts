import { FieldBuilder } from "./fields";
import type { TargetOf } from "./fieldTypes";
import { TableBuilder, type FieldsOf, type Table } from "./table";

/** The device side. */
export interface ClientOptions {
  /** What the rows are stored in. */
  readonly store: "expo-sqlite";
  /** The folder that the device code is written to, relative to the project's root: `apps/native/src`. */
  readonly out: string;
  /**
   * How device code imports Convex's generated `api`: a package (`@acme/backend/convex/_generated/api`), or a path that starts with
   * `./` and is relative to the project's root. Default: worked out from the workspace.
   */
  readonly api?: string;
  /**
   * Sync while the app is in the background, whenever the platform allows it; phones alone do. `true`: at most every 15
   * minutes, or as often as `everyMinutes` says. Default false.
   */
  readonly background?: boolean | BackgroundOptions;
}

/** How often the platform is asked to sync in the background. It decides itself when it does. */
export interface BackgroundOptions {
  /** Minutes between two times, at the least; 15 or more, which is what platforms take. Default 15. */
  readonly everyMinutes?: number;
}

/** The server side. */
export interface ServerOptions {
  /** What the rows are synced with. */
  readonly backend: "convex";
  /** The Convex functions folder, relative to the project's root: `convex`, `packages/backend/convex`. */
  readonly out: string;
  /**
   * How many days the marks of deleted rows and the receipts of pushes are kept. A device that was away for longer fetches
   * everything again. Default 90.
   */
  readonly retentionDays?: number;
  /**
   * How many earlier versions of this schema the server still serves: apps that were not updated yet. Every `generate` after
   * a change of the schema makes a version, so several may lie between two releases. Default 20.
   */
  readonly accepts?: number;
  /**
   * Emit tests of the functions into `<out>/syncTests`: a vitest file a table, which runs them in convex-test. `sync-gen init
   * --with-tests` sets this and lists the packages that the tests need. Default false.
   */
  readonly tests?: boolean;
  /**
   * How many changes a user may make, counted by Convex's rate limiter component. What is over it is not lost: the device
   * sends it when the server says. `true`: 600 a minute, and up to 1,200 at once after a while without any. Default: no limit.
   */
  readonly rateLimit?: boolean | RateLimitOptions;
}

/** As the rate limiter component of Convex takes them; counted for each user. */
export interface RateLimitOptions {
  /** `token bucket`: the budget refills continuously. `fixed window`: at the start of every period. Default `token bucket`. */
  readonly kind?: "token bucket" | "fixed window";
  /** Changes in a period. */
  readonly rate: number;
  /** Length of a period, in milliseconds. */
  readonly period: number;
  /** Changes that may come at once after a while without any; at least 100, which is what a device sends at once. Default: `rate`. */
  readonly capacity?: number;
}

/** What `defineSync` takes. */
export interface SyncOptions<Tables extends Readonly<Record<string, Table>>> {
  /** The device side. */
  readonly client: ClientOptions;
  /** The server side. */
  readonly server: ServerOptions;
  /** The synced tables by name: the plural, in camelCase. */
  readonly tables: Tables & CheckedTables<Tables>;
}

/** For every table `unknown`, or the text of what is wrong with its references. Linear in the number of fields. */
export type CheckedTables<Tables extends Readonly<Record<string, Table>>> = {
  readonly [Name in keyof Tables]: UnknownTarget<Tables[Name], keyof Tables> extends infer Target
    ? [Target] extends [never]
      ? unknown
      : `${Name & string}: there is no table "${Target & string}" to reference`
    : never;
};

/** Targets of references that are no table of the config; a target that is only known to be a string is left to the command line. */
type UnknownTarget<Type extends Table, Names> =
  TargetOf<FieldsOf<Type>[keyof FieldsOf<Type>]> extends infer Target
    ? Target extends Names
      ? never
      : string extends Target
        ? never
        : Target
    : never;

const brand = Symbol.for("sync-gen.config");

/** What `defineSync` returns: the config as plain data, unchecked. `buildModel` checks it. */
export interface SyncConfig {
  readonly client: unknown;
  readonly server: unknown;
  readonly tables: unknown;
}

/**
 * The config of sync-gen; the default export of `sync.config.ts`.
 *
 * @example
 * export default defineSync({
 *   client: { store: "expo-sqlite", out: "src" },
 *   server: { backend: "convex", out: "convex" },
 *   tables: { tasks: table({ policy: "mobile-wins", fields: { title: text() } }) },
 * });
 */
export function defineSync<const Tables extends Readonly<Record<string, Table>>>(
  options: SyncOptions<Tables>,
): SyncConfig {
  const config = isRecord(options)
    ? { ...options, tables: mapRecord(options.tables, plainTable) }
    : { client: undefined, server: undefined, tables: undefined };
  // Not enumerable, so that the config stays plain data for everyone who looks at it.
  return Object.freeze(Object.defineProperty(config, brand, { value: true }));
}

/** True for what `defineSync` returned, of this or another copy of sync-gen. */
export function isSyncConfig(value: unknown): value is SyncConfig {
  return typeof value === "object" && value !== null && brand in value;
}

/** Something in the config that should have come from `table()` or a field function and did not. */
export class Unbuilt {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

function plainTable(value: unknown): unknown {
  if (!(value instanceof TableBuilder)) return new Unbuilt(value);
  if (!isRecord(value.options)) return value.options;
  return { ...value.options, fields: mapRecord(value.options["fields"], plainField) };
}

function plainField(value: unknown): unknown {
  return value instanceof FieldBuilder ? value.data : new Unbuilt(value);
}

function mapRecord(value: unknown, change: (entry: unknown) => unknown): unknown {
  if (!isRecord(value)) return value;
  // From entries, because assigning to a key called `__proto__` would not make one.
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, change(entry)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
