import type { Model } from "../model/model";
import { type Change, changesOf } from "../output/changes";

/** What is the user's to do when the first table with a scope comes, or the last one goes. */
export function scopeSteps(
  changes: readonly Change[],
  { server: { out, tests } }: Pick<Model, "server">,
): readonly string[] {
  const created = new Set(changesOf(changes, "create").map(({ path }) => path));
  const scopes = `${out}/syncScopes.ts`;
  const members = `${out}/syncEngine/members`;
  if (changesOf(changes, "delete").some(({ path }) => path === `${members}.ts`))
    return [
      `remove ${scopes}, and what functions and tests of yours do with members: nothing has a scope now`,
    ];
  if (!created.has(scopes)) return [];
  const project = `${out}/syncTests/project.setup.ts`;
  return [
    `members: setMember of ${members}, or memberships of your own in ${scopes}`,
    // Written before there were scopes, and the user's since.
    ...(tests && !created.has(project)
      ? [`setAccess of syncEngine/testing/members.setup in ${project}`]
      : []),
  ];
}
