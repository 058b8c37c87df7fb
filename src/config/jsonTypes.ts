import type { Diagnostic } from "../kernel/diagnostic";
import type { SyncConfig } from "./defineSync";
import { findValue, locateInConfig } from "./locate";
import { isPlainObject } from "./reader";
import { closeOfAngle, type Place, type Syntax } from "./syntax";
import { collectType } from "./typeText";
import type { JsonType } from "./vocabulary";

/** Whether a file of the config may hold a type argument: without one, nothing has to be found in it. */
export function usesJsonTypes(text: string): boolean {
  return /\bjson\s*</.test(text);
}

/**
 * The type arguments of all `json<T>()` fields by `table.field`, from the text of the config; a warning for each that cannot be read. `aliases` are
 * those of `CompiledConfig`.
 */
export function findJsonTypes(
  config: SyncConfig,
  syntax: Syntax,
  entryPath: string,
  aliases: ReadonlyMap<string, string>,
): {
  readonly jsonTypes: Readonly<Record<string, JsonType>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const found: [string, JsonType][] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [table, field] of jsonFields(config)) {
    const path = ["tables", table, "fields", field];
    const warn = (reason: string): void => {
      const location = locateInConfig(syntax, entryPath, path);
      diagnostics.push({
        code: "SG107",
        severity: "warning",
        message: `The type of this json field cannot be read: ${reason}. The emitted types say \`unknown\`.`,
        path,
        ...(location === undefined ? {} : { location }),
        hint: "Write json<T>() in the config, with a T that is declared or imported in the same file.",
      });
    };
    const value = findValue(syntax, entryPath, path);
    const call = value && syntax.follow(value);
    if (call === undefined) {
      warn("the field is computed");
      continue;
    }
    const argument = typeArgument(call);
    if (argument === undefined) continue;
    const collected = collectType(argument, aliases);
    if ("reason" in collected) warn(collected.reason);
    else found.push([`${table}.${field}`, collected]);
  }
  return { jsonTypes: Object.fromEntries(found), diagnostics };
}

function jsonFields({ tables }: SyncConfig): readonly (readonly [table: string, field: string])[] {
  if (!isPlainObject(tables)) return [];
  return Object.entries(tables).flatMap(([name, table]) => {
    const fields = isPlainObject(table) ? table["fields"] : undefined;
    if (!isPlainObject(fields)) return [];
    return Object.entries(fields)
      .filter(([, field]) => isPlainObject(field) && field["kind"] === "json")
      .map(([field]) => [name, field] as const);
  });
}

/** The tokens between the angle brackets of `json<…>()` or `sync.json<…>()`; `undefined` where there are none. */
function typeArgument({
  file,
  index,
}: Place):
  { readonly file: Place["file"]; readonly from: number; readonly to: number } | undefined {
  const { list } = file.tokens;
  let at = index;
  while (list[at + 1]?.source === ".") at += 2;
  const to = list[at + 1]?.source === "<" ? closeOfAngle(file.tokens, at + 1) : undefined;
  return to === undefined ? undefined : { file, from: at + 2, to };
}
