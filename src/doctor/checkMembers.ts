import type { Diagnostic } from "../kernel/diagnostic";
import { convexFiles } from "./checkWrites";
import type { Project } from "./diagnoseProject";
import { withoutComments } from "./withoutComments";

/** Whether anything makes members of scopes, where tables have one: until somebody is a member, every row there is nobody's to read. */
export function checkMembers({ files, config, emitted }: Project): readonly Diagnostic[] {
  if (!config) return [];
  const { serverOut } = config;
  const engine = `${serverOut}/syncEngine/members`;
  if (!emitted.has(`${engine}.ts`)) return [];
  const textOf = (path: string): string => withoutComments(files.read(path) ?? "");
  // Memberships may be read from tables of the user's own.
  const syncScopes = `${serverOut}/syncScopes.ts`;
  if (!/\bscopesOfMember\b/.test(textOf(syncScopes))) return [];
  const own = convexFiles(files, serverOut).filter((path) => !emitted.has(path));
  if (own.some((path) => /\bsetMember\b/.test(textOf(path)))) return [];
  return [
    {
      code: "SG539",
      severity: "warning",
      message: `No function in ${serverOut} calls setMember: nobody is in any scope, so that devices get no row of one and every edit there is refused.`,
      hint: `Call it in the mutation that makes a scope, and where people join: \`await setMember(ctx, { scope, scopeId, userId, access: "write" })\` of ${engine}. Or let ${syncScopes} read the memberships that your own tables hold.`,
    },
  ];
}
