// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Change sync.config.ts instead; an edit of this file stays with npx sync-gen generate --keep-edits.

const key = "sync_account";

/** Who was signed in last in this browser; `null` for nobody. */
export async function readAccount(): Promise<string | null> {
  return localStorage.getItem(key);
}

/** Keeps the account for the next start; `null` forgets it. */
export async function writeAccount(account: string | null): Promise<void> {
  if (account === null) localStorage.removeItem(key);
  else localStorage.setItem(key, account);
}
