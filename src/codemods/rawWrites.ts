import type * as Morph from "ts-morph";
import type { SourceLocation } from "../kernel/diagnostic";
import { keyText, valueOfProperty } from "./objectRead";
import { morph, parseSource, unwrap } from "./syntax";

/** A write to a synced table that goes past the emitted writers, so that no device would hear of it. */
export interface RawWrite {
  readonly table: string;
  /** `insert`, `patch`, `replace` or `delete`. */
  readonly operation: string;
  readonly location: SourceLocation;
}

/**
 * The calls of `ctx.db.insert | patch | replace | delete` in a file of Convex functions that write to one of the tables. A call by id alone counts when
 * the file shows whose id it is: an argument declared as `v.id("tasks")`, or a document that was read from the table.
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
      const table = operation && first && (literal(first) ?? tableOfId(first));
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

/** The table that an id, a document or a list of documents belongs to: `args.id`, `task._id`, `id` where `id = task._id`. */
function tableOfId(node: Morph.Node, hops = 0): string | undefined {
  const { Node } = morph();
  const id = unwrap(node);
  // Bounded, because variables may be defined by each other.
  if (hops > 8) return undefined;
  if (Node.isIdentifier(id)) {
    const value = declarationOf(id);
    return tableOfArgument(id, id.getText()) ?? (value && tableOfValue(value, hops + 1));
  }
  if (!Node.isPropertyAccessExpression(id)) return undefined;
  return id.getName() === "_id"
    ? tableOfId(id.getExpression(), hops + 1)
    : tableOfArgument(id, id.getName());
}

/** The table that a value was read from: `await ctx.db.query("tasks")…`, `await ctx.db.get(args.id)`. */
function tableOfValue(value: Morph.Node, hops: number): string | undefined {
  const read = /\bdb\s*\.\s*(?:query|get|normalizeId|insert)\(\s*["'`](\w+)["'`]/.exec(
    value.getText(),
  )?.[1];
  if (read !== undefined) return read;
  const { SyntaxKind } = morph();
  const get = [value, ...value.getDescendants()]
    .map((one) => one.asKind(SyntaxKind.CallExpression))
    .find((call) => call && /\bdb\s*\.\s*get$/.test(call.getExpression().getText()));
  return tableOfId(get?.getArguments()[0] ?? value, hops);
}

/** The table in `args: { name: v.id("tasks") }` of the Convex function around a node. */
function tableOfArgument(node: Morph.Node, name: string): string | undefined {
  const { Node } = morph();
  for (const around of node.getAncestors()) {
    if (!Node.isObjectLiteralExpression(around)) continue;
    const declared = valueOfProperty(around, "args");
    if (!declared || !Node.isObjectLiteralExpression(declared)) continue;
    const argument = declared
      .getProperties()
      .find((one) => !Node.isSpreadAssignment(one) && keyText(one.getNameNode()) === name);
    const found = argument && /\bid\(\s*["'`](\w+)["'`]\s*\)/.exec(argument.getText())?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a variable was given, or what a loop over it runs through. */
function declarationOf(name: Morph.Identifier): Morph.Node | undefined {
  const { Node, SyntaxKind } = morph();
  for (const around of name.getAncestors()) {
    if (Node.isForOfStatement(around)) {
      const variable = around.getInitializer().getFirstDescendantByKind(SyntaxKind.Identifier);
      if (variable?.getText() === name.getText()) return around.getExpression();
    }
    if (!Node.isStatemented(around)) continue;
    const initializer = around.getVariableDeclaration(name.getText())?.getInitializer();
    // A declaration that holds the name itself would be looked for again and again.
    if (initializer && !name.getAncestors().includes(initializer)) return initializer;
  }
  return undefined;
}
