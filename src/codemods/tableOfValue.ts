import type * as Morph from "ts-morph";
import { keyText, valueOfProperty } from "./objectRead";
import { morph, unwrap } from "./syntax";

/**
 * The Convex table that an id, a document, or a list of them belongs to, as far as the file shows it: by what was read from the database, by the
 * type that is written at a name, or by the validator of an argument. Names are followed to where they are bound: variables, loops, parameters.
 *
 * @example
 * tableOf(node); // "tasks" for `n._id` in `(await ctx.db.query("tasks").collect()).map((n) => ctx.db.delete(n._id))`
 */
export function tableOf(node: Morph.Node, hops = 0): string | undefined {
  const { Node } = morph();
  const value = unwrap(node);
  // Bounded, because variables may be defined by each other.
  if (hops > 12) return undefined;
  if (Node.isIdentifier(value)) return tableOfName(value, hops + 1);
  if (Node.isElementAccessExpression(value)) return tableOf(value.getExpression(), hops + 1);
  if (Node.isAwaitExpression(value)) return tableOf(value.getExpression(), hops + 1);
  if (Node.isCallExpression(value)) return tableOfCall(value, hops + 1);
  if (Node.isConditionalExpression(value))
    return tableOf(value.getWhenTrue(), hops + 1) ?? tableOf(value.getWhenFalse(), hops + 1);
  if (Node.isBinaryExpression(value))
    return tableOf(value.getLeft(), hops + 1) ?? tableOf(value.getRight(), hops + 1);
  if (!Node.isPropertyAccessExpression(value)) return undefined;
  const owner = value.getExpression();
  if (sameMembers.test(value.getName())) return tableOf(owner, hops + 1);
  return tableOfMember(owner, value.getName()) ?? tableOfArgument(value, value.getName());
}

