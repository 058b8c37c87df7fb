import type { AnyDataModel, GenericMutationCtx } from "convex/server";
import { removeMember, setMember } from "../members";
import type { SetAccess } from "./device.setup";

/** For the members that the sync keeps. Where `syncScopes.ts` reads others, `project.setup.ts` has a `setAccess` for those. */
export const setAccess: SetAccess = async (
  deployment,
  { access, ...member },
) => {
  await deployment.run((ctx: GenericMutationCtx<AnyDataModel>) =>
    access === null
      ? removeMember(ctx, member)
      : setMember(ctx, { ...member, access }),
  );
};
