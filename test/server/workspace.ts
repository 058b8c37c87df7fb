import type { FunctionReference, GenericMutationCtx } from "convex/server";
import { removeMember, setMember } from "../../templates/server/convex/syncEngine/members";
import { naturalId } from "../../templates/shared/naturalId";
import type { PullReply, ScopeAccess } from "../../templates/shared/protocol";
import { api } from "./fixture/convex/_generated/api";
import type { DataModel } from "./fixture/convex/_generated/dataModel";
import { deploy, Device, newUuid, page, signIn, userOf, type Deployment } from "./harness";

/** What the project's own functions have. */
export type Context = GenericMutationCtx<DataModel>;

/** Makes somebody a member, or changes what they may do; `null`: they are none any more. */
export async function setAccess(
  deployment: Deployment,
  name: string,
  scopeId: string,
  access: ScopeAccess | null,
  scope = "workspace",
) {
  const member = { scope, scopeId, userId: userOf(name) };
  await deployment.run(async (ctx: Context) =>
    access === null ? removeMember(ctx, member) : setMember(ctx, { ...member, access }),
  );
}

/** A signed-in person and their phone. */
export function person(deployment: Deployment, name: string) {
  const session = signIn(deployment, name);
  return { name, userId: userOf(name), session, phone: new Device(session) };
}

/**
 * The workspace "team": Ana may write there, Bo may read; Cy is in another one, "other", and so is Ana. Ana has made a
 * board with a card in "team".
 */
export async function openWorkspace(options?: Parameters<typeof deploy>[0]) {
  const deployment = deploy(options);
  const [ana, bo, cy] = ["ana", "bo", "cy"].map((name) => person(deployment, name)) as [
    Person,
    Person,
    Person,
  ];
  await setAccess(deployment, "ana", "team", "write");
  await setAccess(deployment, "bo", "team", "read");
  await setAccess(deployment, "cy", "other", "write");
  await setAccess(deployment, "ana", "other", "write");
  const [board, card] = [newUuid(), newUuid()];
  const { stamp } = await ana.phone.push(
    ana.phone.op(boardOp({ clientId: board })),
    ana.phone.op(cardOp(board, { clientId: card })),
  );
  return { deployment, ana, bo, cy, board, card, stamp };
}

export type Person = ReturnType<typeof person>;

type Draft = Parameters<Device["op"]>[0];

/** The create of a board in "team", or what `more` makes of it. */
export function boardOp(more: Partial<Draft> = {}): Draft {
  return { table: "boards", kind: "create", scopeId: "team", fields: { name: "plans" }, ...more };
}

/** The create of a card on a board in "team", or what `more` makes of it. */
export function cardOp(board: string, more: Partial<Draft> = {}): Draft {
  const fields = { title: "buy bulbs", board };
  return { table: "cards", kind: "create", scopeId: "team", fields, ...more };
}

/** The id of the label of a name. */
export const labelOf = (scopeId: string, name: string) => naturalId(scopeId, "labels", [name]);

/** A query of pages of a table in scopes. */
export type ScopedQuery = FunctionReference<
  "query",
  "public",
  { cursor: string | null; limit?: number; scopeId: string },
  PullReply
>;

/** A page of the changes in a scope's cards, or of what another query answers with. */
export async function pullScope(
  { session }: Pick<Person, "session">,
  scopeId: string,
  cursor: string | null = null,
  query: ScopedQuery = api.sync.getCardChangesSince,
): Promise<PullReply> {
  return await session.query(query, { cursor, scopeId });
}

/** All rows of such a page, and where it leaves off. */
export async function pulled(...args: Parameters<typeof pullScope>) {
  const { rows, cursor } = page(await pullScope(...args));
  return { rows, cursor };
}
