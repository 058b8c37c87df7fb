// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** Prepared statements by their SQL; the one used longest ago goes first when there are too many. */
export interface StatementCache<Statement> {
  get(sql: string): Statement;
  /** Releases every statement. */
  clear(): void;
}

/** Enough for every statement of the engine on 30 tables, and the live queries of a busy screen. */
const capacity = 200;

/**
 * `prepare` may return a promise; one that fails is not kept, so that the next use prepares anew. `release` is called
 * once for each statement that was kept, by whoever is in need of the room: it does not throw.
 */
export function createStatementCache<Statement>(
  prepare: (sql: string) => Statement,
  release: (statement: Statement) => void,
): StatementCache<Statement> {
  const statements = new Map<string, Statement>();
  return {
    get: (sql) => {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = prepare(sql);
        if (statement instanceof Promise)
          statement.catch(() => statements.delete(sql));
      }
      // A Map keeps insertion order: what was used last moves to the end.
      else statements.delete(sql);
      statements.set(sql, statement);
      if (statements.size > capacity) {
        const [oldest] = statements;
        if (oldest) {
          statements.delete(oldest[0]);
          release(oldest[1]);
        }
      }
      return statement;
    },
    clear: () => {
      for (const statement of statements.values()) release(statement);
      statements.clear();
    },
  };
}
