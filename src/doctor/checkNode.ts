import { satisfies } from "semver";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";

const supportedNode = ">=20.19.0";

/** Whether Node is new enough. */
export function checkNode({ nodeVersion }: Pick<Project, "nodeVersion">): readonly Diagnostic[] {
  if (satisfies(nodeVersion, supportedNode, { includePrerelease: true })) return [];
  return [
    {
      code: "SG520",
      severity: "error",
      message: `Node ${nodeVersion} is too old.`,
      allowed: supportedNode,
      hint: "Install Node 22 or 24; sync-gen, Expo and Convex support both.",
    },
  ];
}
