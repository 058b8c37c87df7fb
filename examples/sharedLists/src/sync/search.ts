// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/**
 * The search for an op that makes the server throw. An op is blamed only when it threw alone, the server then took
 * something else, and the op threw again: a server that fails at everything is waited for, and costs no op.
 */
export interface Search {
  /** How many units the next batch may hold. */
  readonly span: number;
  /** The next batch is an empty one, to see whether the server takes any. */
  readonly isProbing: boolean;
  /** The server took a batch since it last threw at a suspect, in this very cycle. */
  readonly isProven: boolean;
  /** The unit that threw alone. */
  readonly suspect: string | null;
}

/** Nothing is searched for. */
export const noSearch: Search = {
  span: Infinity,
  isProbing: false,
  isProven: false,
  suspect: null,
};

/** A cycle begins: what the server took in an earlier one proves nothing about now. */
export function beginCycle(search: Search): Search {
  return { ...search, isProven: false };
}

/** The server took a batch; the next one may hold more again. */
export function afterAnswer(search: Search): Search {
  const span = search.isProbing ? search.span : search.span * 2;
  return { ...search, span, isProbing: false, isProven: true };
}

/** Whether a batch of `units` at which the server threw is the one to blame, and how to go on. */
export function afterThrow(
  search: Search,
  units: readonly [string, ...string[]],
): { readonly isToBlame: boolean; readonly search: Search } {
  const [unit] = units;
  if (units.length > 1)
    return {
      isToBlame: false,
      search: search.isProven
        ? halved(search, units.length)
        : { ...search, isProbing: true },
    };
  if (search.isProven && search.suspect === unit)
    return { isToBlame: true, search: { ...noSearch, isProven: true } };
  return {
    isToBlame: false,
    search: { ...search, isProbing: true, isProven: false, suspect: unit },
  };
}

/** The search with room for half of `units`. */
export function halved(search: Search, units: number): Search {
  return { ...search, span: Math.ceil(units / 2) };
}
