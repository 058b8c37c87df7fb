// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { BackendError } from "./ports";
import {
  opOutcomes,
  pullRefusals,
  pushRefusals,
  scopeAccess,
  type PullReply,
  type PushReply,
  type WireRow,
} from "./shared/protocol";
import { isStamp } from "./shared/stamp";

type Check = (value: unknown) => boolean;

/**
 * The server's answer, when this app knows what it means. A server that is newer than the app may say what the app has
 * never heard of, and what stands between the two anything. Half understood it would do harm: nothing of it is taken,
 * and the call is made again later.
 */
export function understood<Reply>(isKnown: Check, reply: Reply): Reply {
  if (!isKnown(reply)) throw notUnderstood();
  return reply;
}

/** Nobody knows what became of the call, so it costs no op an attempt. */
export function notUnderstood(): BackendError {
  return new BackendError(
    "server",
    "The server's answer is not understood. The app may be too old for it.",
  );
}

const isText: Check = (value) => typeof value === "string";
const isStampText: Check = (value) =>
  typeof value === "string" && isStamp(value);
const isNumber: Check = (value) => Number.isFinite(value);
const isFlag: Check = (value) => typeof value === "boolean";

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

function orAbsent(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function oneOf(words: readonly unknown[]): Check {
  return (value) => words.includes(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Other fields may be there, too. */
function shape(fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  return (value) =>
    isRecord(value) &&
    checks.every(([field, check]) => check(Reflect.get(value, field)));
}

/** One of the shapes, by its `status`. */
function byStatus<Reply extends { readonly status: string }>(
  shapes: Readonly<Record<Reply["status"], Check>>,
): Check {
  const known = new Map<unknown, Check>(Object.entries<Check>(shapes));
  return (value) =>
    isRecord(value) &&
    "status" in value &&
    known.get(value.status)?.(value) === true;
}

const isStampOrNull = orNull(isStampText);
const isNumberOrNull = orNull(isNumber);

/** Written out, because every row of a download runs through here. */
const isRow: Check = (value) => {
  if (!isRecord(value)) return false;
  const row: { readonly [Name in keyof WireRow]?: unknown } = value;
  return (
    isText(row.clientId) &&
    isText(row.serverId) &&
    isStampOrNull(row.stamp) &&
    isText(row.userId) &&
    isNumber(row.createdAt) &&
    isNumber(row.updatedAt) &&
    isNumberOrNull(row.deletedAt) &&
    isRecord(row.fields)
  );
};

const isResult = shape({
  opId: isText,
  outcome: oneOf(opOutcomes),
  // Of any text: a reason that the app does not know is one all the same.
  code: orNull(isText),
  message: orNull(isText),
  row: orNull(isRow),
  isGone: orAbsent(isFlag),
});

/** What `push` answers. */
export const isPushReply = byStatus<PushReply>({
  ok: shape({
    results: listOf(isResult),
    stamp: isStampText,
    serverTime: isNumber,
    epoch: isText,
  }),
  "stale-device": isRecord,
  "stale-epoch": shape({ epoch: isText }),
  refused: shape({
    code: oneOf(pushRefusals),
    retryAfter: orNull(isNumber),
  }),
});

/** What `pull` and `snapshot` answer. */
export const isPullReply = byStatus<PullReply>({
  ok: shape({
    rows: listOf(isRow),
    cursor: isText,
    hasMore: isFlag,
    serverTime: isNumber,
    epoch: isText,
  }),
  resync: shape({ epoch: isText }),
  refused: shape({ code: oneOf(pullRefusals) }),
});

/** What the doorbell brings. */
export const isHead = shape({
  userId: isText,
  epoch: isText,
  marks: isRecord,
  scopes: orAbsent(
    listOf(
      shape({
        scope: isText,
        scopeId: isText,
        access: oneOf(scopeAccess),
        marks: isRecord,
      }),
    ),
  ),
});
