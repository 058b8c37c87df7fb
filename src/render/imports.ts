import { group, ifBroken, indent, join, line, printLayout } from "./layout";
import { stringLiteral } from "./literals";

/** One name to import; `as` when it goes by another name here. */
export interface ImportedName {
  readonly name: string;
  readonly as?: string;
  /** Only a type. */
  readonly type?: boolean;
}

/** An `import { … } from` statement, or none where there is nothing to import. Names are sorted as people sort them. */
export function importStatement(from: string, names: readonly ImportedName[]): readonly string[] {
  if (names.length === 0) return [];
  const allTypes = names.every((name) => name.type);
  const specifiers = [...new Map(names.map((name) => [name.as ?? name.name, name])).values()]
    .sort((left, right) => compareNames(left.name, right.name))
    .map(
      ({ name, as, type }) =>
        `${type && !allTypes ? "type " : ""}${as === undefined || as === name ? name : `${name} as ${as}`}`,
    );
  const keyword = allTypes ? "import type" : "import";
  const [only] = specifiers;
  if (only !== undefined && specifiers.length === 1)
    return [`${keyword} { ${only} } from ${stringLiteral(from)};`];
  const list = group([
    "{",
    indent([line, join([",", line], specifiers), ifBroken(",")]),
    line,
    "}",
  ]);
  return [printLayout([`${keyword} `, list, ` from ${stringLiteral(from)};`])];
}

/** Letters first without their case, so that `Task` and `tasks` stand together; the same order everywhere. */
export function compareNames(left: string, right: string): number {
  const plain = compare(left.toLowerCase(), right.toLowerCase());
  return plain === 0 ? compare(left, right) : plain;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
