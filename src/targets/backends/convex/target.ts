import type { BackendTarget } from "../../target";
import { convexFiles } from "./files";

/** Convex: functions and tables in the user's own deployment. */
export const convex: BackendTarget = {
  id: "convex",
  title: "Convex",
  capabilities: { commitOrder: true, doorbell: true, serverOnlyFields: true, longestName: 64 },
  files: convexFiles,
};
