import type { Head, ScopeAccess } from "../shared/protocol";

/** What a user is told that they may do in a scope; `null`: they are not in it. */
export function accessTold(
  { scopes = [] }: Head,
  scope: string | undefined,
  scopeId: string | null,
): ScopeAccess | null {
  const told = scopes.find(
    (found) => found.scope === scope && found.scopeId === scopeId,
  );
  return told?.access ?? null;
}

/** Throws where `setAccess` did not let a user in: else every test would fail, and none of them would say why. */
export function checkLetIn(head: Head, scope: string, scopeId: string): void {
  if (accessTold(head, scope, scopeId) === "write") return;
  throw new Error(
    `\`listScopes\` of syncScopes.ts does not say that ${head.userId ?? "nobody"} may write in the ${scope} "${scopeId}". ` +
      "Where it reads tables of yours, give `project` of syncTests/project.setup.ts a `setAccess` that writes there.",
  );
}
