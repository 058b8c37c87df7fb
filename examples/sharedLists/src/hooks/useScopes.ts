// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useMemo, useSyncExternalStore } from "react";
import type { Scope } from "../sync/shared/protocol";
import type { ScopeKind } from "../sync/shared/scopeKind";
import type { LiveScopes } from "../sync/types";
import { useSync } from "./syncContext";

/**
 * The scopes that the user may read, live, each with what they may do there; `scope`: those of one kind. None until the
 * server has told them once; from then on also without a connection.
 */
export function useScopes(scope?: ScopeKind): readonly Scope[] {
  // Safe: a project whose tables have no scope does not get this hook.
  const scopes = useSync().scopes as LiveScopes;
  const all = useSyncExternalStore(scopes.subscribe, scopes.get, scopes.get);
  return useMemo(
    () => (all ?? []).filter((one) => one.scope === (scope ?? one.scope)),
    [all, scope],
  );
}
