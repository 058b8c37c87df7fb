import { anyTable } from "./anyTable";
import { serverWith, startMember } from "./members";
import { settle, type Device } from "./world";

/** The scopes of the user at first, and once they are out of the team. */
export const both = { "workspace team": "write", "workspace club": "write" } as const;
export const club = { "workspace club": "write" } as const;

/** What waits when its user is taken out. */
export const shutOut = {
  state: "failed",
  outcome: "rejected",
  code: "no-access",
  message: "You are not in this scope any more.",
};

/** Nothing of what others wrote. */
export const bare = { base: null, baseStamp: null, baseUpdatedAt: null };
export const gone = { fields: null, stamp: null, serverId: null, userId: null };

/** A device with an edit of each kind that it has not sent, in a scope with rows of others. */
export async function unsent() {
  const server = serverWith(both);
  for (const id of ["edited", "deleted", "untouched"])
    server.write("boards", id, { title: `${id} by others` }, "team");
  server.write("boards", "other", { title: "elsewhere" }, "club");
  server.write("cards", "card", { title: "by others", board: "untouched" }, "team");
  const device = await startMember({ server });
  device.setOnline(false);
  const boards = anyTable(device, "boards");
  const created = await boards.create({ scopeId: "team", title: "mine" });
  const edited = await boards.update("edited", { title: "edited by me" });
  const deleted = await boards.remove("deleted");
  return { server, device, boards, created, edited, deleted };
}

/** The device has a connection again. */
export async function comeBack(device: Device): Promise<void> {
  device.setOnline(true);
  await settle();
}
