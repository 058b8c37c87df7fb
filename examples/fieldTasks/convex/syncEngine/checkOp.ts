// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { believedTimes } from "./believedTimes";
import type { SyncServerConfig } from "./config";
import { unknownSince, type Unknowns } from "./history";
import { ownEntry } from "./rules";
import { rowKey, type RowKey } from "./rowKey";
import { clampHlc, isHlc, maxDrift } from "./shared/clock";
import {
  checkFields,
  completeFields,
  isWireValue,
  isWithin,
  normalizeFields,
} from "./shared/codec";
import { isUuid } from "./shared/ids";
import { isScopeId } from "./shared/scopeId";
import type { IncomingOp, TableRules } from "./shared/policy";
import {
  limits,
  type Fields,
  type Hlc,
  type Op,
  type OpKind,
  type OpOutcome,
  type RejectionCode,
} from "./shared/protocol";
import { isStamp } from "./shared/stamp";
import { upgradeOp } from "./shared/upgrade";
import type { UncheckedOp } from "./validators";

/** What became of an op. */
export interface Verdict {
  readonly outcome: OpOutcome;
  readonly code: RejectionCode | null;
  readonly message: string | null;
}

/** An op after everything about it was checked that needs no database. */
export type CheckedOp =
  | {
      readonly kind: "open";
      readonly op: IncomingOp;
      readonly table: string;
      /** The scope that the op names; `null` where the table has none. */
      readonly scopeId: string | null;
      readonly clientId: string;
      readonly group: string | null;
      /** What its app did not know of the table; `null` for an op of today's version. */
      readonly unknown: Unknowns | null;
      /** Rows that the op's fields point to. */
      readonly references: readonly Reference[];
      /** Rows that its base points to, which count when the op brings a row back. */
      readonly baseReferences: readonly Reference[];
    }
  /** Decided without looking at the row. */
  | {
      readonly kind: "settled";
      readonly opId: string;
      /** `null` when the op names no row that could exist. */
      readonly table: string | null;
      /** As it arrived, and nothing that is kept. */
      readonly scopeId: string | null;
      readonly clientId: string;
      readonly group: string | null;
      readonly verdict: Verdict;
    };

/** A row that an op points to. */
export interface Reference {
  readonly field: string;
  readonly table: string;
  readonly clientId: string;
  readonly key: RowKey;
}

/** A verdict of "no". */
export function rejected(
  code: RejectionCode,
  message: string | null = null,
): Verdict {
  return {
    outcome: "rejected",
    code,
    message: message === null ? null : message.slice(0, maxMessageLength),
  };
}

/** Messages are kept in receipts, a hundred to a document. */
const maxMessageLength = 200;

/** The part of the project that an op is checked against. */
export type OpChecks = Pick<
  SyncServerConfig,
  "rules" | "schemaVersion" | "accepts" | "upgrades"
>;

/** Checks an op as it arrived: translated from older schemas, its frame, its values, its clocks. `now` in ms. */
export function checkOp(
  config: OpChecks,
  arrived: UncheckedOp,
  now: number,
): CheckedOp {
  const settled = (verdict: Verdict, table: string | null) =>
    settledOp(arrived, verdict, table);

  const frame = frameProblem(arrived);
  if (frame !== null) return settled(rejected("invalid", frame), null);
  if (!(arrived.schemaVersion >= config.schemaVersion - config.accepts))
    return settled(rejected("schema-too-old"), null);

  // Safe: `frameProblem` checked the kind; the values are checked below, after their translation.
  const upgraded = upgradeOp(
    arrived as Op,
    config.upgrades,
    config.schemaVersion,
  );
  if (upgraded.kind === "rejected")
    return settled(rejected(upgraded.code, upgraded.message), null);

  const { op } = upgraded;
  const rules = ownEntry(config.rules, op.table);
  if (rules === undefined) return settled(rejected("unknown-table"), null);
  const problem = scopeProblem(rules, op) ?? valueProblem(rules, op);
  if (problem !== null) return settled(problem, op.table);
  return {
    kind: "open",
    op: incomingOp(op, rules, now),
    table: op.table,
    scopeId: op.scopeId ?? null,
    clientId: op.clientId,
    group: op.group,
    unknown:
      arrived.schemaVersion === config.schemaVersion
        ? null
        : unknownSince(config.upgrades, op.table, arrived.schemaVersion),
    references: referencesOf(rules, op.fields),
    baseReferences: referencesOf(rules, op.base ?? {}),
  };
}

