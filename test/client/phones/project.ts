import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import {
  defineSchema,
  internalMutationGeneric,
  makeFunctionReference,
  mutationGeneric,
  queryGeneric,
} from "convex/server";
import { v, type PropertyValidators } from "convex/values";
import { syncMetadata, syncQueue } from "../../../templates/client/db/syncTables";
import {
  defineTable,
  type PageReference,
  type Registry,
} from "../../../templates/client/sync/registry";
import { tableFunctions } from "../../../templates/server/convex/syncEngine/functions";
import {
  accessOfMember,
  removeMember,
  scopesOfMember,
  setMember,
  syncMemberTables,
} from "../../../templates/server/convex/syncEngine/members";
import { scopedTableFunctions } from "../../../templates/server/convex/syncEngine/scopedFunctions";
import { scopedTable } from "../../../templates/server/convex/syncEngine/scopedTable";
import {
  scopedPullArgs,
  scopedPullReply,
} from "../../../templates/server/convex/syncEngine/scopedValidators";
import { scopeParts as serverScopeParts } from "../../../templates/server/convex/syncEngine/scopes";
import { createSyncServer } from "../../../templates/server/convex/syncEngine/server";
import {
  json,
  syncedTable,
  syncSystemTables,
} from "../../../templates/server/convex/syncEngine/tables";
import {
  headArgs,
  headReply,
  pullArgs,
  pullReply,
  pushArgs,
  pushReply,
} from "../../../templates/server/convex/syncEngine/validators";
import { resolveOp } from "../../../templates/client/sync/resolveOp";
import { scopeParts } from "../../../templates/client/sync/scopes";
import { naturalId } from "../../../templates/shared/naturalId";
import type { FieldRules, Policy, TableRules } from "../../../templates/shared/policy";
import { getSyncUser } from "../../server/fixture/convex/syncUser";
import { loadProject, type LightProject } from "../../standins/lightConvex/deployment";
import { migrationsOf } from "../fixture/migrations";
import { syncColumns } from "../fixture/syncColumns";

/** A table as a test wants it: any policy, any fields. */
export interface PhoneTable extends Partial<Omit<TableRules, "name">> {
  readonly policy: Policy;
  readonly fields: TableRules["fields"];
}

export type PhoneTables = Readonly<Record<string, PhoneTable>>;

/** What the generator writes for some tables: the app's part of it. */
export function appOf(tables: PhoneTables) {
  const page = (which: string, name: string): PageReference =>
    makeFunctionReference(`sync:${which}_${name}`);
  const registry: Registry = {
    schemaVersion: 1,
    upgrades: null,
    naturalId,
    resolveOp,
    scopes: hasScopes(tables) ? scopeParts : null,
    remote: {
      push: makeFunctionReference("sync:push"),
      head: makeFunctionReference("sync:head"),
    },
    tables: Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [
        name,
        defineTable({
          name,
          sqlite: sqliteOf(name, table),
          policy: table.policy,
          rules: rulesOf(name, table),
          deviceFields: {},
          remote: { changesSince: page("changes", name), all: page("all", name) },
        }),
      ]),
    ),
  };
  const own = Object.entries(tables).map(([name, table]) => sqliteOf(name, table));
  return { registry, migrations: migrationsOf([syncQueue, syncMetadata, ...own]) };
}

