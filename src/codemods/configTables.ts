import type * as Morph from "ts-morph";
import { importedAs } from "./importEdit";
import { entriesOf, valueOfProperty, type Entry } from "./objectRead";
import { morph, valueOf } from "./syntax";

/** The tables of a `sync.config.ts`, as far as its text shows them. */
export interface ConfigTables {
  /** The literal that new tables go into. */
  readonly object: Morph.ObjectLiteralExpression;
  readonly names: readonly string[];
  /** False when a spread brings in tables that cannot be seen. */
  readonly complete: boolean;
  readonly entries: readonly Entry[];
}

/** The object that `defineSync` is called with, also where it is held in a variable. */
export function findConfig(source: Morph.SourceFile): Morph.ObjectLiteralExpression | undefined {
  const { Node, SyntaxKind } = morph();
  const local = importedAs(source, "defineSync", "sync-gen") ?? "defineSync";
  const calls = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getText().split(".").at(-1) === local);
  const argument = calls.length === 1 ? calls[0]?.getArguments()[0] : undefined;
  const config = argument && valueOf(argument);
  return config && Node.isObjectLiteralExpression(config) ? config : undefined;
}

/** Finds `tables` in the call of `defineSync`, also where the object, or the tables, are held in a variable. */
export function findTables(source: Morph.SourceFile): ConfigTables | undefined {
  const { Node } = morph();
  const config = findConfig(source);
  if (!config) return undefined;
  const object = valueOfProperty(config, "tables");
  if (!object || !Node.isObjectLiteralExpression(object)) return undefined;
  const { entries, complete } = entriesOf(object);
  return { object, entries, complete, names: entries.map((entry) => entry.name) };
}

/** The options of a table: the object in `table({ … })`. */
export function tableOptions(
  tables: ConfigTables,
  name: string,
): Morph.ObjectLiteralExpression | undefined {
  const { Node } = morph();
  const entry = tables.entries.find((one) => one.name === name);
  const call = entry && valueOf(entry.value);
  const argument = call && Node.isCallExpression(call) ? call.getArguments()[0] : undefined;
  const options = argument && valueOf(argument);
  return options && Node.isObjectLiteralExpression(options) ? options : undefined;
}
