import { setAccess } from "./access";
import type { Chance } from "./chance";
import { Broken } from "./history";
import { readStore } from "./readStore";
import { scopeIds, scopeOf, scopeKinds } from "./scopedTables";
import { userIdOf } from "./server";
import type { Storm } from "./storm";
import type { World } from "./world";

/**
 * An account is deleted, as the docs say how: no token of it is taken any more, the server forgets its user, and its
 * databases are erased, whatever waits in them. The same person signs up again at once.
 */
export async function deleteAccount(
  world: World,
  user: string,
  chance: Chance,
  { backups }: Storm,
): Promise<void> {
  world.count("F27 account deleted");
  world.log("web", `deletes the account of ${user}`);
  const userId = userIdOf(user);
  backups.delete(user);
  for (const phone of world.phones) {
    const store = phone.stores.get(user);
    if (!store) continue;
    // What was counted and not sent counts nowhere.
    for (const { clientId } of readStore(store, world.options.tables, null).queue)
      world.visits.delete(clientId);
    store.isErased = true;
    if (phone.user === user) phone.kill("the account is deleted");
    phone.stores.delete(user);
  }
  await world.server.forgetUser(userId);
  world.memberships.forgetUser(userId);
  world.history.forgetUser(userId);
  await checkForgotten(world, userId);
  for (const name of world.shape.users) world.ring(name);
  for (const scope of scopeKinds)
    for (const scopeId of scopeIds[scope])
      if (chance.happens(0.6))
        world.scheduler.after(chance.below(4_000), () =>
          world.stormy ? setAccess(world, { user, scope, scopeId }, "write") : undefined,
        );
  for (const phone of world.phones) phone.start();
}

/** Nothing names the user any more, but rows that are others', too. */
async function checkForgotten({ server }: World, userId: string): Promise<void> {
  for (const { table, document } of await server.backUp())
    if (document["userId"] === userId && scopeOf(table) === null)
      throw new Broken("I14", `${table} still holds something of ${userId}`);
}
