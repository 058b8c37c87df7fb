// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import { useEffect, useMemo, useState } from "react";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../sync/convexBackend";
import type { Registry } from "../sync/registry";
import { readAccount, rememberAccount } from "./rememberedAccount";

/**
 * Who is signed in, as the server names them; `null` until it is known. The server is asked, and its answer is
 * remembered on the device: without a connection the app opens with the account that it had last.
 *
 * @param given the account when the app knows it: then nobody is asked
 */
export function useAccount(
  registry: Registry,
  convex: ConvexConnection,
  given: string | undefined,
): string | null {
  const [account, setAccount] = useState<string | null>(null);
  const backend = useMemo(
    () => createConvexBackend(registry, convex),
    [registry, convex],
  );

  useEffect(() => {
    if (given !== undefined) return undefined;
    let isCurrent = true;
    readAccount().then(
      (remembered) => {
        if (isCurrent) setAccount((known) => known ?? remembered);
      },
      // As on the first start: the server will say.
      () => undefined,
    );
    const stop = backend.subscribe(
      ({ userId }) => {
        setAccount(userId);
        void keep(userId);
      },
      (error) => {
        // What is on the screen stays: the token may just be renewed. But the next start asks again.
        if (error.kind === "unauthenticated") void keep(null);
      },
    );
    return () => {
      isCurrent = false;
      stop();
    };
  }, [backend, given]);

  return given ?? account;
}

/** An account that cannot be kept is asked for again at the next start. */
async function keep(account: string | null): Promise<void> {
  await rememberAccount(account).catch(() => undefined);
}