/** The same for the server: its schema, and the functions that phones call. */
export function serverOf(tables: PhoneTables): LightProject {
  const named = Object.entries(tables);
  const server = createSyncServer({
    rules: Object.fromEntries(named.map(([name, table]) => [name, rulesOf(name, table)])),
    policies: Object.fromEntries(named.map(([name, { policy }]) => [name, policy])),
    schemaVersion: 1,
    accepts: 20,
    upgrades: [],
    retentionDays: 90,
    user: getSyncUser,
    ...(hasScopes(tables) && {
      scopes: serverScopeParts({ list: scopesOfMember, access: accessOfMember }),
    }),
  });
  const build = tableFunctions(queryGeneric, mutationGeneric);
  const buildScoped = scopedTableFunctions(queryGeneric, mutationGeneric);
  const pages = named.flatMap(([name, { fields, scope }]) => {
    if (scope !== undefined) {
      const page = { args: scopedPullArgs, returns: scopedPullReply(validatorsOf(fields)) };
      return [
        [
          `changes_${name}`,
          buildScoped.page({
            ...page,
            handler: (ctx, args) => server.changesSince(ctx, name, args),
          }),
        ],
        [
          `all_${name}`,
          buildScoped.page({ ...page, handler: (ctx, args) => server.all(ctx, name, args) }),
        ],
      ] as const;
    }
    const page = { args: pullArgs, returns: pullReply(validatorsOf(fields)) };
    return [
      [
        `changes_${name}`,
        build.page({ ...page, handler: (ctx, args) => server.changesSince(ctx, name, args) }),
      ],
      [`all_${name}`, build.page({ ...page, handler: (ctx, args) => server.all(ctx, name, args) })],
    ] as const;
  });
  const stored = named.map(([name, { fields, scope }]) => [
    name,
    scope === undefined ? syncedTable(validatorsOf(fields)) : scopedTable(validatorsOf(fields)),
  ]);
  const system = hasScopes(tables)
    ? { ...syncSystemTables, ...syncMemberTables }
    : syncSystemTables;
  return loadProject(defineSchema({ ...system, ...Object.fromEntries(stored) }), {
    members: { set: setAccess },
    sync: {
      push: mutationGeneric({ args: pushArgs, returns: pushReply, handler: server.push }),
      head: queryGeneric({ args: headArgs, returns: headReply, handler: server.head }),
      collectGarbage: internalMutationGeneric({
        args: {},
        returns: v.null(),
        handler: server.collectGarbage,
      }),
      ...Object.fromEntries(pages),
    },
  });
}

function rulesOf(name: string, { policy: _, ...rules }: PhoneTable): TableRules {
  const operations = ["create", "update", "delete"] as const;
  return { name, operations, uniqueBy: [], options: {}, ...rules };
}

const hasScopes = (tables: PhoneTables) =>
  Object.values(tables).some(({ scope }) => scope !== undefined);

/** The project's own function: lets the caller into a scope, or takes them out of it (`null`). */
const setAccess = mutationGeneric({
  args: {
    scope: v.string(),
    scopeId: v.string(),
    access: v.union(v.literal("read"), v.literal("write"), v.null()),
  },
  returns: v.null(),
  handler: async (ctx, { access, ...scope }) => {
    // Safe: every caller of these tests is signed in.
    const userId = (await getSyncUser(ctx)) as string;
    if (access === null) await removeMember(ctx, { ...scope, userId });
    else await setMember(ctx, { ...scope, userId, access });
    return null;
  },
});

function sqliteOf(name: string, { fields, scope }: PhoneTable) {
  const columns = Object.entries(fields).map(([field, { kind, optional }]) => {
    const column = sqlTypes[kind]();
    return [field, optional ? column : column.notNull()];
  });
  const place = scope === undefined ? {} : { scopeId: text().notNull() };
  return sqliteTable(name, { ...syncColumns(), ...place, ...Object.fromEntries(columns) });
}

const sqlTypes = {
  text: () => text(),
  reference: () => text(),
  choice: () => text(),
  json: () => text({ mode: "json" }),
  integer: () => integer(),
  timestamp: () => integer(),
  boolean: () => integer({ mode: "boolean" }),
  real: () => real(),
} as const satisfies Record<FieldRules["kind"], () => object>;

function validatorsOf(fields: TableRules["fields"]): PropertyValidators {
  return Object.fromEntries(
    Object.entries(fields).map(([field, rule]) => {
      const validator = validators[rule.kind](rule);
      return [field, rule.optional ? v.optional(validator) : validator];
    }),
  );
}

const validators = {
  text: () => v.string(),
  reference: () => v.string(),
  choice: ({ choices = [] }: FieldRules) => v.union(...choices.map((choice) => v.literal(choice))),
  json: () => json(),
  integer: () => v.number(),
  timestamp: () => v.number(),
  boolean: () => v.boolean(),
  real: () => v.number(),
} as const satisfies Record<FieldRules["kind"], (rule: FieldRules) => unknown>;
