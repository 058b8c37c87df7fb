/**
 * Any text, where what is emitted has the scopes that the project's tables name. Not simply `string`: code that has to say
 * so there says so here, too.
 */
export type ScopeKind = string & {};
