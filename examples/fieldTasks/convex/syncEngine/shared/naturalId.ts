// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { canonicalJson } from "./codec";
import { formatUuid, hexBytes } from "./ids";
import type { WireValue } from "./protocol";
import { sha1, utf8 } from "./sha1";

/** The namespace of the ids; random, and the same for every project and version. */
const namespace = "6f1c0f0e-52d3-4c55-9a0b-7d6d3b1f8e24";

/**
 * The id of a row with a natural key (UUID v5): two devices that create the same row give it the same id. `owner` is the
 * id of the scope that the row is in, or else the user's, so that the ids of one tell nothing about another's.
 */
export function naturalId(
  owner: string,
  table: string,
  values: readonly WireValue[],
): string {
  const name = utf8(canonicalJson([owner, table, values]));
  const space = hexBytes(namespace.replace(/-/g, ""));
  const bytes = new Uint8Array(space.length + name.length);
  bytes.set(space);
  bytes.set(name, space.length);
  return formatUuid(sha1(bytes).subarray(0, 16), 5);
}
