import { makeFunctionReference } from "convex/server";
import type { ScopeAccess } from "../../templates/shared/protocol";
import type { Chance } from "./chance";
import { scopeIds, scopeOf, type ScopeKind } from "./scopedTables";
import { userIdOf } from "./server";
import { adoptRows } from "./serverCode";
import type { World } from "./world";

/** A scope, and somebody who may be in it. */
export interface Membership {
  readonly user: string;
  readonly scope: ScopeKind;
  readonly scopeId: string;
}

/** The kinds of scope that the run's tables are in. */
export function kindsOf({ options }: World): readonly ScopeKind[] {
  const kinds = options.tables.map(scopeOf).filter((kind) => kind !== null);
  return [...new Set(kinds)];
}

/** The project's own code lets somebody into a scope, or takes them out of it (`null`). Their devices hear of it. */
export async function setAccess(
  world: World,
  { user, scope, scopeId }: Membership,
  access: ScopeAccess | null,
): Promise<void> {
  const userId = userIdOf(user);
  const before = world.memberships.accessTo(userId, scope, scopeId);
  if (before === access) return;
  if (world.stormy) world.count("F25 access changed");
  world.log(
    "web",
    `${user} may ${access ?? "not read"} ${scope} ${scopeId}, was ${String(before)}`,
  );
  await world.server.call(user, "mutation", makeFunctionReference<"mutation">("web:setAccess"), {
    scope,
    scopeId,
    access,
  });
  world.memberships.set(userId, scope, scopeId, access);
  world.ring(user);
}

/** Who is in which scope before anything happens. */
export async function letIn(world: World, chance: Chance): Promise<void> {
  for (const scope of kindsOf(world))
    for (const scopeId of scopeIds[scope])
      for (const user of world.shape.users) {
        const access = chance.pick(["write", "write", "write", "read", null] as const);
        await setAccess(world, { user, scope, scopeId }, access);
      }
}

/** Somebody comes, goes, or may do less or more; sometimes for a moment only. */
export async function changeAccess(world: World, chance: Chance): Promise<void> {
  const kinds = kindsOf(world);
  if (kinds.length === 0) return;
  const scope = chance.pick(kinds);
  const scopeId = chance.pick(scopeIds[scope]);
  if (chance.happens(0.04) && !world.isOff("F26 scope deleted"))
    return deleteSomeScope(world, scope, scopeId, chance);
  const membership = { user: chance.pick(world.shape.users), scope, scopeId };
  const before = world.memberships.accessTo(userIdOf(membership.user), scope, scopeId);
  const next = before === null ? "write" : chance.pick([null, null, "read", "write"] as const);
  await setAccess(world, membership, next);
  if (!chance.happens(0.4)) return;
  const back = chance.pick([before, "write"] as const);
  later(world, chance.below(chance.happens(0.6) ? 400 : 4_000), () =>
    setAccess(world, membership, back),
  );
}

/** The scope is gone with everything in it; mostly one of the same id is made soon after. */
async function deleteSomeScope(
  world: World,
  scope: ScopeKind,
  scopeId: string,
  chance: Chance,
): Promise<void> {
  await deleteScope(world, scope, scopeId);
  if (chance.happens(0.3)) return;
  const delay = chance.below(chance.happens(0.3) ? 300 : 8_000);
  for (const user of world.shape.users)
    if (chance.happens(0.8))
      later(world, delay, () => setAccess(world, { user, scope, scopeId }, "write"));
}

/** The project deletes the scope, with everything in it. */
export async function deleteScope(world: World, scope: ScopeKind, scopeId: string): Promise<void> {
  world.count("F26 scope deleted");
  world.log("web", `deletes ${scope} ${scopeId}`);
  await world.server.forgetScope(scope, scopeId);
  world.memberships.clear(scope, scopeId);
  world.history.forget(scopeId, (table) => scopeOf(table) === scope);
  for (const user of world.shape.users) world.ring(user);
}

/** `task` after `delay` ms, unless the faults have stopped by then. */
function later(world: World, delay: number, task: () => Promise<void>): void {
  world.scheduler.after(delay, () => (world.stormy ? task() : undefined));
}

/** A row goes to another scope of its kind, by the project's own code: it is removed here, and added there. */
export async function moveToOtherScope(world: World, chance: Chance): Promise<void> {
  const rows = [...world.history.rows.values()].filter(
    ({ table, fields }) => fields !== null && table === "cards",
  );
  if (rows.length === 0) return;
  const { owner, clientId } = chance.pick(rows);
  const to = chance.pick(scopeIds.team.filter((id) => id !== owner));
  world.count("F24 server code wrote");
  world.log("web", `moves cards ${clientId} from ${owner} to ${to}`);
  const moveCard = makeFunctionReference<"mutation">("web:moveCard");
  const [user = ""] = world.shape.users;
  await world.server.call(user, "mutation", moveCard, { clientId, from: owner, to });
  await adoptRows(world, "cards");
  for (const name of world.shape.users) world.ring(name);
}
