import type { FieldModel, TableModel } from "../../../model/model";
import { docComment } from "../../../render/docComment";
import { importStatement } from "../../../render/imports";
import { group, indent, printLayout, type Layout } from "../../../render/layout";
import { typeAnnotation } from "../../../render/literals";
import { renderTemplate } from "../../../render/renderTemplate";
import { jsonDeclarations, jsonImports } from "../../jsonTypes";
import type { TargetInput } from "../../target";
import { deviceTables, isOnDevice } from "./columns";
import { drizzleImports, drizzleTable } from "./drizzleTable";
import { fieldAnnotation } from "./types";

/** What `templates/tables/expoSqlite/schema.ts.hbs` is filled with. */
export interface SchemaView {
  readonly imports: readonly string[];
  /** Types that json fields need, as the config declares them. */
  readonly declarations: readonly string[];
  /** What `schemaTable.ts.hbs` makes of each table. */
  readonly tables: readonly string[];
}

/** What `templates/tables/expoSqlite/schemaTable.ts.hbs` is filled with. */
export interface SchemaTableView {
  readonly name: string;
  readonly doc: string;
  readonly row: InterfaceView;
  /** `null` where a device does not create rows. */
  readonly create: InterfaceView | null;
  /** `null` where a device does not change rows. */
  readonly changes: InterfaceView | null;
  readonly declaration: string;
}

/** An interface with its members, each with its doc comment. */
export interface InterfaceView {
  readonly name: string;
  readonly members: readonly string[];
}

/** Rows as types, and the Drizzle tables that hold them. */
export function schemaView({ model, library, pieces }: TargetInput): SchemaView {
  const json = model.tables
    .flatMap((table) => table.fields.filter(isOnDevice))
    .flatMap((field) => field.json ?? []);
  const device = deviceTables(model.tables);
  const ofOwn = syncMembers("");
  const ofScopes = syncMembers("Who created the row.");
  return {
    imports: [
      ...drizzleImports(device),
      ...jsonImports(json, `${model.client.out}/db/schema`),
      ...importStatement("../sync/ports", [{ name: "RowSyncStatus", type: true }]),
    ],
    declarations: jsonDeclarations(json),
    tables: model.tables.flatMap((table, index) => {
      const columns = device[index];
      if (columns === undefined) return [];
      // The names of indexes, which no two tables share, are all that a device table owes to others.
      const names = columns.indexes.map(({ name }) => name);
      return pieces.of("schema", table, names, () =>
        renderTemplate(
          library,
          "expoSqlite/schemaTable.ts",
          tableView(
            table,
            drizzleTable(columns, table.fields),
            table.scope === null ? ofOwn : ofScopes,
          ),
        ),
      );
    }),
  };
}

/** True when devices may create rows of the table. */
export function hasCreate(table: TableModel): boolean {
  return table.operations.includes("create");
}

/** Fields that a device's update of this table may carry. */
export function changeableFields(table: TableModel): readonly FieldModel[] {
  if (!table.operations.includes("update")) return [];
  // A row's natural key is what its id is made of.
  return table.fields.filter((field) => isOnDevice(field) && !table.uniqueBy.includes(field.name));
}

/** What every row has beside its own fields. */
interface SyncMembers {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Laid out once for all tables. `userNote`: what the type alone does not say of `userId`. */
function syncMembers(userNote: string): SyncMembers {
  return {
    before: [
      member(
        "clientId",
        typeAnnotation(["string"]),
        "Made on the device that creates the row; never changes. References hold this.",
      ),
      member(
        "serverId",
        typeAnnotation(["string", "null"]),
        "The server's id; `null` until the first push was answered.",
      ),
    ],
    after: [
      member("userId", typeAnnotation(["string"]), userNote),
      member("createdAt", typeAnnotation(["number"]), "Milliseconds since 1970."),
      member("updatedAt", typeAnnotation(["number"]), "Milliseconds since 1970."),
      member("syncStatus", typeAnnotation(["RowSyncStatus"]), ""),
      member(
        "changed",
        typeAnnotation(["string", "null"]),
        "The server version that the row is built on.",
      ),
    ],
  };
}

function tableView(table: TableModel, declaration: string, sync: SyncMembers): SchemaTableView {
  const fields = table.fields.filter(isOnDevice);
  const changes = changeableFields(table);
  const scopeId = scopeMembers(table);
  return {
    name: table.name,
    doc: docComment(
      [table.description, `A row of \`${table.name}\` on this device.`]
        .filter(Boolean)
        .join("\n\n"),
    ),
    row: {
      name: table.names.row,
      members: [
        ...sync.before,
        ...scopeId,
        ...fields.map((field) => fieldMember(field, false)),
        ...sync.after,
      ],
    },
    create: hasCreate(table)
      ? {
          name: table.names.create,
          members: [
            ...scopeId,
            ...fields.map((field) => fieldMember(field, field.optional || field.default !== null)),
          ],
        }
      : null,
    changes:
      changes.length > 0
        ? { name: table.names.changes, members: changes.map((field) => fieldMember(field, true)) }
        : null,
    declaration,
  };
}

function scopeMembers({ scope }: TableModel): readonly string[] {
  if (scope === null) return [];
  const doc = `Which \`${scope}\` the row is in; never changes.`;
  return [member("scopeId", typeAnnotation(["string"]), doc)];
}

function fieldMember(field: FieldModel, omittable: boolean): string {
  const name = omittable ? `${field.name}?` : field.name;
  return member(
    name,
    fieldAnnotation(field),
    [field.description, kindNote(field)].filter(Boolean).join("\n\n"),
  );
}

/** What the type alone does not say of a value. */
function kindNote(field: FieldModel): string {
  if (field.kind === "timestamp") return "Milliseconds since 1970.";
  return field.references === null ? "" : `\`clientId\` of a row of \`${field.references}\`.`;
}

function member(name: string, annotation: Layout, doc: string): string {
  const signature = printLayout(indent(["  ", group([name, annotation, ";"])]));
  return doc === "" ? signature : `${docComment(doc, 2)}\n${signature}`;
}
