import type { Model } from "../model/model";
import { type Change, changesOf } from "../output/changes";
import { aScope } from "../targets/tableRules";

/** What is the user's to do when the first table with a scope comes, or the last one goes. */
export function scopeSteps(
  changes: readonly Change[],
  { server: { out }, tables }: Pick<Model, "server" | "tables">,
): readonly string[] {
  const created = new Set(changesOf(changes, "create").map(({ path }) => path));
  const scopes = `${out}/syncScopes.ts`;
  const members = `${out}/syncEngine/members`;
  if (changesOf(changes, "delete").some(({ path }) => path === `${members}.ts`))
    return [
      `remove ${scopes}, and what functions of yours do with members: nothing has a scope now`,
    ];
  if (!created.has(scopes)) return [];
  return [
    `say who is in a ${aScope({ tables })}: setMember of ${members}, or ${scopes} with memberships of your own`,
  ];
}
