import type { Head } from "../../templates/shared/protocol";
import { tableOfQuery } from "./functionNames";
import { Broken } from "./history";
import { scopeOf } from "./scopedTables";
import { userIdOf } from "./server";
import type { World } from "./world";

/** A page, and what was asked for. */
interface SeenPage {
  readonly asked: { readonly scopeId?: string; readonly limit?: number };
  readonly reply: {
    readonly status: string;
    readonly rows?: readonly {
      readonly userId: string;
      readonly scopeId?: string;
      readonly deletedAt: number | null;
      readonly fields: object;
    }[];
  };
}

/** What the user reads of the server holds nothing that they may not read at that time. */
export function checkReading(
  world: World,
  user: string,
  label: string,
  args: Record<string, unknown>,
  reply: unknown,
): void {
  const userId = userIdOf(user);
  if (label === "head") checkHead(world, userId, reply as Head);
  // Safe: what a device asks, and what it is answered.
  else checkPage(world, userId, tableOfQuery(label), { asked: args, reply } as SeenPage);
}

/** No page holds a row of somebody else, or content of a deleted one (I14), or more rows than were asked for (I18). */
function checkPage(
  { memberships }: World,
  userId: string,
  table: string,
  { asked, reply }: SeenPage,
): void {
  const { rows } = reply;
  if (rows?.some(({ deletedAt, fields }) => deletedAt !== null && Object.keys(fields).length > 0))
    throw new Broken("I14", "a page holds content of a deleted row");
  if (rows && rows.length > Number(asked.limit))
    throw new Broken("I18", `a page of ${String(asked.limit)} rows has ${String(rows.length)}`);
  const scope = scopeOf(table);
  if (scope === null) {
    if (rows?.some((row) => row.userId !== userId || row.scopeId !== undefined))
      throw new Broken("I14", "a page holds a row of somebody else");
    return;
  }
  const { scopeId = "" } = asked;
  const isMember = memberships.accessTo(userId, scope, scopeId) !== null;
  if (isMember !== (reply.status !== "refused"))
    throw new Broken(
      "I14",
      `${userId} ${isMember ? "reads" : "does not read"} ${table} of ${scopeId}, and is answered ${reply.status}`,
    );
  if (rows?.some((row) => row.scopeId !== scopeId))
    throw new Broken("I14", `a page of ${table} of ${scopeId} holds a row of another scope`);
}

/** The head names the scopes that the user may read, and no other (I14). */
function checkHead({ memberships }: World, userId: string, { scopes = [] }: Head): void {
  const textOf = (list: readonly { scope: string; scopeId: string; access: string }[]) =>
    list
      .map(({ scope, scopeId, access }) => `${scope} ${scopeId} ${access}`)
      .sort()
      .join();
  const [named, real] = [textOf(scopes), textOf(memberships.scopesOf(userId))];
  if (named !== real)
    throw new Broken("I14", `the head of ${userId} names ${named}; the scopes are ${real}`);
}
