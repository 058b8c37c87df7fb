import type { Modules } from "../../../test/loopback/functions";

/** The example's Convex functions, as a deployment has them. */
export const modules: Modules = {
  "../convex/_generated/api.js": () => import("../convex/_generated/api"),
  "../convex/sync.ts": () => import("../convex/sync"),
  "../convex/office.ts": () => import("../convex/office"),
  "../convex/crons.ts": () => import("../convex/crons"),
};
