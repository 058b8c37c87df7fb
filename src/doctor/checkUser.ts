import { usesConvexAuth } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";
import { withoutComments } from "./withoutComments";

/** Whether `syncUser.ts` names a user by what stays the same: with Convex Auth a token is of one session. */
export function checkUser({ files, workspace, config }: Project): readonly Diagnostic[] {
  if (!config || !usesConvexAuth(workspace, config.serverOut)) return [];
  const path = `${config.serverOut}/syncUser.ts`;
  if (!/\btokenIdentifier\b/.test(withoutComments(files.read(path) ?? ""))) return [];
  return [
    {
      code: "SG536",
      severity: "warning",
      message: `${path} names users by tokenIdentifier, which with @convex-dev/auth is another one after every sign-in: nobody finds their rows again.`,
      hint: [
        "Let it say:",
        'import { getAuthUserId } from "@convex-dev/auth/server";',
        'import type { Auth } from "convex/server";',
        "",
        "export async function getSyncUser(ctx: { auth: Auth }): Promise<string | null> {",
        "  return await getAuthUserId(ctx);",
        "}",
        "Rows that are there already belong to the former names: move them before anybody is asked to sign in again.",
      ].join("\n"),
    },
  ];
}
