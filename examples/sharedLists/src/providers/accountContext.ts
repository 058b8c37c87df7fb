// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createContext } from "react";

/** The account that is shown, and how it is left. */
export interface AccountSession {
  readonly account: string;
  /** Ends the session on this device: the account is not opened again until somebody signs in. */
  leave(): Promise<void>;
}

/** Set by `AccountProvider`. */
export const AccountContext = createContext<AccountSession | null>(null);
