import { createRequire } from "node:module";
import type * as Morph from "ts-morph";
import type { EditResult, TextEdit } from "../plan/plan";
import { applySplices, styleOf, type Splice, type TextStyle } from "./textSpans";

// ts-morph takes a fifth of a second to load, and most runs need none of it: their files are already as they should be.
const require = createRequire(import.meta.url);
let loaded: typeof Morph | undefined;

/** ts-morph, loaded at the first call. */
export function morph(): typeof Morph {
  // Safe: the types are those of the very package.
  loaded ??= require("ts-morph") as typeof Morph;
  return loaded;
}

/** A file as parsed, with what an edit of it needs to know. */
export interface Parsed {
  readonly source: Morph.SourceFile;
  readonly text: string;
  readonly style: TextStyle;
}

/** Parses a file; `undefined` when it has syntax errors. */
export function parseSource(path: string, text: string): Parsed | undefined {
  const { Project, ts } = morph();
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, noResolve: true },
  });
  // A .ts file may not hold JSX, a .js file of React Native does: TypeScript parses JSX in both of .js and .jsx.
  const source = project.createSourceFile(`/${path.replace(/^.*\//, "")}`, text);
  const isScript = /\.[cm]?jsx?$/.test(path);
  const errors = project
    .getProgram()
    .getSyntacticDiagnostics(source)
    // In JavaScript files TypeScript also reports Flow-like type annotations, with codes from 8000 on; they parse well.
    .filter((diagnostic) => !isScript || diagnostic.getCode() < 8000);
  return errors.length > 0 ? undefined : { source, text, style: styleOf(text) };
}

/** What a search in a parsed file came to. */
export type Found =
  | { readonly kind: "splices"; readonly splices: readonly Splice[] }
  /** `snippet`: what is pasted into this very file, where the edit's own would not work in it. */
  | { readonly kind: "manual"; readonly reason: string; readonly snippet?: string };

/** No splices: the file already is as it should be. */
export function splices(...found: readonly Splice[]): Found {
  return { kind: "splices", splices: found };
}

/** The file is too strange to edit, for a reason that finishes "… because". */
export function strange(reason: string, snippet?: string): Found {
  return { kind: "manual", reason, ...(snippet === undefined ? {} : { snippet }) };
}

/** What an edit of a source file is made of. */
export interface SourceEdit {
  readonly path: string;
  /** Cheap and certain: true only when the text surely needs no edit. Most runs end here, without parsing. */
  readonly isDone?: (text: string) => boolean;
  /** The file to create where there is none; without it a missing file stays missing. */
  readonly create?: string;
  /** Shown when the file is too strange to edit. */
  readonly snippet: string;
  readonly find: (parsed: Parsed) => Found;
}

/** A `TextEdit` of a TypeScript or JavaScript file: ts-morph finds, text spans write. */
export function sourceEdit(edit: SourceEdit): TextEdit {
  return (text): EditResult => {
    if (text === undefined) {
      return edit.create === undefined
        ? { kind: "unchanged" }
        : { kind: "edited", text: edit.create };
    }
    if (edit.isDone?.(text)) return { kind: "unchanged" };
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const parsed = parseSource(edit.path, text.slice(mark.length));
    const found = parsed ? edit.find(parsed) : strange("it has a syntax error");
    if (found.kind === "manual") {
      return {
        kind: "manual",
        reason: `${edit.path} was left alone because ${found.reason}.`,
        snippet: found.snippet ?? edit.snippet,
      };
    }
    if (found.splices.length === 0) return { kind: "unchanged" };
    return { kind: "edited", text: mark + applySplices(text.slice(mark.length), found.splices) };
  };
}

/** Looks through parentheses, `as`, `satisfies` and `!`. */
export function unwrap(node: Morph.Node): Morph.Node {
  const { Node } = morph();
  let inner = node;
  while (
    Node.isParenthesizedExpression(inner) ||
    Node.isAsExpression(inner) ||
    Node.isSatisfiesExpression(inner) ||
    Node.isNonNullExpression(inner)
  ) {
    inner = inner.getExpression();
  }
  return inner;
}

/** What an expression is in this file: a name of a variable declared here is followed to its value. */
export function valueOf(node: Morph.Node): Morph.Node {
  const { Node } = morph();
  let value = unwrap(node);
  // Bounded, because `const a = b, b = a` would go round for ever.
  for (let hops = 0; hops < 8 && Node.isIdentifier(value); hops += 1) {
    const declared = value
      .getSourceFile()
      .getVariableDeclaration(value.getText())
      ?.getInitializer();
    if (declared === undefined) return value;
    value = unwrap(declared);
  }
  return value;
}
