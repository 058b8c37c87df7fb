import type * as Morph from "ts-morph";
import type { Diagnostic, Outcome, SourceLocation } from "../kernel/diagnostic";
import type { EditResult } from "../plan/plan";
import { fieldText, plainName, tableText, type BuilderName, type TableSpec } from "./configText";
import { findTables, tableOptions, type ConfigTables } from "./configTables";
import type { FieldSpec } from "./fieldSpec";
import { addImport, importedAs, importedWhole, isTaken } from "./importEdit";
import { appendProperty } from "./objectEdit";
import { entriesOf, valueOfProperty } from "./objectRead";
import { morph, parseSource, sourceEdit, splices, strange, type Parsed } from "./syntax";
import { applySplices, type Splice, type TextStyle } from "./textSpans";

/** Adds a table to a `sync.config.ts`, in the user's formatting. An error when the table is there, or refers to one that is not. */
export function addTableToConfig(path: string, text: string, spec: TableSpec): Outcome<EditResult> {
  return edit(path, text, tableSnippet(spec), ({ parsed, tables }) => {
    const problems = [
      ...(tables.names.includes(spec.name)
        ? [
            problem("SG930", `The table "${spec.name}" is already in ${path}.`, {
              hint: `Use "sync-gen add-field ${spec.name} …" to extend it.`,
            }),
          ]
        : []),
      ...spec.fields.flatMap((field) => missingReference(path, tables, field, spec.name)),
    ];
    if (problems.length > 0) return { ok: false, diagnostics: problems };
    const names = ["table", ...spec.fields.map((field) => field.kind)];
    return written(parsed, names, tables.object, (builder, style) =>
      tableText(spec, builder, style, endsInComma(parsed, tables.object)),
    );
  });
}

/** Adds a field to a table of a `sync.config.ts`. An error when there is no such table, the field is there, or refers to a table that is not. */
export function addFieldToConfig(
  path: string,
  text: string,
  table: string,
  field: FieldSpec,
): Outcome<EditResult> {
  const { Node } = morph();
  return edit(path, text, fieldSnippet(field), ({ parsed, tables }) => {
    if (!tables.names.includes(table)) {
      if (!tables.complete) return `the table ${table} is not in a place that can be read`;
      const allowed = tables.names.join(", ");
      return {
        ok: false,
        diagnostics: [problem("SG931", `There is no table "${table}" in ${path}.`, { allowed })],
      };
    }
    const options = tableOptions(tables, table);
    const fields = options && valueOfProperty(options, "fields");
    if (!fields || !Node.isObjectLiteralExpression(fields))
      return `the fields of ${table} are no object literal`;
    const problems = [
      ...(entriesOf(fields).entries.some((entry) => entry.name === field.name)
        ? [problem("SG932", `The table "${table}" already has a field "${field.name}".`, {})]
        : []),
      ...missingReference(path, tables, field, table),
    ];
    if (problems.length > 0) return { ok: false, diagnostics: problems };
    return written(parsed, [field.kind], fields, (builder, style) =>
      fieldText(field, builder, style),
    );
  });
}

/** Adds a table to the object that begins at `place`, in a file that the config imports. */
export function addTableAt(place: SourceLocation, text: string, spec: TableSpec): EditResult {
  const snippet = tableSnippet(spec);
  const names = ["table", ...spec.fields.map((field) => field.kind)];
  return appendAt(
    place,
    text,
    { snippet, names },
    (parsed, object) => (builder, style) =>
      tableText(spec, builder, style, endsInComma(parsed, object)),
  );
}

/** Adds a field to the object that begins at `place`, in a file that the config imports. */
export function addFieldAt(place: SourceLocation, text: string, field: FieldSpec): EditResult {
  const snippet = fieldSnippet(field);
  return appendAt(
    place,
    text,
    { snippet, names: [field.kind] },
    () => (builder, style) => fieldText(field, builder, style),
  );
}

type PropertyText = (
  builder: BuilderName,
  style: TextStyle & { readonly types: boolean },
) => string;

