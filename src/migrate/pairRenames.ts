/** A name that may say what it was called before. */
export interface Renamable {
  readonly name: string;
  readonly renamedFrom: string | null;
}

/** What became of every old and new name. */
export interface Pairing {
  /** In an order in which the renames can be made one after the other without two things sharing a name. */
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  /** Neither in the old names nor renamed. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** By new name, the old one: renamed or kept. */
  readonly oldNames: ReadonlyMap<string, string>;
  /** `renamedFrom` that names something that is still there under that name, or that somebody else took. */
  readonly contested: readonly Renamable[];
  /** `renamedFrom` that names nothing known, on something that is itself new. */
  readonly unknown: readonly Renamable[];
}

/**
 * Pairs old names with new ones by `renamedFrom`. A rename whose new name is already among the old ones was made by an
 * earlier run and counts for nothing, so `renamedFrom` may stay in the config for ever.
 */
export function pairRenames(oldNames: readonly string[], wanted: readonly Renamable[]): Pairing {
  const old = new Set(oldNames);
  const renames: { from: string; to: string }[] = [];
  const leaving = new Set<string>();
  const contested: Renamable[] = [];

  // A chain (a becomes b, b becomes c) starts at its end: only once b has left can a take its name.
  for (let grown = true; grown;) {
    grown = false;
    for (const { name, renamedFrom } of wanted) {
      if (renamedFrom === null || !old.has(renamedFrom) || leaving.has(renamedFrom)) continue;
      if (renames.some((rename) => rename.to === name) || (old.has(name) && !leaving.has(name)))
        continue;
      renames.push({ from: renamedFrom, to: name });
      leaving.add(renamedFrom);
      grown = true;
    }
  }

  const sourceByTarget = new Map(renames.map((rename) => [rename.to, rename.from]));
  const pairs = new Map<string, string>();
  const unknown: Renamable[] = [];
  for (const item of wanted) {
    const source = sourceByTarget.get(item.name);
    if (source !== undefined) pairs.set(item.name, source);
    else if (old.has(item.name) && !leaving.has(item.name)) pairs.set(item.name, item.name);
    else if (item.renamedFrom !== null)
      (old.has(item.renamedFrom) ? contested : unknown).push(item);
  }
  // Somebody is renamed away from a name that the config goes on using for something else.
  for (const item of wanted) {
    const isTaken = leaving.has(item.name) && !sourceByTarget.has(item.name);
    const taker = isTaken
      ? wanted.find((other) => sourceByTarget.get(other.name) === item.name)
      : undefined;
    if (taker !== undefined && !contested.includes(taker)) contested.push(taker);
  }
  const kept = new Set(pairs.values());
  return {
    renames,
    added: wanted.map((item) => item.name).filter((name) => !pairs.has(name)),
    removed: oldNames.filter((name) => !kept.has(name)),
    oldNames: pairs,
    contested,
    unknown,
  };
}
