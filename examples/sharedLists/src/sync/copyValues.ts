// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Values } from "./registry";

/** No value that can be stored has more levels. */
const mostLevels = 16;

/**
 * The values as they are now. Apps go on with their form as soon as they have sent it, and the database may still be
 * opening. Nothing is checked here: what cannot be stored stays what it is, and is refused later.
 */
export function copyValues<Given extends Values>(values: Given): Given {
  const copies = new Map<object, object>();

  function copy(value: unknown, level: number): unknown {
    if (!isPlain(value) || level > mostLevels) return value;
    const known = copies.get(value);
    if (known) return known;
    const made: object = Array.isArray(value) ? new Array(value.length) : {};
    // Before what it holds: that may be the value itself.
    copies.set(value, made);
    for (const [key, item] of Object.entries(value))
      // Not by assignment, for which `__proto__` is no key like others.
      Object.defineProperty(made, key, {
        value: copy(item, level + 1),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return made;
  }

  const copied: Record<string, unknown> = { ...values };
  for (const field of Object.keys(values))
    copied[field] = copy(copied[field], 1);
  // Safe: the same fields, with copies of the same types.
  return copied as Given;
}

/** Lists and objects without a class: all that can change and be stored. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    Array.isArray(value) ||
    prototype === null ||
    Object.getPrototypeOf(prototype) === null
  );
}
