// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import { ConvexClient } from "convex/browser";
import { readAccount } from "./rememberedAccount";
import type { BackgroundConnection } from "./syncInBackground";

/** What Expo puts in place of it when it makes the bundle. */
declare const process: {
  readonly env: { readonly EXPO_PUBLIC_CONVEX_URL?: string };
};

/**
 * Who is signed in when the platform starts the sync in the background, where React does
 * not run and the app's own client has no sign-in; `null` for nobody. The client is closed
 * after each time: it is one of its own.
 *
 * With sign-in, give it the token here, and return `null` where there is none:
 * `convex.setAuth(async () => token)`. An app that gives `OfflineProvider` its `account`
 * reads that one in place of `readAccount`.
 */
export async function connectInBackground(): Promise<BackgroundConnection | null> {
  const account = await readAccount();
  if (account === null) return null;
  const address = process.env.EXPO_PUBLIC_CONVEX_URL;
  if (address === undefined)
    throw new Error("EXPO_PUBLIC_CONVEX_URL is not set.");
  return { account, convex: new ConvexClient(address) };
}
