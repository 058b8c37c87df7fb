// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import {
  defineTable,
  type DataModelFromSchemaDefinition,
  type GenericDatabaseReader,
  type GenericDatabaseWriter,
  type SchemaDefinition,
} from "convex/server";
import { v } from "convex/values";
import type { SyncMutationContext, SyncQueryContext } from "./context";
import { oneOf } from "./oneOf";
import { scopeAccess } from "./shared/protocol";

/** What a project with scopes has beside the sync's own tables. */
export const syncMemberTables = {
  /** One document a user and scope: written by `setMember` and `removeMember` of `members.ts`. */
  syncMembers: defineTable({
    scope: v.string(),
    scopeId: v.string(),
    userId: v.string(),
    access: oneOf(scopeAccess),
  })
    .index("by_user", ["userId", "scope", "scopeId"])
    .index("by_scope", ["scope", "scopeId", "userId"]),
};

type MemberDataModel = DataModelFromSchemaDefinition<
  SchemaDefinition<typeof syncMemberTables, true>
>;

/** Reads who is a member. */
export type MemberReader = GenericDatabaseReader<MemberDataModel>;
/** Writes it, too. */
export type MemberWriter = GenericDatabaseWriter<MemberDataModel>;

/** What a query reads members with. */
export function memberReader({ db }: SyncQueryContext): MemberReader {
  // Safe: the schema spreads `syncTables`, which hold `syncMemberTables` wherever there are scopes.
  return db as MemberReader;
}

/** What a mutation writes them with. */
export function memberWriter({ db }: SyncMutationContext): MemberWriter {
  // Safe: as in `memberReader`, and only mutations have a scheduler.
  return db as MemberWriter;
}
