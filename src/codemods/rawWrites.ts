import type * as Morph from "ts-morph";
import type { SourceLocation } from "../kernel/diagnostic";
import { morph, parseSource } from "./syntax";
import { tableOf } from "./tableOfValue";

/** A write to a synced table that goes past the emitted writers, so that no device would hear of it. */
export interface RawWrite {
  readonly table: string;
  /** `insert`, `patch`, `replace` or `delete`. */
  readonly operation: string;
  readonly location: SourceLocation;
}

/**
 * The calls of `ctx.db.insert | patch | replace | delete` in a file of Convex functions that write to one of the tables. A call by id alone counts when
 * the file shows whose id it is: an argument declared as `v.id("tasks")` or typed as `Id<"tasks">`, or a document that was read from the table.
 */
export function findRawWrites(
  path: string,
  text: string,
  tableNames: readonly string[],
): readonly RawWrite[] {
  // Parsing is dear; most files write nothing or name no synced table.
  if (!/\bdb\s*[.?!]+\s*(?:insert|patch|replace|delete)\b/.test(text)) return [];
  if (!tableNames.some((name) => text.includes(name))) return [];
  const source = parseSource(path, text.replace(/^\uFEFF/, ""))?.source;
  if (!source) return [];
  return source
    .getDescendantsOfKind(morph().SyntaxKind.CallExpression)
    .flatMap((call): readonly RawWrite[] => {
      const operation = writeOperation(call);
      const first = call.getArguments()[0];
      const table = operation && first && (literal(first) ?? tableOf(first));
      if (!operation || !table || !tableNames.includes(table)) return [];
      const { line, column } = source.getLineAndColumnAtPos(call.getStart());
      return [{ table, operation, location: { file: path, line, column } }];
    });
}

function writeOperation(call: Morph.CallExpression): string | undefined {
  return /(?:^|\.)db[?!]?\.(insert|patch|replace|delete)$/.exec(
    call.getExpression().getText().replace(/\s+/g, ""),
  )?.[1];
}

function literal(node: Morph.Node | undefined): string | undefined {
  const { Node } = morph();
  return Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)
    ? node.getLiteralText()
    : undefined;
}