function appendAt(
  { file, line, column }: SourceLocation,
  text: string,
  { snippet, names }: { readonly snippet: string; readonly names: readonly string[] },
  property: (parsed: Parsed, object: Morph.ObjectLiteralExpression) => PropertyText,
): EditResult {
  const { SyntaxKind } = morph();
  return sourceEdit({
    path: file,
    snippet,
    find: (parsed) => {
      const object = parsed.source
        .getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)
        .find((one) => {
          const place = parsed.source.getLineAndColumnAtPos(one.getStart());
          return place.line === line && place.column === column;
        });
      if (object === undefined) return strange(`it has no object at ${line}:${column}`);
      const added = splicesOf(parsed, names, object, property(parsed, object));
      return typeof added === "string" ? strange(added) : splices(...added);
    },
  })(text);
}

/** A table as somebody would paste it. */
export function tableSnippet(spec: TableSpec): string {
  return `${tableText(spec, plainName, doubleQuotes, true)},\n`;
}

/** A field as somebody would paste it. */
export function fieldSnippet(field: FieldSpec): string {
  return `${fieldText(field, plainName, doubleQuotes)},\n`;
}

const doubleQuotes = { quote: '"' } as const;

interface Place {
  readonly parsed: Parsed;
  readonly tables: ConfigTables;
}

/** Text, or why it has to be made by hand, or what the user got wrong. */
type Written = string | Outcome<string>;

function edit(
  path: string,
  text: string,
  snippet: string,
  change: (place: Place) => Written,
): Outcome<EditResult> {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const parsed = parseSource(path, text.slice(mark.length));
  const tables = parsed && findTables(parsed.source);
  const result: Written =
    parsed && tables
      ? change({ parsed, tables })
      : parsed
        ? "it has no defineSync({ tables: { … } }) that can be read"
        : "it has a syntax error";
  if (typeof result === "string") {
    const reason = `${path} was left alone because ${result}.`;
    return { ok: true, value: { kind: "manual", reason, snippet }, diagnostics: [] };
  }
  return result.ok
    ? { ok: true, value: { kind: "edited", text: mark + result.value }, diagnostics: [] }
    : result;
}

function missingReference(
  path: string,
  tables: ConfigTables,
  field: FieldSpec,
  own: string,
): readonly Diagnostic[] {
  const target = field.references;
  if (target === null || target === own || !tables.complete || tables.names.includes(target))
    return [];
  const allowed = [...new Set([...tables.names, own])].join(", ");
  return [
    problem(
      "SG933",
      `The field "${field.name}" refers to a table "${target}" that ${path} does not have.`,
      { allowed },
    ),
  ];
}

function problem(
  code: Diagnostic["code"],
  message: string,
  more: Pick<Diagnostic, "allowed" | "hint">,
): Diagnostic {
  return { code, severity: "error", message, ...more };
}

function written(
  parsed: Parsed,
  names: readonly string[],
  object: Morph.ObjectLiteralExpression,
  property: PropertyText,
): Written {
  const added = splicesOf(parsed, names, object, property);
  if (typeof added === "string") return added;
  return { ok: true, value: applySplices(parsed.text, added), diagnostics: [] };
}

/** What adds a property made of these builders to an object, with their imports; or why that cannot be. */
function splicesOf(
  parsed: Parsed,
  names: readonly string[],
  object: Morph.ObjectLiteralExpression,
  property: PropertyText,
): readonly Splice[] | string {
  const { source, style } = parsed;
  const namespace = importedWhole(source, "sync-gen");
  const unknown = [...new Set(names)].filter(
    (name) => importedAs(source, name, "sync-gen") === undefined,
  );
  const missing = namespace === undefined ? unknown : [];
  const taken = missing.filter((name) => isTaken(source, name));
  if (taken.length > 0) return `it uses the name ${taken.join(" and ")} for something else`;
  const imports = addImport(parsed, missing, "sync-gen") ?? [];
  const builder: BuilderName = (name) =>
    importedAs(source, name, "sync-gen") ??
    (namespace === undefined ? name : `${namespace}.${name}`);
  const types = !/\.[cm]?jsx?$/.test(source.getFilePath());
  const added = appendProperty(parsed, object, property(builder, { ...style, types }));
  return [...imports, ...added];
}

function endsInComma({ text }: Parsed, object: Morph.ObjectLiteralExpression): boolean {
  const last = object.getProperties().at(-1);
  // An empty object shows nothing of the user's habit; commas are what prettier writes.
  if (!last) return true;
  return /^\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*,/.test(
    text.slice(last.getEnd(), object.getEnd()),
  );
}
