// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { maxDrift } from "./shared/clock";
import type { TableRules } from "./shared/policy";
import type { Fields } from "./shared/protocol";

/**
 * The values of an op, or of its base, with a time that decides a `max-wins` row no further ahead of the server's clock
 * than a device's clock is believed: a phone a year ahead would otherwise hold the row for a year. `now` in ms
 * since 1970.
 */
export function believedTimes(
  rules: TableRules,
  fields: Fields,
  now: number,
): Fields {
  const { by } = rules.options;
  if (by === undefined || rules.fields[by]?.kind !== "timestamp") return fields;
  const time = fields[by];
  const latest = now + maxDrift;
  return typeof time === "number" && time > latest
    ? { ...fields, [by]: latest }
    : fields;
}
