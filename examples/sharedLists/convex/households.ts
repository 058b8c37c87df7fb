import { ConvexError, v } from "convex/values";
import { internal } from "./_generated/api";
import { mutation, type MutationCtx, type QueryCtx } from "./_generated/server";
import { membersOf, removeMember, setMember } from "./syncEngine/members";
import { accessTo } from "./syncScopes";
import { getSyncUser } from "./syncUser";
import { synced } from "./syncWriters";

// Who is in which household: mutations of the app's own, because nobody may decide that on a phone.

const scope = "household";
const invitationDays = 7;
const day = 24 * 60 * 60 * 1000;

/** Makes a household with the caller in it, and returns its `scopeId`. */
export const create = mutation({
  args: { name: v.string(), myName: v.string() },
  returns: v.string(),
  handler: async (ctx, { name, myName }) => {
    const userId = await requireUser(ctx);
    const scopeId = crypto.randomUUID();
    await setMember(ctx, { scope, scopeId, userId, access: "write" });
    await synced(ctx, "households", { scopeId }).insert({ name });
    await synced(ctx, "people", { scopeId }).insert({ name: myName });
    return scopeId;
  },
});

/** Returns a code that takes one person in. */
export const invite = mutation({
  args: {
    scopeId: v.string(),
    access: v.union(v.literal("read"), v.literal("write")),
  },
  returns: v.string(),
  handler: async (ctx, { scopeId, access }) => {
    await requireWriter(ctx, scopeId);
    const code = crypto.randomUUID();
    const validUntil = Date.now() + invitationDays * day;
    await ctx.db.insert("invitations", { code, scopeId, access, validUntil });
    return code;
  },
});

/** Takes the caller in, and returns the `scopeId`. An invitation never takes away what somebody may do already. */
export const join = mutation({
  args: { code: v.string(), myName: v.string() },
  returns: v.string(),
  handler: async (ctx, { code, myName }) => {
    const userId = await requireUser(ctx);
    const invitation = await ctx.db
      .query("invitations")
      .withIndex("by_code", (q) => q.eq("code", code))
      .unique();
    if (invitation === null || invitation.validUntil < Date.now())
      throw new ConvexError("This invitation is not valid any more.");
    await ctx.db.delete("invitations", invitation._id);
    const { scopeId, access } = invitation;
    const before = await accessTo(ctx, userId, scope, scopeId);
    if (before !== "write")
      await setMember(ctx, { scope, scopeId, userId, access });
    if (before === null)
      await synced(ctx, "people", { scopeId }).insert({ name: myName });
    return scopeId;
  },
});

/** Takes somebody out. */
export const takeOut = mutation({
  args: { scopeId: v.string(), userId: v.string() },
  returns: v.null(),
  handler: async (ctx, { scopeId, userId }) => {
    await requireWriter(ctx, scopeId);
    await endMembership(ctx, scopeId, userId);
    return null;
  },
});

/** Takes the caller out. */
export const leave = mutation({
  args: { scopeId: v.string() },
  returns: v.null(),
  handler: async (ctx, { scopeId }) => {
    await endMembership(ctx, scopeId, await requireUser(ctx));
    return null;
  },
});

/** With the last person, the household goes. */
async function endMembership(
  ctx: MutationCtx,
  scopeId: string,
  userId: string,
): Promise<void> {
  await removeMember(ctx, { scope, scopeId, userId });
  const rows = await ctx.db
    .query("people")
    .withIndex("by_person", (q) =>
      q.eq("scopeId", scopeId).eq("userId", userId).eq("deletedAt", null),
    )
    .collect();
  for (const { clientId } of rows)
    await synced(ctx, "people", { scopeId }).remove(clientId);
  const left = await membersOf(ctx, { scope, scopeId });
  if (left.length === 0)
    await ctx.scheduler.runAfter(0, internal.sync.forgetScope, {
      scope,
      scopeId,
    });
}

async function requireUser(ctx: QueryCtx): Promise<string> {
  const userId = await getSyncUser(ctx);
  if (userId === null) throw new ConvexError("Sign in first.");
  return userId;
}

async function requireWriter(ctx: QueryCtx, scopeId: string): Promise<void> {
  const userId = await requireUser(ctx);
  if ((await accessTo(ctx, userId, scope, scopeId)) !== "write")
    throw new ConvexError("You may not do that in this household.");
}
