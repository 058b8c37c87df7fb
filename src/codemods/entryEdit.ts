import { posix } from "node:path";
import type * as Morph from "ts-morph";
import { relativeImport } from "../kernel/relativeImport";
import type { TextEdit } from "../plan/plan";
import { addSideEffectImport } from "./importEdit";
import { jsonEdit, keyOf, membersOf } from "./jsonEdit";
import { morph, sourceEdit, splices } from "./syntax";
import { lineEnd, lineStart } from "./textSpans";

/** A module that is run for what it does, as seen from the file that runs it. Paths are relative to the project's root. */
export interface EntryImport {
  /** The file that the app starts with. */
  readonly path: string;
  /** The module, without its ending. */
  readonly module: string;
}

/** Lets the app's entry run a module when the app starts, also without rendering. `create`: what else a new entry runs. */
export function entryEdit(entry: EntryImport, create?: string): TextEdit {
  const { path, module } = entry;
  const line = `import "${relativeImport(folderOf(path), module)}";\n`;
  return sourceEdit({
    path,
    snippet: line,
    ...(create === undefined ? {} : { create: `${line}import "${create}";\n` }),
    find: (parsed) =>
      isRun(parsed.source, entry)
        ? splices()
        : splices(addSideEffectImport(parsed, relativeImport(folderOf(path), module))),
  });
}

/** Takes the import out again: the module is no longer emitted. */
export function entryRemoval(entry: EntryImport): TextEdit {
  return sourceEdit({
    path: entry.path,
    isDone: (text) => !text.includes(posix.basename(entry.module)),
    snippet: `// Remove the import of ${entry.module}: it is no longer emitted.\n`,
    find: ({ source, text }) =>
      splices(
        ...importsOf(source, entry).map((one) => {
          const start = lineStart(text, one.getStart());
          const end = lineEnd(text, one.getEnd());
          const rest = /^(?:\r?\n)?/.exec(text.slice(end))?.[0].length ?? 0;
          return { start, end: end + rest, text: "" };
        }),
      ),
  });
}

/** Lets a `package.json` start the app with a file of its own. */
export function mainEdit(path: string, main: string): TextEdit {
  const member = `"main": ${JSON.stringify(main)}`;
  return jsonEdit({
    path,
    snippet: `{\n  ${member}\n}\n`,
    find: ({ root }) =>
      membersOf(root)
        .filter((one) => keyOf(one) === "main" && one.children?.[1]?.value !== main)
        .map((one) => ({ start: one.offset, end: one.offset + one.length, text: member })),
  });
}

/** True when some file runs the module: by a path or by an alias, whose end is the same. */
function isRun(source: Morph.SourceFile, { path, module }: EntryImport): boolean {
  const { Node } = morph();
  const tail = module.split("/").slice(-2).join("/");
  const isIt = (specifier: string): boolean =>
    leadsTo(specifier, path, module) || specifier.endsWith(`/${tail}`);
  return (
    source.getImportDeclarations().some((one) => isIt(one.getModuleSpecifierValue())) ||
    source.getStatements().some((statement) => {
      const call = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
      if (!Node.isCallExpression(call) || call.getExpression().getText() !== "require")
        return false;
      const [specifier] = call.getArguments();
      return Node.isStringLiteral(specifier) && isIt(specifier.getLiteralText());
    })
  );
}

function importsOf(
  source: Morph.SourceFile,
  { path, module }: EntryImport,
): readonly Morph.ImportDeclaration[] {
  return source
    .getImportDeclarations()
    .filter((one) => leadsTo(one.getModuleSpecifierValue(), path, module));
}

function leadsTo(specifier: string, path: string, module: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const target = posix.join(folderOf(path), specifier.replace(/\.[jt]sx?$/, ""));
  return target === module;
}

function folderOf(path: string): string {
  return path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
}
