// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { feedKey } from "./feeds";
import type { Head } from "./shared/protocol";

/** Names a scope, or with `null` what can be none. */
interface Name {
  readonly scope: string;
  readonly scopeId: string | null;
}

/**
 * What a head says of each feed that it names, by its key, with the history that it belongs to, and what the user may do
 * there. Where this is the same, nothing has changed. Scopes have one, too: not all may have their feeds named.
 */
export function marksOf(head: Head): ReadonlyMap<string, string> {
  const { epoch, scopes = [] } = head;
  const marks = new Map<string, string>();
  for (const [table, mark] of Object.entries(head.marks))
    marks.set(feedKey(table, null), JSON.stringify([epoch, mark]));
  for (const { scope, scopeId, access, marks: own } of scopes) {
    marks.set(scopeMark({ scope, scopeId }), access);
    for (const [table, mark] of Object.entries(own))
      marks.set(feedKey(table, scopeId), JSON.stringify([epoch, mark, access]));
  }
  return marks;
}

/** The key of what a head says of a scope. */
export function scopeMark({ scope, scopeId }: Name): string {
  return `${scope} ${scopeId}`;
}

/** Whether two heads say the same, so that the second one is no news. */
export function isSameHead(before: Head | null, next: Head): boolean {
  if (before === null) return false;
  const [known, now] = [marksOf(before), marksOf(next)];
  return (
    known.size === now.size &&
    [...now].every(([feed, mark]) => known.get(feed) === mark)
  );
}
