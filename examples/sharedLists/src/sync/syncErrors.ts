// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { BackendError } from "./ports";
import { ServerRefused } from "./ServerRefused";
import { messageOf } from "./storageErrors";
import { SyncError, type SyncErrorCode } from "./types";

const codeByRefusal = {
  "wrong-user": "wrong-user",
  "rate-limited": "rate-limited",
  "too-large": "refused",
  "schema-too-old": "upgrade-required",
  "schema-too-new": "refused",
} as const satisfies Record<ServerRefused["code"], SyncErrorCode>;

/** What stopped a cycle, as apps see it. Anything unknown came from the database. */
export function asSyncError(cause: unknown): SyncError {
  if (cause instanceof SyncError) return cause;
  return new SyncError(codeOf(cause), messageOf(cause), { cause });
}

function codeOf(cause: unknown): SyncErrorCode {
  if (cause instanceof BackendError) return cause.kind;
  if (cause instanceof ServerRefused) return codeByRefusal[cause.code];
  return "storage";
}
