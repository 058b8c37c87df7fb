import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `_generated` of a Convex folder as `npx convex dev` does, as far as types need it. */
export function writeGeneratedApi(folder: string): void {
  const modules = readdirSync(folder)
    .filter((name) => /^\w+\.ts$/.test(name) && name !== "schema.ts")
    .map((name) => name.slice(0, -".ts".length))
    .sort();
  const isLimited = modules.includes("syncRateLimit");
  const files = {
    "api.d.ts": [
      `import type { ApiFromModules, FilterApi, FunctionReference } from "convex/server";`,
      ...modules.map((name) => `import type * as ${name} from "../${name}";`),
      "",
      `declare const fullApi: ApiFromModules<{ ${modules.map((name) => `${name}: typeof ${name};`).join(" ")} }>;`,
      `export declare const api: FilterApi<typeof fullApi, FunctionReference<any, "public">>;`,
      `export declare const internal: FilterApi<typeof fullApi, FunctionReference<any, "internal">>;`,
      ...(isLimited
        ? [
            "",
            "export declare const components: {",
            `  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;`,
            "};",
          ]
        : []),
      "",
    ].join("\n"),
    "api.js": `import { anyApi, componentsGeneric } from "convex/server";\n\nexport const api = anyApi;\nexport const internal = anyApi;\nexport const components = componentsGeneric();\n`,
    "dataModel.d.ts": [
      `import type { DataModelFromSchemaDefinition, DocumentByName, TableNamesInDataModel } from "convex/server";`,
      `import type schema from "../schema";`,
      "",
      "export type DataModel = DataModelFromSchemaDefinition<typeof schema>;",
      "export type TableNames = TableNamesInDataModel<DataModel>;",
      "export type Doc<TableName extends TableNames> = DocumentByName<DataModel, TableName>;",
      "",
    ].join("\n"),
    "server.d.ts": [
      `import type { ActionBuilder, GenericMutationCtx, GenericQueryCtx, MutationBuilder, QueryBuilder } from "convex/server";`,
      `import type { DataModel } from "./dataModel";`,
      "",
      `export declare const query: QueryBuilder<DataModel, "public">;`,
      `export declare const internalQuery: QueryBuilder<DataModel, "internal">;`,
      `export declare const mutation: MutationBuilder<DataModel, "public">;`,
      `export declare const internalMutation: MutationBuilder<DataModel, "internal">;`,
      `export declare const action: ActionBuilder<DataModel, "public">;`,
      "export type QueryCtx = GenericQueryCtx<DataModel>;",
      "export type MutationCtx = GenericMutationCtx<DataModel>;",
      "",
    ].join("\n"),
    "server.js": [
      "export {",
      "  actionGeneric as action,",
      "  internalMutationGeneric as internalMutation,",
      "  internalQueryGeneric as internalQuery,",
      "  mutationGeneric as mutation,",
      "  queryGeneric as query,",
      `} from "convex/server";`,
      "",
    ].join("\n"),
  };
  mkdirSync(join(folder, "_generated"), { recursive: true });
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, "_generated", name), text);
}
