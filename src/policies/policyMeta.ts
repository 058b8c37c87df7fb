import type { PolicyName } from "../model/model";

/** What `sync-gen explain` and the documentation print about a policy. */
export interface PolicyMeta {
  /** One sentence. */
  readonly summary: string;
  readonly wins: string;
  readonly loses: string;
  readonly needs: string;
  readonly choose: string;
  /** What the tests show as properties. */
  readonly laws: readonly Law[];
}

/** What the tests of the policies show as properties. */
export type Law =
  /** The same input gives the same decision. */
  | "deterministic"
  /** Applying the same op twice changes nothing more. */
  | "idempotent"
  /** Two concurrent ops end in the same row in either order. */
  | "commutative"
  /** An op that saw the current row always takes effect. */
  | "sequential"
  /** A decided row never holds a smaller value than before. */
  | "monotonic";

/** Here and not beside the policies, because what is emitted need not carry it. */
export const policyMeta: Readonly<Record<PolicyName, PolicyMeta>> = {
  "mobile-wins": {
    summary: "The device that syncs last wins, field by field.",
    wins: 'The fields that the device changed. An edit brings back a row that was deleted meanwhile, unless `deletes: "win"` is set.',
    loses: "What others wrote to the same fields since the device last saw the row.",
    needs: "Nothing: the order of arrival at the server decides.",
    choose:
      "When the person with the device in hand knows best: work in the field, stock counts, inspections.",
    laws: ["deterministic", "idempotent", "sequential"],
  },
  "server-wins": {
    summary: "An edit takes effect only when the device saw the row as the server has it.",
    wins: "The server's row, whoever wrote it, a delete included.",
    loses:
      "The device's whole edit, when the row changed since the device last saw it; it is shown once as superseded.",
    needs: "Nothing: no clock is looked at.",
    choose:
      "When an edit made on stale data is worse than a lost edit: prices, schedules, data that staff maintain.",
    laws: ["deterministic", "idempotent", "sequential"],
  },
  "last-write-wins": {
    summary: "The edit that was made last wins the row.",
    wins: "The later edit time, in milliseconds; within one, the edit that its device counted higher, then the larger op id. A delete is an edit like any other.",
    loses: "The earlier edit, all of it, also fields that the later one did not touch.",
    needs:
      "Device clocks that are roughly right; more than 5 minutes ahead of the server counts as 5 minutes ahead.",
    choose:
      "For settings, notes and profiles of one person on several devices, edited one at a time.",
    laws: ["deterministic", "idempotent", "commutative", "sequential"],
  },
  hlc: {
    summary: "The edit with the higher hybrid logical clock wins the row.",
    wins: "The higher clock reading; an edit that knew of another one always has it. A delete beats every lower edit.",
    loses: "The lower edit, all of it, also fields that the higher one did not touch.",
    needs:
      "A clock that survives restarts (kept by the engine), at most 5 minutes ahead of the server.",
    choose:
      "Over `last-write-wins` when several people edit the same rows and cause must come before effect.",
    laws: ["deterministic", "idempotent", "commutative", "sequential"],
  },
  "field-merge": {
    summary:
      "Edits of different fields are both kept; for one field, the higher hybrid logical clock wins.",
    wins: "Per field, the higher clock reading. A delete wins over a row whose last edit is older.",
    loses: "The lower edit of the same field.",
    needs:
      "A clock reading for every field, on the wire and in the stored row (about 30 bytes each).",
    choose:
      "For forms and records that several people fill in at once; not for fields that must agree with one another.",
    laws: ["deterministic", "idempotent", "commutative", "sequential"],
  },
  "append-only": {
    summary: "Rows are created and never change.",
    wins: "The first create of an id; the same id again is a duplicate.",
    loses: "Nothing that was created; updates and deletes are rejected.",
    needs: "Nothing.",
    choose:
      "For messages, measurements, audit trails: whatever happened and is only ever added to.",
    laws: ["deterministic", "idempotent"],
  },
  "max-wins": {
    summary: "The row with the greater value of one field (`by`) stays; the value never decreases.",
    wins: "The greater value of `by`, with the rest of its row; at equal values the row that is there.",
    loses: "The row with the smaller value, and any attempt to lower the value.",
    needs:
      "The option `by`, the field that is compared. A timestamp more than 5 minutes ahead of the server counts as 5 minutes ahead.",
    choose: "For read receipts, high scores, progress: what only ever moves up.",
    laws: ["deterministic", "idempotent", "monotonic"],
  },
  manual: {
    summary: "A person decides; nothing is overwritten by itself.",
    wins: "Nobody, until someone chooses between the version before the edit, their own and the server's.",
    loses: "Nothing.",
    needs: "A screen where people choose (`useConflicts`).",
    choose:
      "When both versions are work that no rule can weigh: documents, reports, medical notes.",
    laws: ["deterministic", "idempotent", "sequential"],
  },
  custom: {
    summary: "The app's own function decides.",
    wins: "What the function says.",
    loses: "What the function says.",
    needs: "A pure function; if it throws, or makes an invalid row, the op is rejected and shown.",
    choose: "When a rule of your domain fits none of the other policies.",
    laws: [],
  },
};
