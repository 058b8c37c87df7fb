// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import { convexTest } from "convex-test";
import schema from "../schema";
import * as functions from "../sync";
import type { SyncProject } from "../syncEngine/testing/device.setup";
import { syncPolicies, syncRules } from "../syncTables";

/** What the tests of this folder run: your deployment, and two people who sign in to it. */
export const project: SyncProject = {
  rules: syncRules,
  policies: syncPolicies,
  functions,
  // Components that your functions use are registered here, with the function that their docs name.
  open: () => convexTest({ schema, modules, transactionLimits: true }),
  // Where syncUser.ts looks for the user in a table of yours, insert them here first.
  signIn: (deployment, name) =>
    deployment.withIdentity({
      subject: name,
      issuer: "https://issuer.test",
      tokenIdentifier: `https://issuer.test|${name}`,
    }),
  // Where syncScopes.ts reads memberships in tables of yours, `setAccess` here writes them.
};

const modules = {
  "../_generated/api.js": () => import("../_generated/api"),
  "../sync.ts": () => import("../sync"),
};
