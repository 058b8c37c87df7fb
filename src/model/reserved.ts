function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Words that cannot name a constant in a JavaScript module. */
export const javascriptWords = words(`
  arguments as async await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for from function get if implements import in Infinity instanceof interface let NaN new null of package private
  protected public return set static super switch this throw true try type typeof undefined var void while with yield
`);

/** Names that every object has: looking one up in an object of tables or fields would find what is not there. */
export const objectMembers = words(`
  __proto__ constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__
`);

/** Words that SQLite 3 takes as a name only between quotes (found by trying all of its keywords). */
export const sqlWords = words(`
  add all alter and as autoincrement between case check collate commit constraint create default deferrable delete distinct drop
  else escape except exists foreign from group having if in index insert intersect into is isnull join limit not nothing notnull
  null on or order primary raise references returning select set table then to transaction union unique update using values when
  where
`);

/** TypeScript's own types; a row type of the same name would hide them. */
export const typescriptTypes = words(`
  Array Awaited BigInt Boolean Date Error Exclude Extract Function Infinity Iterable JSON Map Math NaN NonNullable Number Object
  Omit Parameters Partial Pick Promise Readonly ReadonlyArray ReadonlyMap ReadonlySet Record RegExp Required ReturnType Set
  String Symbol Uint8Array WeakMap WeakSet
`);

// What emitted code has for itself; test/golden/reservedNames.test.ts holds each list against it, in both directions.

/** Types that the emitted files which hold row types declare or import themselves. */
export const emittedTypes = words("Registry RowSyncStatus");

/** What `db/schema.ts` imports beside types. */
export const schemaNames = words("index integer real sql sqliteTable text");

/** Hooks of the engine, without their `use`. */
export const engineHooks = words(`
  Conflicts Database DriftWarning Latest LiveQuery NetworkStatus OfflineFirst QueryRows Scopes SignOut Sync SyncIssues SyncSession SyncStatus
`);

/** Hooks of React, without their `use`. */
export const reactHooks = words(`
  ActionState Callback Context DebugValue DeferredValue Effect EffectEvent Id ImperativeHandle InsertionEffect LayoutEffect Memo
  Optimistic Reducer Ref State SyncExternalStore Transition
`);

/** What the emitted `convex/sync.ts` imports or declares beside the functions and fields of the tables. */
export const serverNames = words(`
  accessTo build buildScoped collectArgs collectGarbage createSyncServer forgetScope forgetScopeArgs forgetUser forgetUserArgs getSyncUser
  head headArgs headReply historyOf internalMutation limitChanges listScopes mutation opReply pullArgs pullReply push pushArgs pushReply
  query removeArgs resetRateLimit scopedOpReply scopedPullArgs scopedPullReply scopedRemoveArgs scopedTableFunctions scopedUpsertArgs scopeParts scopes
  server startEpoch syncPolicies syncRules syncUpgrades tableFunctions upsertArgs v
`);

/** Columns that every synced table has on the device. */
export const deviceColumns = words(
  "clientId serverId userId createdAt updatedAt syncStatus changed",
);

/** Columns that every synced table has in Convex; the last two are Convex's own. */
export const serverColumns = words(
  "clientId userId createdAt updatedAt changed deletedAt edited opId clocks upgradedTo _id _creationTime",
);

/** The column that a table with a scope has beside them, on both sides. */
export const scopeColumn = "scopeId";

/** Those of all of them that an index of the table's own may hold. */
export const indexedColumns = words(`userId createdAt updatedAt deletedAt ${scopeColumn}`);

/** Indexes that synced tables have in Convex: without a scope the second, with one the third. */
export const serverIndexes = words(
  "by_client_id by_user_and_updated by_scope_and_updated by_deleted",
);

/** Indexes that every table has in Convex. */
export const convexIndexes = words("by_id by_creation_time");

/** Folders below `client.out` that are emitted. */
export const emittedFolders = words("db sync hooks providers components");

/** Convex's limit for names of tables, fields, indexes and functions. */
export const longestName = 64;
