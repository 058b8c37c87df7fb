import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A source file, as the rules see it. */
export interface Source {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  /** Names that are used without being declared in the file or a member of something: `process`, `fetch`. */
  readonly globals: ReadonlySet<string>;
  /** Members that are called on names: `Date.now`, `Math.random`; `new Date()` without arguments is among them. */
  readonly calls: ReadonlySet<string>;
}

export interface Import {
  /** As written: `../kernel/files`, `node:fs`. */
  readonly from: string;
  /** The file that it leads to, when it is one of ours. */
  readonly path: string | null;
  readonly names: readonly string[];
  readonly kind: "value" | "type" | "dynamic";
}

/** What stands beside sources and is for their tests. */
const notShipped = /(\.test|\.d|Fixture)\.tsx?$/;

/** Every source file below a folder that ships: no tests, no links. */
export function readSources(folder: string): readonly Source[] {
  const paths = listFiles(folder).filter((path) => /\.tsx?$/.test(path) && !notShipped.test(path));
  const known = new Set(paths);
  return paths.map((path) => readSource(path, known));
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules" && name !== "cases")
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

function readSource(path: string, known: ReadonlySet<string>): Source {
  const text = readFileSync(join(root, path), "utf8");
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ESNext,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const imports: Import[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  const calls = new Set<string>();
  let hasDefaultExport = false;

  const add = (from: ts.Node, kind: Import["kind"], names: readonly string[]): void => {
    if (ts.isStringLiteral(from))
      imports.push({ from: from.text, path: resolveImport(path, from.text, known), names, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
      const values = named.filter((element) => !element.isTypeOnly);
      const onlyTypes =
        clause?.isTypeOnly === true ||
        (named.length > 0 && values.length === 0 && clause?.name === undefined);
      const namespace = bindings !== undefined && ts.isNamespaceImport(bindings) ? ["*"] : [];
      const names = [
        ...(clause?.name === undefined ? [] : ["default"]),
        ...namespace,
        ...values.map((one) => (one.propertyName ?? one.name).text),
      ];
      add(node.moduleSpecifier, onlyTypes ? "type" : "value", names);
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
      add(node.moduleSpecifier, node.isTypeOnly ? "type" : "value", ["*"]);
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const { expression } = node;
      if (first !== undefined && expression.kind === ts.SyntaxKind.ImportKeyword)
        add(first, "dynamic", []);
      if (first !== undefined && ts.isIdentifier(expression) && expression.text === "require")
        add(first, "dynamic", []);
      if (ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression)) {
        calls.add(`${expression.expression.text}.${expression.name.text}`);
      }
    }
    if (
      ts.isNewExpression(node) &&
      ts.isIdentifier(node.expression) &&
      (node.arguments?.length ?? 0) === 0
    ) {
      calls.add(`new ${node.expression.text}()`);
    }
    if (ts.isExportAssignment(node)) hasDefaultExport = true;
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
    )
      hasDefaultExport = true;
    if (ts.isIdentifier(node))
      (isDeclaration(node) ? declared : isUse(node) ? used : new Set<string>()).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const globals = new Set([...used].filter((name) => !declared.has(name)));
  return { path, lines: text.split("\n").length - 1, imports, hasDefaultExport, globals, calls };
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    "name" in parent &&
    parent.name === node &&
    !ts.isPropertyAccessExpression(parent) &&
    !isMember(parent)
  );
}

function isMember(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node)
  );
}

/** In an expression, and not the name of a member or of a type. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (
    isMember(parent) ||
    ts.isTypeReferenceNode(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeQueryNode(parent)
  )
    return "initializer" in parent && parent.initializer === node;
  return ts.isExpression(node) || ts.isShorthandPropertyAssignment(parent);
}

function resolveImport(importer: string, from: string, known: ReadonlySet<string>): string | null {
  if (!from.startsWith(".")) return null;
  const stem = normalize(join(dirname(importer), from))
    // The links of the templates, which an emitted tree holds copies of.
    .replace(
      /^templates\/(client\/sync|server\/convex\/syncEngine)\/shared\//,
      "templates/shared/",
    );
  return [`${stem}.ts`, `${stem}.tsx`].find((path) => known.has(path)) ?? `${stem}.ts`;
}
