import type { Model, TableModel } from "../../../model/model";
import { joinWords } from "../../../kernel/text";
import { docComment } from "../../../render/docComment";
import { fluid, printLayout } from "../../../render/layout";
import { call, stringLiteral } from "../../../render/literals";

/** What `templates/tables/expoSqlite/hook.ts.hbs` is filled with. */
export interface HookView {
  readonly doc: string;
  readonly declaration: string;
  readonly rowDoc: string;
  readonly rowDeclaration: string;
}

/** The hooks of one table: for rows, and for one row. */
export function hookView(table: TableModel): HookView {
  const writes = table.operations.map(
    (operation) => `\`${operation === "delete" ? "remove" : operation}\``,
  );
  return {
    doc: docComment(
      `Live rows of \`${table.name}\`, and the writes that the table allows: ${joinWords(writes)}.`,
    ),
    declaration: declaration(table.names.hook, "createOfflineHook", table.name),
    rowDoc: docComment(
      `The row of \`${table.name}\` with a \`clientId\`, live; none for \`null\`. The writes are the same.`,
    ),
    rowDeclaration: declaration(table.names.rowHook, "createOfflineRowHook", table.name),
  };
}

function declaration(hook: string, create: string, table: string): string {
  return printLayout([`export const ${hook} =`, fluid(call(create, [stringLiteral(table)])), ";"]);
}

/** What `templates/tables/expoSqlite/useOfflineFirst.ts.hbs` is filled with: a call that this project's tables allow. */
export interface OfflineFirstView {
  readonly example: string;
}

/** The wiring of the hooks, with an example in its doc comment. */
export function offlineFirstView({ tables }: Model): OfflineFirstView {
  const table = tables.find(({ operations }) => operations.includes("create")) ?? tables[0];
  if (table === undefined) return { example: "" };
  const [operation] = table.operations;
  const calls = {
    create: "create({ … })",
    update: "update(clientId, { … })",
    delete: "remove(clientId)",
  };
  return { example: operation === undefined ? "" : `tables.${table.name}.${calls[operation]};` };
}

/** What `templates/tables/expoSqlite/OfflineProvider.tsx.hbs` is filled with. */
export interface OfflineProviderView {
  /** Where the app says who is signed in: `convex/syncUser.ts`. */
  readonly syncUser: string;
  /** Background tasks have to know what the app shows. */
  readonly background: boolean;
}

/** The provider of everything, which tells in its doc comment where accounts get their names. */
export function offlineProviderView({ client, server }: Model): OfflineProviderView {
  return { syncUser: `${server.out}/syncUser.ts`, background: client.background !== null };
}

/** What `templates/tables/expoSqlite/drizzle.config.ts.hbs` is filled with. */
export interface DrizzleConfigView {
  readonly schema: string;
  readonly out: string;
}

/** Where drizzle-kit finds the schema and the migrations, as seen from the app's folder. */
export function drizzleConfigView({ client: { out, appFolder } }: Model): DrizzleConfigView {
  const below = appFolder === "" ? out : out.slice(appFolder.length + 1);
  const base = below === "" ? "." : `./${below}`;
  return {
    schema: setting("schema", `${base}/db/schema.ts`),
    out: setting("out", `${base}/db/migrations`),
  };
}

function setting(name: string, path: string): string {
  const literal = stringLiteral(path);
  const isLong = `  ${name}: ${literal},`.length > 80 && name.length > 4;
  return isLong ? `  ${name}:\n    ${literal},` : `  ${name}: ${literal},`;
}
