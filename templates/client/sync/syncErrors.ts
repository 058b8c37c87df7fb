import { BackendError } from "./ports";
import { ServerRefused } from "./ServerRefused";
import { messageOf } from "./storageErrors";
import { SyncError } from "./types";

const codeByKind = {
  network: "network",
  unauthenticated: "unauthenticated",
  server: "server",
} as const satisfies Record<BackendError["kind"], SyncError["code"]>;

const codeByRefusal = {
  "wrong-user": "wrong-user",
  "rate-limited": "rate-limited",
  "too-large": "refused",
  "schema-too-old": "upgrade-required",
  "schema-too-new": "refused",
} as const satisfies Record<ServerRefused["code"], SyncError["code"]>;

/** What stopped a cycle, as apps see it. Anything unknown came from the database. */
export function asSyncError(cause: unknown): SyncError {
  if (cause instanceof SyncError) return cause;
  const message = messageOf(cause);
  if (cause instanceof BackendError)
    return new SyncError(codeByKind[cause.kind], message, { cause });
  if (cause instanceof ServerRefused)
    return new SyncError(codeByRefusal[cause.code], message, { cause });
  return new SyncError("storage", message, { cause });
}
