// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { wholeNumber } from "./earlierApps";
import type { Unknowns } from "./history";
import { equalValues } from "./shared/codec";
import type { CurrentRow, IncomingOp } from "./shared/policy";
import type { Fields } from "./shared/protocol";

/**
 * The op of an app of an earlier version that meets a row, without a say in what that app cannot know: newer fields are
 * what the row says, a stand-in is no value, and a number that it saw rounded is the row's. Otherwise an old app that
 * wins a row as a whole would set every newer field back to its default.
 */
export function withoutUnknown(
  op: IncomingOp,
  { added, standIns, wholeOnly }: Unknowns,
  current: CurrentRow | null,
): IncomingOp {
  if (current === null || current.deleted) return op;
  const isKnown = ([name]: readonly [string, unknown]) => !added.has(name);
  return {
    ...op,
    fields: Object.fromEntries(Object.entries(op.fields).filter(isKnown)),
    base: op.base === null ? null : knownBase(op.base, current.fields),
  };

  function knownBase(base: Fields, theirs: Fields): Fields {
    return Object.fromEntries(
      Object.entries(base).map((entry) => {
        const [name, value] = entry;
        const their = theirs[name] ?? null;
        const standIn = standIns[name];
        const isStandIn =
          their === null &&
          standIn !== undefined &&
          equalValues(value, standIn);
        const isTheirs =
          isStandIn || (wholeOnly.has(name) && wholeNumber(their) === value);
        return isTheirs || !isKnown(entry) ? [name, their] : [name, value];
      }),
    );
  }
}
