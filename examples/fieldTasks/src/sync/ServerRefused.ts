// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { PushRefusal } from "./shared/protocol";

/** The server does not look at what was asked; what was to be sent stays sealed. */
export class ServerRefused extends Error {
  override readonly name = "ServerRefused";

  readonly code: PushRefusal;
  /** Milliseconds to wait, as the server asks. */
  readonly retryAfter: number | null;

  constructor(code: PushRefusal, retryAfter: number | null = null) {
    super(`The server refused: ${code}.`);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
