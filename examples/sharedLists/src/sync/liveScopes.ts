// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Engine } from "./engine";
import type { LiveScopes } from "./types";

type Scopes = ReturnType<LiveScopes["get"]>;

/** The scopes of the engine's user, for whoever shows them. */
export function createLiveScopes(engine: Engine): LiveScopes {
  let read: Scopes = null;
  let last: Scopes = null;
  return {
    get: () => {
      const scopes = engine.session?.scopes ?? null;
      // A session that was read again has others that say the same.
      if (scopes !== read && JSON.stringify(scopes) !== JSON.stringify(last))
        last = scopes;
      read = scopes;
      return last;
    },
    subscribe: engine.changed.subscribe,
  };
}