/** `db.query("tasks")`, `db.get(id)`, `tasks.filter(…)`, `Promise.all(ids.map((id) => db.get(id)))`. */
function tableOfCall(call: Morph.CallExpression, hops: number): string | undefined {
  const { Node } = morph();
  const callee = unwrap(call.getExpression());
  const [first] = call.getArguments();
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.getName();
  const receiver = unwrap(callee.getExpression());
  if (/(?:^|\.)db$/.test(receiver.getText())) {
    const named = first && /^["'`](\w+)["'`]$/.exec(first.getText())?.[1];
    return named ?? (method === "get" && first ? tableOf(first, hops) : undefined);
  }
  if (receiver.getText() === "Promise") return first && tableOf(first, hops);
  if (method === "map" || method === "flatMap") return first && tableOfResult(first, hops);
  const isQuery = /\bdb\s*[?!]?\.\s*query\(/.test(receiver.getText());
  return isQuery || sameRows.test(method) ? tableOf(receiver, hops) : undefined;
}

/** Methods of lists that come to what they are called on, or to some of it. */
const sameRows =
  /^(?:filter|slice|splice|concat|reverse|toReversed|sort|toSorted|find|findLast|at|pop|shift|values|entries|flat)$/;
/** Of a document its id, of a page its documents. */
const sameMembers = /^(?:_id|page)$/;

/** What a function that stands in the file gives. */
function tableOfResult(made: Morph.Node, hops: number): string | undefined {
  const { Node, SyntaxKind } = morph();
  if (!Node.isArrowFunction(made) && !Node.isFunctionExpression(made)) return undefined;
  const body = made.getBody();
  if (!Node.isBlock(body)) return tableOf(body, hops);
  const given = body.getDescendantsOfKind(SyntaxKind.ReturnStatement)[0]?.getExpression();
  return given && tableOf(given, hops);
}

function tableOfName(name: Morph.Identifier, hops: number): string | undefined {
  const { Node, SyntaxKind } = morph();
  const text = name.getText();
  for (const around of name.getAncestors()) {
    if (Node.isForOfStatement(around)) {
      const list = around.getInitializer().asKind(SyntaxKind.VariableDeclarationList);
      const variable = list?.getDeclarations()[0];
      const bound = variable && bindingOf(variable.getNameNode(), text);
      if (bound) return tableOfBinding(bound, undefined, around.getExpression(), hops);
    }
    if (Node.isParametered(around)) {
      for (const parameter of around.getParameters()) {
        const bound = bindingOf(parameter.getNameNode(), text);
        if (bound)
          return (
            tableOfBinding(bound, parameter.getTypeNode(), elementsFor(around, parameter), hops) ??
            tableOfArgument(name, bound.member ?? text)
          );
      }
    }
    if (!Node.isStatemented(around)) continue;
    for (const variable of around.getVariableDeclarations()) {
      const bound = bindingOf(variable.getNameNode(), text);
      const made = variable.getInitializer();
      // A declaration that holds the name itself would be looked for again and again.
      if (bound && !(made && name.getAncestors().includes(made)))
        return tableOfBinding(bound, variable.getTypeNode(), made, hops);
    }
  }
  return undefined;
}

/** How a name is bound: as the whole value or an element of it, or as a member of it. */
interface Binding {
  readonly member: string | undefined;
}

function bindingOf(target: Morph.Node, name: string): Binding | undefined {
  const { Node } = morph();
  if (Node.isIdentifier(target))
    return target.getText() === name ? { member: undefined } : undefined;
  if (Node.isArrayBindingPattern(target))
    return target.getElements().some((one) => Node.isBindingElement(one) && one.getName() === name)
      ? { member: undefined }
      : undefined;
  if (!Node.isObjectBindingPattern(target)) return undefined;
  const element = target.getElements().find((one) => one.getName() === name);
  if (element === undefined) return undefined;
  return { member: keyText(element.getPropertyNameNode() ?? element.getNameNode()) };
}

function tableOfBinding(
  { member }: Binding,
  type: Morph.TypeNode | undefined,
  value: Morph.Node | undefined,
  hops: number,
): string | undefined {
  if (member !== undefined && !sameMembers.test(member))
    return type && tableOfTypedMember(type, member);
  return (type && tableOfType(type)) ?? (value && tableOf(value, hops));
}

/** What the first parameter of a callback stands for: the elements of `tasks` in `tasks.map((task) => …)`, of `list` in `asyncMap(list, …)`. */
function elementsFor(
  made: Morph.Node,
  parameter: Morph.ParameterDeclaration,
): Morph.Node | undefined {
  const { Node } = morph();
  const call = made.getParent();
  if (!Node.isCallExpression(call) || parameter.getChildIndex() !== 0) return undefined;
  const [first] = call.getArguments();
  if (first !== made) return first;
  const callee = unwrap(call.getExpression());
  return Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
}

/** `Id<"tasks">`, `Doc<"tasks"> | null`, `readonly Doc<"tasks">[]`, `Array<Id<"tasks">>`. */
function tableOfType(type: Morph.TypeNode): string | undefined {
  const text = type.getText().replace(/\s+/g, "");
  const pattern =
    /^(?:readonly|(?:Readonly)?(?:Array|Set)<|\()*(?:\w+\.)*(?:Generic)?(?:Id|Doc)<["'`](\w+)["'`]>(?:\)|>|\[\]|\|null|\|undefined)*$/;
  return pattern.exec(text)?.[1];
}

/** A member of an object type that is written at the name, or declared in the same file. */
function tableOfTypedMember(type: Morph.TypeNode, member: string): string | undefined {
  const { Node } = morph();
  const source = type.getSourceFile();
  const name = Node.isTypeReference(type) ? type.getTypeName().getText() : undefined;
  const declared =
    name === undefined
      ? type
      : (source.getInterface(name) ?? source.getTypeAlias(name)?.getTypeNode());
  if (!Node.isTypeLiteral(declared) && !Node.isInterfaceDeclaration(declared)) return undefined;
  const found = declared.getProperty(member)?.getTypeNode();
  return found && tableOfType(found);
}

/** `args.id`, where the parameter `args` has a type that says what `id` is. */
function tableOfMember(owner: Morph.Node, member: string): string | undefined {
  const { Node } = morph();
  const name = unwrap(owner);
  if (!Node.isIdentifier(name)) return undefined;
  for (const around of name.getAncestors()) {
    if (!Node.isParametered(around)) continue;
    const parameter = around.getParameters().find((one) => one.getName() === name.getText());
    if (parameter) {
      const type = parameter.getTypeNode();
      return type && tableOfTypedMember(type, member);
    }
  }
  return undefined;
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
