import type { BackendTarget } from "../../target";
import { convexFiles } from "./files";

/** Convex: functions and tables in the user's own deployment. */
export const convex: BackendTarget = {
  files: convexFiles,
};
