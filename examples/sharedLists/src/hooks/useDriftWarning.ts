// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect } from "react";

/** Whose queries were warned about. */
const warned = new Set<string>();

/** Says once to whoever develops the app what its users would only feel as a slow screen. `name`: a table, or what stands for it. */
export function useDriftWarning(
  { isUnstable }: { readonly isUnstable: boolean },
  name: string,
): void {
  useEffect(() => {
    if (isUnstable) warnOfDrift(name);
  }, [isUnstable, name]);
}

function warnOfDrift(name: string): void {
  const isDevelopment = typeof __DEV__ === "undefined" || __DEV__;
  if (!isDevelopment || warned.has(name)) return;
  warned.add(name);
  console.warn(
    `A query of "${name}" is another one in every render, so it is read again each time. Is Date.now() in its "where"? Round it, or keep it with useMemo.`,
  );
}
