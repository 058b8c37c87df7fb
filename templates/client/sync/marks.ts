import { feedKey } from "./feeds";
import type { Head } from "./shared/protocol";

/**
 * What a head says of each feed that it names, by its key: the newest stamp, of which history that is, and what the user
 * may do there. Where this is the same, nothing has changed. Scopes have one, too: not all may have their feeds named.
 */
export function marksOf(head: Head): ReadonlyMap<string, string> {
  const { epoch, stamps, scopes = [] } = head;
  const marks = new Map<string, string>();
  for (const [table, stamp] of Object.entries(stamps))
    marks.set(feedKey(table, null), JSON.stringify([epoch, stamp]));
  for (const { scope, scopeId, access, stamps: own } of scopes) {
    marks.set(`${scope} ${scopeId}`, access);
    for (const [table, stamp] of Object.entries(own))
      marks.set(
        feedKey(table, scopeId),
        JSON.stringify([epoch, stamp, access]),
      );
  }
  return marks;
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
