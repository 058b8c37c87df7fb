// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** The entries that have a value: an optional argument that was passed as `undefined` counts as not passed. */
export function dropUndefined<Value>(
  values: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) kept[name] = value;
  return kept;
}
