/** The first three, and how many more there are. */
export function firstFew(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return `${names.slice(0, 3).join(", ")}${more}`;
}

/** The text between double quotes, with quotes, line ends and control characters escaped: for messages and for TypeScript. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (end) =>
    end === "\u2028" ? "\\u2028" : "\\u2029",
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = words.at(-1);
  if (last === undefined) return "";
  if (words.length === 1) return last;
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** `1 table`, `2 tables`; `plural` where adding an s is wrong. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** The candidate that somebody who typed `text` most likely meant; `undefined` when none is near. */
export function closestMatch(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  // One slip in short words, more in long ones; a prefix counts as near ("mobile" for "mobile-wins").
  let best = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let match: string | undefined;
  let prefixed: string | undefined;
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    const distance = editDistance(wanted, lower, best);
    if (distance < best) {
      best = distance;
      match = candidate;
    }
    if (wanted.length > 2 && lower.startsWith(wanted)) prefixed ??= candidate;
  }
  return match ?? prefixed;
}

/** A hint that names the closest candidate, or `undefined`. */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const match = closestMatch(text, candidates);
  return match === undefined ? undefined : `Did you mean ${quote(match)}?`;
}

/** How many letters must be changed, added, dropped or swapped with their neighbour; at most `limit`. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1]
      ) {
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(limit, at(previous, to.length));
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** `Task` for `task`: only the first letter changes. */
export function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `task` for `Task`: only the first letter changes. */
export function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** `OrderItems` for `orderItems` and `order_items`. */
export function pascalCase(identifier: string): string {
  return identifier.split("_").map(upperFirst).join("");
}

/** `orderItems` for `order_items` and `OrderItems`. */
export function camelCase(identifier: string): string {
  return lowerFirst(pascalCase(identifier));
}

/** `due_at` for `dueAt`, `api_url` for `apiURL`. */
export function snakeCase(identifier: string): string {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
