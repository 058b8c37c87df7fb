// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Combining } from "./combining";
import type { Fields, Hlc, OpKind, RejectionCode, Stamp } from "./protocol";

/** What the merge of a table needs to know of it: data alone, which stands in `TableRegistry.ts` and `syncTables.ts`. */
export interface TableRules {
  readonly name: string;
  /** What the table was called first, where it was renamed: ids that are made of values keep it. */
  readonly firstName?: string;
  /** Which of the project's scopes its rows are in; absent where every row is its user's own. */
  readonly scope?: string;
  readonly operations: readonly OpKind[];
  readonly fields: Readonly<Record<string, FieldRules>>;
  /** Fields of the natural key; empty for none. */
  readonly uniqueBy: readonly string[];
  readonly options: PolicyOptions;
}

/** What is known of one field: its kind, and which values it may have. */
export type FieldRules = FieldRulesOfAny &
  (
    | {
        readonly kind:
          | "text"
          | "integer"
          | "real"
          | "boolean"
          | "timestamp"
          | "choice"
          | "reference";
      }
    | {
        readonly kind: "json";
        /** `jsonProblem`. */
        readonly problemOf: (value: unknown) => string | null;
      }
  );

/** What every kind of field has. */
interface FieldRulesOfAny {
  readonly optional: boolean;
  /** The value of a create that does not name the field; absent for none. */
  readonly default?: Fields[string];
  readonly choices?: readonly string[];
  /** The table that a reference points to. */
  readonly references?: string;
  readonly merge?: FieldMerge;
}

/** How a field combines whatever the policy decides: `counter`, `set` or `oneWay` of `combine.ts`. */
export type FieldMerge = { readonly combining: Combining } & (
  | { readonly kind: "counter" }
  | { readonly kind: "set" }
  | { readonly kind: "one-way"; readonly order: readonly string[] }
);

/** What a table says beside the name of its policy. */
export interface PolicyOptions {
  /** `max-wins`: the field that is compared. */
  readonly by?: string;
  /** `mobile-wins`: a delete on the server stands against an edit on a device that had not seen it. */
  readonly deletes?: "win";
  /** `custom`: the app's own merge. */
  readonly merge?: CustomMerge;
}

/** The row as it stands where the merge runs: on the server, or the newest server row that a device has. */
export interface CurrentRow {
  /** Empty when `deleted`. */
  readonly fields: Fields;
  readonly stamp: Stamp;
  readonly deleted: boolean;
  /** When the row was last edited. */
  readonly edited: Hlc;
  /** The op that decided the row, for ties; `null` for a write by server code. */
  readonly opId: string | null;
  /** When each field was last edited; empty unless the policy asks for it. */
  readonly clocks: Readonly<Record<string, Hlc>>;
}

/** The op as the merge sees it: checked against the table's rules, its clocks and a `max-wins` time clamped to the server's time. */
export interface IncomingOp {
  readonly opId: string;
  readonly kind: OpKind;
  readonly fields: Fields;
  readonly base: Fields | null;
  readonly baseStamp: Stamp | null;
  readonly edited: Hlc;
  readonly clocks: Readonly<Record<string, Hlc>>;
}

/** What a policy decides on: one op, and the row that it meets. */
export interface MergeInput {
  readonly op: IncomingOp;
  /** `null`: there is no such row. */
  readonly current: CurrentRow | null;
  /** `current` changed after the op's base was read. */
  readonly concurrent: boolean;
  readonly rules: TableRules;
}

/** What a policy is asked: what to do with an op that meets a row, or a row's tombstone. */
export interface PolicyInput extends MergeInput {
  readonly current: CurrentRow;
}

/** The row that a merge decided on. */
export interface MergedRow {
  /** All fields of the row; empty when `deleted`. */
  readonly fields: Fields;
  readonly deleted: boolean;
  readonly edited: Hlc;
  readonly clocks: Readonly<Record<string, Hlc>>;
}

/** What becomes of the row, and of the op. */
export type MergeDecision =
  /** The op decides the row. */
  | { readonly kind: "write"; readonly row: MergedRow }
  /** Both sides went into the row. */
  | { readonly kind: "merge"; readonly row: MergedRow }
  /** The row already says what the op says: nothing to write, the op counts as applied. */
  | { readonly kind: "same" }
  /**
   * The current row stays; the op is superseded. `row` is `decide`'s own, and no policy's, when the op also held fields
   * that always combine (counters, sets, one-way): it is the current row with those, and is to be written.
   */
  | { readonly kind: "keep"; readonly row?: MergedRow }
  /** Nobody may decide but a person. */
  | { readonly kind: "conflict" }
  | { readonly kind: "reject"; readonly code: RejectionCode };

/** The app's own merge, for `custom`: pure, and the same on device and server. */
export type CustomMerge = (input: PolicyInput) => MergeDecision;

/**
 * A conflict policy: one pure function and what the engine must know to call it.
 * Its doc comment is its specification.
 */
export interface Policy {
  readonly name: string;
  /**
   * What a device shows while an op is pending and a newer row arrives from the server.
   * `row`: its own row, untouched. `field`: the server's row with the op's changed fields on top.
   * `merge`: what the policy would decide now.
   */
  readonly pending: "row" | "field" | "merge";
  /** Ops carry the edit time of every changed field. */
  readonly fieldClocks: boolean;
  /** Called by `decide` only, which handles what is the same for every policy. */
  readonly merge: (input: PolicyInput) => MergeDecision;
}