/** An op that is decided without looking at its row. What is no id is not kept: receipts hold ids, of which they know the length. */
export function settledOp(
  arrived: UncheckedOp,
  verdict: Verdict,
  table: string | null,
): CheckedOp {
  const { opId, scopeId = null, clientId, group } = arrived;
  return {
    kind: "settled",
    opId: isUuid(opId) ? opId : "",
    table,
    scopeId,
    clientId: isUuid(clientId) ? clientId : "",
    group,
    verdict,
  };
}

const kinds: readonly string[] = [
  "create",
  "update",
  "delete",
] satisfies OpKind[];

function frameProblem(op: UncheckedOp): string | null {
  if (!isUuid(op.opId)) return "opId is not a UUID";
  if (!isUuid(op.clientId)) return "clientId is not a UUID";
  if (!kinds.includes(op.kind)) return "kind is none of create, update, delete";
  if (!isHlc(op.edited)) return "edited is not a clock reading";
  if (op.baseStamp !== null && !isStamp(op.baseStamp))
    return "baseStamp is not a stamp";
  if (!Object.values(op.clocks ?? {}).every(isHlc))
    return "clocks holds something else than clock readings";
  if (![op.fields, op.base].every(isWireValue))
    return "fields or base holds what JSON cannot";
  return null;
}

/** What an op has to say of its scope. Whether the user may write there is another question. */
function scopeProblem({ scope }: TableRules, { scopeId }: Op): Verdict | null {
  if (scope === undefined)
    return scopeId === undefined
      ? null
      : rejected("invalid", "scopeId is given, and the table has no scope");
  return isScopeId(scopeId)
    ? null
    : rejected("invalid", `scopeId is missing, or is no id of a ${scope}`);
}

function valueProblem(rules: TableRules, op: Op): Verdict | null {
  if (op.kind === "delete" && Object.keys(op.fields).length > 0)
    return rejected("invalid", "a delete has no fields");
  if (op.kind === "update" && Object.keys(op.fields).length === 0)
    return rejected("invalid", "an update has fields");
  const [problem] =
    op.kind === "delete" ? [] : checkFields(rules, op.fields, op.kind);
  if (problem !== undefined) {
    const code = problem.code === "missing" ? "invalid" : problem.code;
    return rejected(code, `${problem.field} ${problem.message}`);
  }
  if (!isWithin(limits.rowBytes, op.fields)) return rejected("too-large");
  return null;
}

function incomingOp(op: Op, rules: TableRules, now: number): IncomingOp {
  const believed = (values: Fields) =>
    believedTimes(rules, normalizeFields(values), now);
  const fields = believed(op.fields);
  const clamped = (hlc: Hlc) => clampHlc(hlc, now + maxDrift);
  return {
    opId: op.opId,
    kind: op.kind,
    fields: op.kind === "create" ? completeFields(rules, fields) : fields,
    base: op.base === null ? null : believed(op.base),
    baseStamp: op.baseStamp,
    edited: clamped(op.edited),
    clocks: Object.fromEntries(
      Object.entries(op.clocks ?? {}).flatMap(([field, hlc]) =>
        Object.hasOwn(rules.fields, field) ? [[field, clamped(hlc)]] : [],
      ),
    ),
  };
}

function referencesOf(rules: TableRules, fields: Fields): Reference[] {
  return Object.entries(fields).flatMap(([field, clientId]) => {
    const table = ownEntry(rules.fields, field)?.references;
    return table === undefined || typeof clientId !== "string"
      ? []
      : [{ field, table, clientId, key: rowKey(table, clientId) }];
  });
}
