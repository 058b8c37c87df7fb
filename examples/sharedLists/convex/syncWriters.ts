// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { DataModel } from "./_generated/dataModel";
import { createReader } from "./syncEngine/readers";
import { createWriters } from "./syncEngine/writers";
import { syncPolicies, syncRules } from "./syncTables";
import { getSyncUser } from "./syncUser";

/**
 * Writes synced rows from your own functions, so that devices see the change:
 *
 * ```ts
 * const rows = synced(ctx, "…", { scopeId }); // a table's name
 * const clientId = await rows.insert({ … });
 * await rows.patch(clientId, { … });
 * await rows.remove(clientId);
 * ```
 *
 * Rows of a table with a scope are in the one that you name: `synced(ctx, "…", { scopeId })`.
 * Whether somebody may write there is yours to check, with `accessTo` of syncScopes.ts. A new
 * row says who created it: the signed-in user, or whom you name with `userId`.
 */
export const synced = createWriters<DataModel, typeof syncRules>({
  rules: syncRules,
  policies: syncPolicies,
  user: getSyncUser,
});

/**
 * A document of a synced table as your own queries show it; `null` for one that was deleted:
 *
 * ```ts
 * const userId = await getSyncUser(ctx);
 * if (userId === null) return []; // a query is public: it has to ask who calls
 * const access = await accessTo(ctx, userId, "household", scopeId); // of syncScopes.ts
 * if (access === null) return [];
 * const rows = await ctx.db
 *   .query("…")
 *   .withIndex("by_scope_and_updated", (q) => q.eq("scopeId", scopeId))
 *   .order("desc")
 *   .take(100);
 * return rows.map((row) => readRow("…", row)).filter((row) => row !== null);
 * ```
 *
 * Its fields have the names and the defaults of today, whichever version of the app wrote them.
 */
export const readRow = createReader<DataModel, typeof syncRules>({
  rules: syncRules,
});
