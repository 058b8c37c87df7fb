import type { BackendId, FieldKind, OperationName, PolicyName, StoreId } from "./vocabulary";

/** A config of the right shape: every value has the right type, and nothing is said yet about what the values mean together. */
export interface ConfigShape {
  readonly client: {
    readonly store: StoreId;
    readonly out: string;
    readonly api: string | null;
    /** `null`: no sync in the background. */
    readonly background: BackgroundShape | null;
  };
  readonly server: {
    readonly backend: BackendId;
    readonly out: string;
    readonly retentionDays: number;
    readonly accepts: number;
    readonly tests: boolean;
    /** `null`: none. */
    readonly rateLimit: RateLimitShape | null;
  };
  readonly tables: readonly TableShape[];
}

/** When the platform is asked to sync in the background. */
export interface BackgroundShape {
  /** Minutes between two times, at the least. */
  readonly everyMinutes: number;
}

/** How many changes a user may make, as the config says. */
export interface RateLimitShape {
  readonly kind: "token bucket" | "fixed window";
  /** Changes in a period. */
  readonly rate: number;
  /** Milliseconds. */
  readonly period: number;
  /** Changes that may come at once after a while without any. */
  readonly capacity: number;
}

/** A table, as the config says. */
export interface TableShape {
  readonly name: string;
  /** `null`: missing or unknown, which was reported. */
  readonly policy: PolicyName | null;
  /** `null`: not given; empty: what is given can be none, which was reported. */
  readonly scope: string | null;
  /** `null`: not given. */
  readonly operations: readonly OperationName[] | null;
  readonly uniqueBy: readonly string[];
  readonly indexes: readonly IndexShape[];
  readonly entity: string | null;
  readonly description: string;
  readonly renamedFrom: string | null;
  readonly by: string | null;
  readonly deletes: "revive" | "win" | null;
  readonly merge: MergeShape | null;
  readonly fields: readonly FieldShape[];
}

/** An index, as the config says; without a name it gets one from its fields. */
export interface IndexShape {
  readonly name: string | null;
  readonly fields: readonly string[];
}

/** Where the app's own merge function stands. */
export interface MergeShape {
  readonly path: string;
  readonly export: string;
}

/** A field, as the config says. */
export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly default: { readonly value: unknown } | null;
  readonly choices: readonly string[];
  /** `null` for other kinds. */
  readonly references: string | null;
  readonly renamedFrom: string | null;
  readonly index: boolean;
  readonly side: "both" | "device" | "server";
  readonly merge:
    | { readonly kind: "counter" }
    | { readonly kind: "set" }
    | { readonly kind: "one-way"; readonly order: readonly string[] }
    | null;
  readonly description: string;
}
