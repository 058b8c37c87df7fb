import type { Store } from "./phone";
import { scopeOf } from "./scopedTables";
import { userIdOf } from "./server";
import type { World } from "./world";

/** What a device pulls with one cursor: a table of the user's own rows, or a table in one scope. */
export interface Feed {
  /** The metadata key of its progress. */
  readonly key: string;
  readonly table: string;
  readonly scopeId: string | null;
  /** Whose its rows are. */
  readonly owner: string;
}

/** The feeds of a database; of tables that people share, those that it has begun. */
export function feedsOf(
  { options }: World,
  { user }: Store,
  metadata: ReadonlyMap<string, string>,
): readonly Feed[] {
  return options.tables.flatMap((table): Feed[] => {
    const own = `table:${table}`;
    if (scopeOf(table) === null) return [{ key: own, table, scopeId: null, owner: userIdOf(user) }];
    return [...metadata.keys()]
      .filter((key) => key.startsWith(`${own}/`))
      .map((key) => {
        const scopeId = key.slice(own.length + 1);
        return { key, table, scopeId, owner: scopeId };
      });
  });
}
