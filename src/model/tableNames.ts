import { camelCase, pascalCase } from "../kernel/text";
import type { TableNames } from "./model";
import { engineHooks, reactHooks } from "./reserved";
import { singular } from "./singular";

/** Every name that is made from a table's; `entity` replaces the singular that is worked out. */
export function tableNames(table: string, entity: string | null): TableNames {
  const one = camelCase(entity ?? singular(table));
  const One = pascalCase(one);
  const Many = pascalCase(table);
  return {
    row: One,
    create: `New${One}`,
    changes: `${One}Changes`,
    entity: one,
    hook: `use${Many}`,
    rowHook: isOtherHook(One, Many) ? `use${One}Row` : `use${One}`,
    upsert: `upsert${One}`,
    remove: `remove${One}`,
    changesSince: `get${One}ChangesSince`,
    all: `getAll${Many}ForUser`,
  };
}

/** `useStaff` gives all of the staff, and `useState` is React's. */
function isOtherHook(one: string, many: string): boolean {
  return [many, ...engineHooks, ...reactHooks].some(
    (name) => name.toLowerCase() === one.toLowerCase(),
  );
}
