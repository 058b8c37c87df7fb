import { testRequirements, type Requirement } from "../codemods/packageVersions";
import { inFolder, type WorkspacePackage } from "../config/packages";
import { packageOf, type Workspace } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import { addCommand } from "./installed";

/** What the emitted tests need of a package, by whether its package.json lists it. */
export function testPackages(owner: WorkspacePackage): {
  readonly listed: readonly (Requirement & { readonly owner: WorkspacePackage })[];
  readonly missing: readonly Requirement[];
} {
  const isListed = ({ name }: Requirement): boolean => owner.dependencies[name] !== undefined;
  return {
    listed: testRequirements.filter(isListed).map((one) => ({ ...one, owner })),
    missing: testRequirements.filter((one) => !isListed(one)),
  };
}

/** Whether the package with the Convex functions lists what the emitted tests import. */
export function checkTests(workspace: Workspace, serverOut: string): readonly Diagnostic[] {
  const owner = packageOf(workspace, serverOut);
  const missing = owner === undefined ? [] : testPackages(owner).missing;
  if (owner === undefined || missing.length === 0) return [];
  const names = missing.map(({ name }) => name).join(", ");
  const add = addCommand(
    workspace.packageManager,
    missing.map(({ name, range }) => `${name}@${range}`),
    true,
  );
  const where = owner.folder === "" ? "" : ` in ${owner.folder}`;
  return [
    {
      code: "SG523",
      severity: "warning",
      message: `server.tests asks for tests, and ${inFolder(owner.folder, "package.json")} does not list ${names}, which they import.`,
      hint: `Run \`${add}\`${where}; or \`sync-gen init --with-tests\`, which lists them and sets up vitest.`,
    },
  ];
}
