import type { AnyDataModel, GenericMutationCtx } from "convex/server";
import { removeMember, setMember } from "../members";
import type { ScopeKind } from "../shared/scopeKind";
import type { SetAccess } from "./device.setup";

/** For the members that the sync keeps. A `setAccess` in `project.setup.ts` stands instead of it: for those of your own. */
export const setAccess: SetAccess = async (
  deployment,
  { access, ...named },
) => {
  // Safe: tests name the scope of a table.
  const member = { ...named, scope: named.scope as ScopeKind };
  await deployment.run((ctx: GenericMutationCtx<AnyDataModel>) =>
    access === null
      ? removeMember(ctx, member)
      : setMember(ctx, { ...member, access }),
  );
};
