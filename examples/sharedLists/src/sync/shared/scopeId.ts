// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { limits } from "./protocol";

const scopeIdPattern = /^[A-Za-z0-9_-]+$/;

/** What the id of a scope may be, for people. */
export const scopeIdRule = `1 to ${limits.scopeIdLength} of the characters A-Z a-z 0-9 _ -`;

/** True for what can be the id of a scope: of the characters of an id, and no longer than one may be. */
export function isScopeId(text: unknown): text is string {
  return (
    typeof text === "string" &&
    text.length <= limits.scopeIdLength &&
    scopeIdPattern.test(text)
  );
}
