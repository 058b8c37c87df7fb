import { useEffect, type ReactNode } from "react";
import { showApp } from "./appSync";

export interface ShownAccountProps {
  readonly children: ReactNode;
}

/** Stands around what shows an account: while it is mounted, background tasks leave the account's database to the app. */
export function ShownAccount({ children }: ShownAccountProps): ReactNode {
  useEffect(showApp, []);
  return children;
}
