// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { getConvexSize, type Value } from "convex/values";

/**
 * What one run removes. Of the 16 MiB that Convex lets one mutation read, a document that is deleted takes its size
 * twice, because `delete` reads it again.
 */
const most = { documents: 500, bytes: 4 * 1024 * 1024 };

/** A document that is to go. */
export interface Found<Place> {
  readonly size: number;
  /** Where a run begins that is to find this document first. */
  readonly place: Place;
  readonly remove: () => Promise<void>;
}

/**
 * Removes a bounded part of what is found. Resolves with where the next run begins, which is not the start: Convex goes
 * over what was removed from an index for a while yet. `null` when nothing is left.
 */
export async function removeSome<Place>(
  found: AsyncIterable<Found<Place>>,
): Promise<Place | null> {
  let { documents, bytes } = most;
  for await (const { size, place, remove } of found) {
    if (documents <= 0 || bytes <= 0) return place;
    await remove();
    documents -= 1;
    bytes -= size;
  }
  return null;
}

/** Each of the documents, none of which has to be there any more when the next is asked for. */
export async function* each<Document extends Value, Place>(
  documents: AsyncIterable<Document> | readonly Document[],
  placeOf: (document: Document) => Place,
  remove: (document: Document) => Promise<void>,
): AsyncGenerator<Found<Place>> {
  for await (const document of documents)
    yield {
      size: getConvexSize(document),
      place: placeOf(document),
      remove: () => remove(document),
    };
}
