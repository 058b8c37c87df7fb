import type * as Morph from "ts-morph";
import { morph, valueOf } from "./syntax";

/** A property's key as text: `tasks`, `"tasks"` and `["tasks"]` are one. */
export function keyText(name: Morph.Node): string {
  const { Node } = morph();
  if (Node.isComputedPropertyName(name)) return keyText(name.getExpression());
  return Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)
    ? name.getLiteralText()
    : name.getText();
}

/** The value of a property, written out or as a shorthand. */
export function valueOfProperty(
  object: Morph.ObjectLiteralExpression,
  name: string,
): Morph.Node | undefined {
  const { Node } = morph();
  const property = object
    .getProperties()
    .find((one) => !Node.isSpreadAssignment(one) && keyText(one.getNameNode()) === name);
  if (Node.isPropertyAssignment(property)) return valueOf(property.getInitializerOrThrow());
  return Node.isShorthandPropertyAssignment(property) ? valueOf(property.getNameNode()) : undefined;
}

/** One named entry of an object, wherever the file writes it. */
export interface Entry {
  readonly name: string;
  readonly key: Morph.Node;
  readonly value: Morph.Node;
}

/** The named entries of an object literal, with those of objects of the same file that it spreads. */
export interface Entries {
  readonly entries: readonly Entry[];
  /** False when a spread brings in entries that cannot be seen here. */
  readonly complete: boolean;
}

/** Reads the entries of an object literal. */
export function entriesOf(
  object: Morph.ObjectLiteralExpression,
  seen: ReadonlySet<Morph.Node> = new Set(),
): Entries {
  const { Node } = morph();
  const parts = object.getProperties().map((property): Entries => {
    if (Node.isSpreadAssignment(property)) {
      const spread = valueOf(property.getExpression());
      // An object that spreads itself cannot compile, and would go round for ever here.
      return Node.isObjectLiteralExpression(spread) && !seen.has(spread) && spread !== object
        ? entriesOf(spread, new Set([...seen, object]))
        : { entries: [], complete: false };
    }
    const key = property.getNameNode();
    const value = Node.isPropertyAssignment(property) ? property.getInitializerOrThrow() : key;
    return { entries: [{ name: keyText(key), key, value }], complete: true };
  });
  return {
    entries: parts.flatMap((part) => part.entries),
    complete: parts.every((part) => part.complete),
  };
}
