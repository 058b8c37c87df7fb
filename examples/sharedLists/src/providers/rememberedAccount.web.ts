// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

const key = "sync_account";

/** Who was signed in last in this browser; `null` for nobody. */
export function readAccount(): Promise<string | null> {
  return atOnce(() => localStorage.getItem(key));
}

/** Keeps the account for the next start; `null` forgets it. */
export function writeAccount(account: string | null): Promise<void> {
  return atOnce(() => {
    if (account === null) localStorage.removeItem(key);
    else localStorage.setItem(key, account);
  });
}

/** Storage that the browser blocks throws: the promise is rejected. */
function atOnce<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

/** Calls with an account that another tab has forgotten, as with a sign-out there; the result stops it. */
export function watchForgotten(
  onForgotten: (account: string) => void,
): () => void {
  const hear = ({ key: changed, oldValue, newValue }: StorageEvent) => {
    if (changed === key && oldValue !== null && newValue === null)
      onForgotten(oldValue);
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}
