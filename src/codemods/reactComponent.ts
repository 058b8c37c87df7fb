import type * as Morph from "ts-morph";
import { morph, unwrap } from "./syntax";

type Component = Morph.FunctionDeclaration | Morph.FunctionExpression | Morph.ArrowFunction;

/** The component that a file is about: its default export, looked for through wrappers such as `registerRootComponent(App)` or `Sentry.wrap(App)`. */
export function findComponent(source: Morph.SourceFile): Component | undefined {
  const { Node } = morph();
  const exported =
    source.getFunctions().find((one) => one.isDefaultExport()) ??
    source.getExportAssignment((one) => !one.isExportEquals())?.getExpression();
  if (exported) return asComponent(exported);
  // index.js of an older app: registerRootComponent(App) without an export.
  const registered = source
    .getStatements()
    .flatMap((statement) =>
      Node.isExpressionStatement(statement) ? [statement.getExpression()] : [],
    )
    .find((one) => Node.isCallExpression(one) && /registerRootComponent$/.test(calleeOf(one)));
  return registered && asComponent(registered);
}

function calleeOf(call: Morph.CallExpression): string {
  return call.getExpression().getText();
}

function asComponent(node: Morph.Node, hops = 0): Component | undefined {
  const { Node } = morph();
  const value = unwrap(node);
  if (
    Node.isFunctionDeclaration(value) ||
    Node.isFunctionExpression(value) ||
    Node.isArrowFunction(value)
  ) {
    return value;
  }
  // Bounded, because names may refer to each other in a circle.
  if (hops > 8) return undefined;
  if (Node.isIdentifier(value)) {
    const source = value.getSourceFile();
    const declared =
      source.getFunction(value.getText()) ??
      source.getVariableDeclaration(value.getText())?.getInitializer();
    return declared && asComponent(declared, hops + 1);
  }
  if (!Node.isCallExpression(value)) return undefined;
  const components = value.getArguments().flatMap((one) => asComponent(one, hops + 1) ?? []);
  return components.length === 1 ? components[0] : undefined;
}

/** The JSX that a component returns; `undefined` when it returns several pieces, or none that can be seen. */
export function findRootJsx(component: Component): Morph.Node | undefined {
  const { Node, SyntaxKind } = morph();
  const body = component.getBody();
  if (body === undefined) return undefined;
  const returned = Node.isBlock(body)
    ? body
        .getDescendantsOfKind(SyntaxKind.ReturnStatement)
        .filter((one) => one.getFirstAncestor(Node.isFunctionLikeDeclaration) === component)
        .flatMap((one) => one.getExpression() ?? [])
    : [body];
  const shown = returned.map(unwrap).filter((one) => !isNothing(one));
  const root = shown[0];
  const isJsx =
    Node.isJsxElement(root) || Node.isJsxSelfClosingElement(root) || Node.isJsxFragment(root);
  return shown.length === 1 && isJsx ? root : undefined;
}

function isNothing(node: Morph.Node): boolean {
  return /^(?:null|undefined|false)$/.test(node.getText());
}
