import { quote } from "../kernel/text";
import { Unbuilt } from "./defineSync";
import type { ConfigPath, Problems } from "./problems";
import {
  describe,
  isPlainObject,
  oneOf,
  readObject,
  readOneOf,
  readRequiredText,
  readText,
  readTexts,
  reportMissing,
  reportType,
  texts,
  type Reader,
} from "./reader";
import { readField } from "./readField";
import type { FieldShape, IndexShape, MergeShape, TableShape } from "./shape";
import { operationNames, policyNames, type OperationName } from "./vocabulary";

const tableOptions = [
  "policy",
  "scope",
  "operations",
  "uniqueBy",
  "indexes",
  "entity",
  "description",
  "renamedFrom",
  "by",
  "deletes",
  "merge",
  "fields",
];

/** The options of one table; `null` when they are no object at all. */
export function readTable(
  name: string,
  value: unknown,
  path: ConfigPath,
  problems: Problems,
): TableShape | null {
  const reader = readObject(value, path, problems, tableOptions);
  if (reader === null) return null;
  if (reader.members["policy"] === undefined) {
    reportMissing(reader, "policy", policyNames.map(quote).join(", "));
  }
  return {
    name,
    policy: readOneOf(reader, "policy", policyNames),
    scope:
      reader.members["scope"] === undefined
        ? null
        : (readRequiredText(reader, "scope", 'what people share the rows by: "workspace"') ?? ""),
    operations: readOperations(reader),
    uniqueBy: readTexts(reader, "uniqueBy") ?? [],
    indexes: readIndexes(reader),
    entity:
      reader.members["entity"] === undefined
        ? null
        : readRequiredText(reader, "entity", "the singular of the table's name"),
    description: readText(reader, "description") ?? "",
    renamedFrom: readText(reader, "renamedFrom"),
    by: readText(reader, "by"),
    deletes: readOneOf(reader, "deletes", ["revive", "win"]),
    merge: readMerge(reader),
    fields: readFields(reader),
  };
}

function readOperations(reader: Reader): readonly OperationName[] | null {
  const value = reader.members["operations"];
  if (value === undefined) return null;
  const path = [...reader.path, "operations"];
  const names = texts(value, path, reader.problems);
  if (names === null) return null;
  return names.flatMap(
    (name, index) => oneOf(name, [...path, index], reader.problems, operationNames) ?? [],
  );
}

function readIndexes(reader: Reader): readonly IndexShape[] {
  const value = reader.members["indexes"];
  if (value === undefined) return [];
  const path = [...reader.path, "indexes"];
  if (!Array.isArray(value)) {
    reportType(value, path, reader.problems, 'a list of indexes: [["status", "dueAt"]]');
    return [];
  }
  const entries: readonly unknown[] = value;
  return entries.flatMap(
    (entry, index) => readIndex(entry, [...path, index], reader.problems) ?? [],
  );
}

function readIndex(value: unknown, path: ConfigPath, problems: Problems): IndexShape | null {
  if (Array.isArray(value)) {
    const fields = texts(value, path, problems);
    return fields === null ? null : { name: null, fields };
  }
  if (!isPlainObject(value)) {
    reportType(
      value,
      path,
      problems,
      'a list of field names, or { name: "by_owner", fields: ["owner"] }',
    );
    return null;
  }
  const reader = readObject(value, path, problems, ["name", "fields"]);
  if (reader === null) return null;
  if (reader.members["fields"] === undefined)
    reportMissing(reader, "fields", "a list of field names");
  const fields = readTexts(reader, "fields");
  return fields === null ? null : { name: readRequiredText(reader, "name", '"by_owner"'), fields };
}

const mergeExample =
  '"./merge/tasks#mergeTasks", or { path: "./merge/tasks", export: "mergeTasks" }';

function readMerge(reader: Reader): MergeShape | null {
  const value = reader.members["merge"];
  const path = [...reader.path, "merge"];
  if (value === undefined) return null;
  if (typeof value === "string") {
    const cut = value.lastIndexOf("#");
    if (cut > 0 && cut < value.length - 1) {
      return { path: value.slice(0, cut), export: value.slice(cut + 1) };
    }
    reader.problems.add(
      "SG234",
      path,
      `${describe(value)} does not name a module and its export.`,
      {
        allowed: mergeExample,
      },
    );
    return null;
  }
  if (!isPlainObject(value)) {
    reportType(value, path, reader.problems, mergeExample);
    return null;
  }
  const merge = readObject(value, path, reader.problems, ["path", "export"]);
  if (merge === null) return null;
  const module = readRequiredText(merge, "path", '"./merge/tasks"');
  const name = readRequiredText(merge, "export", '"mergeTasks"');
  return module === null || name === null ? null : { path: module, export: name };
}

function readFields(reader: Reader): readonly FieldShape[] {
  const value = reader.members["fields"];
  const path = [...reader.path, "fields"];
  if (value === undefined) {
    reportMissing(reader, "fields", "{ title: text() }");
    return [];
  }
  if (!isPlainObject(value)) {
    reportType(value, path, reader.problems, "an object of fields: { title: text() }");
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]) => {
    const data = entry instanceof Unbuilt ? entry.value : entry;
    const field =
      entry instanceof Unbuilt ? null : readField(name, data, [...path, name], reader.problems);
    if (field !== null) return [field];
    reader.problems.add(
      "SG114",
      [...path, name],
      `The field is ${describe(data)}, not made by a field function.`,
      {
        allowed:
          'text(), integer(), real(), boolean(), timestamp(), json(), choice(["…"]), reference("…")',
        hint: typeof data === "function" ? "Call it: text() instead of text." : undefined,
      },
    );
    return [];
  });
}
