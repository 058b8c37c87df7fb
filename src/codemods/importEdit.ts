import type * as Morph from "ts-morph";
import { morph, type Parsed } from "./syntax";
import { indentAt, lineEnd, lineStart, quoted, type Splice } from "./textSpans";

/** What a file calls `name` of `module`; `undefined` when it does not import it as a value. */
export function importedAs(
  source: Morph.SourceFile,
  name: string,
  module: string | RegExp,
): string | undefined {
  for (const declaration of source.getImportDeclarations()) {
    if (!fits(declaration.getModuleSpecifierValue(), module) || declaration.isTypeOnly()) continue;
    const found = declaration
      .getNamedImports()
      .find((specifier) => specifier.getName() === name && !specifier.isTypeOnly());
    if (found) return found.getAliasNode()?.getText() ?? name;
  }
  const required = requiredNames(source, module).find((one) => propertyOf(one) === name);
  return required?.getName();
}

/** What a file calls a whole module: `import * as sync`, or `const sync = require(…)`. */
export function importedWhole(
  source: Morph.SourceFile,
  module: string | RegExp,
): string | undefined {
  const { Node } = morph();
  const namespace = source
    .getImportDeclarations()
    .filter((one) => fits(one.getModuleSpecifierValue(), module))
    .flatMap((one) => one.getNamespaceImport() ?? [])[0];
  const required = requires(source, module).find((one) => Node.isIdentifier(one.getNameNode()));
  return namespace?.getText() ?? required?.getName();
}

/** `const … = require("module")` at the top of a CommonJS file. */
function requires(
  source: Morph.SourceFile,
  module: string | RegExp,
): readonly Morph.VariableDeclaration[] {
  const { Node } = morph();
  return source.getVariableDeclarations().filter((one) => {
    const call = one.getInitializer();
    if (!Node.isCallExpression(call) || call.getExpression().getText() !== "require") return false;
    const [specifier] = call.getArguments();
    return Node.isStringLiteral(specifier) && fits(specifier.getLiteralText(), module);
  });
}

function requiredNames(
  source: Morph.SourceFile,
  module: string | RegExp,
): readonly Morph.BindingElement[] {
  const { Node } = morph();
  return requires(source, module).flatMap((one) => {
    const target = one.getNameNode();
    return Node.isObjectBindingPattern(target) ? target.getElements() : [];
  });
}

function propertyOf(element: Morph.BindingElement): string {
  return element.getPropertyNameNode()?.getText() ?? element.getName();
}

/** The splices that import `names` from `module`; none for those already imported. `undefined` when the file uses a name for something else. */
export function addImport(
  { source, text, style }: Parsed,
  names: readonly string[],
  module: string,
): readonly Splice[] | undefined {
  const missing = names.filter((name) => importedAs(source, name, module) !== name);
  if (missing.length === 0) return [];
  if (missing.some((name) => isTaken(source, name))) return undefined;

  const last =
    source
      .getImportDeclarations()
      .filter(
        (one) =>
          fits(one.getModuleSpecifierValue(), module) &&
          !one.isTypeOnly() &&
          one.getNamedImports().length > 0,
      )
      .at(-1)
      ?.getNamedImports()
      .at(-1) ?? requiredNames(source, module).at(-1);
  if (last) {
    const start = last.getStart();
    const isOwnLine = text.slice(lineStart(text, start), start).trim() === "";
    const lead = isOwnLine ? `,${style.lineEnding}${indentAt(text, start)}` : ", ";
    return [
      {
        start: last.getEnd(),
        end: last.getEnd(),
        text: missing.map((name) => lead + name).join(""),
      },
    ];
  }
  return [newImport({ source, text, style }, `{ ${missing.join(", ")} }`, module)];
}

/** The splice that imports a module's default as `name`; `undefined` when the file uses the name for something else. */
export function addDefaultImport(
  parsed: Parsed,
  name: string,
  module: string,
): readonly Splice[] | undefined {
  return isTaken(parsed.source, name) ? undefined : [newImport(parsed, name, module)];
}

/** The splice that imports a module for what it does. */
export function addSideEffectImport(parsed: Parsed, module: string): Splice {
  return newImport(parsed, null, module);
}

/** True when the file declares the name at its top level. */
export function isTaken(source: Morph.SourceFile, name: string): boolean {
  const { Node } = morph();
  return (
    source
      .getImportDeclarations()
      .some(
        (one) =>
          one.getDefaultImport()?.getText() === name ||
          one.getNamespaceImport()?.getText() === name ||
          one
            .getNamedImports()
            .some(
              (specifier) => (specifier.getAliasNode()?.getText() ?? specifier.getName()) === name,
            ),
      ) ||
    source.getVariableDeclaration(name) !== undefined ||
    source
      .getVariableDeclarations()
      .some((one) => patternNames(one.getNameNode()).includes(name)) ||
    source
      .getStatements()
      .some(
        (statement) =>
          (Node.isFunctionDeclaration(statement) ||
            Node.isClassDeclaration(statement) ||
            Node.isEnumDeclaration(statement)) &&
          statement.getName() === name,
      )
  );
}

function patternNames(target: Morph.Node): readonly string[] {
  const { Node } = morph();
  return Node.isObjectBindingPattern(target)
    ? target.getElements().map((one) => one.getName())
    : [];
}

function newImport({ source, text, style }: Parsed, clause: string | null, module: string): Splice {
  const last = source.getImportDeclarations().at(-1);
  const sample = (last ?? source.getStatements()[0])?.getText();
  const end = sample === undefined || sample.endsWith(";") ? ";" : "";
  const from = clause === null ? "" : `${clause} from `;
  const line = `import ${from}${quoted(module, style)}${end}`;
  if (last) {
    const at = lineEnd(text, last.getEnd());
    // Two statements on one line: the rest of the line is not ours to move.
    const rest = text.slice(last.getEnd(), at);
    const place = /^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(rest) ? at : last.getEnd();
    return { start: place, end: place, text: style.lineEnding + line };
  }
  const place = afterPrologue(source);
  const gap = style.lineEnding.repeat(2);
  return place === 0
    ? { start: 0, end: 0, text: line + gap }
    : { start: place, end: place, text: gap + line };
}

/** Offset behind a directive such as "use client", or 0. */
function afterPrologue(source: Morph.SourceFile): number {
  const { Node } = morph();
  const directives = source
    .getStatements()
    .filter((_, index, all) =>
      all
        .slice(0, index + 1)
        .every((it) => Node.isExpressionStatement(it) && Node.isStringLiteral(it.getExpression())),
    );
  return directives.at(-1)?.getEnd() ?? 0;
}

function fits(specifier: string, module: string | RegExp): boolean {
  return typeof module === "string"
    ? specifier.replace(/\.js$/, "") === module.replace(/\.js$/, "")
    : module.test(specifier);
}
