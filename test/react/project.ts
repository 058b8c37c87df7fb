import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { jsonProblem } from "../../templates/client/sync/shared/jsonProblem";
import type { Migrations } from "../../templates/client/db/database";
import { offlineHooks } from "../../templates/client/hooks/createOfflineHooks";
import { defineTable, type Registry } from "../../templates/client/sync/registry";
import { resolveOp } from "../../templates/client/sync/resolveOp";
import { manual } from "../../templates/client/sync/shared/policies/manual";
import { mobileWins } from "../../templates/client/sync/shared/policies/mobileWins";
import { loadMigrationsModule } from "../migrate/device";
import { field, Project, table } from "../migrate/fixtures";

/** What the generator would emit for two tables. */
export interface Task {
  clientId: string;
  serverId: string | null;
  text: string;
  done: boolean;
  tags: string[];
  userId: string;
  createdAt: number;
  updatedAt: number;
  syncStatus: "synced" | "pending" | "failed" | "conflict";
  changed: string | null;
}

export interface Note {
  clientId: string;
  title: string;
  body: string;
  labels: string[];
  dueAt: number | null;
}

const syncColumns = {
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({ enum: ["synced", "pending", "failed", "conflict"] }).notNull(),
  changed: text(),
};

export const tasks = sqliteTable("tasks", {
  clientId: text().primaryKey(),
  serverId: text(),
  text: text().notNull(),
  done: integer({ mode: "boolean" }).notNull().default(false),
  tags: text({ mode: "json" }).$type<string[]>().notNull().default([]),
  ...syncColumns,
});

export const notes = sqliteTable("notes", {
  clientId: text().primaryKey(),
  serverId: text(),
  title: text().notNull(),
  body: text().notNull(),
  labels: text({ mode: "json" }).$type<string[]>().notNull(),
  dueAt: integer(),
  ...syncColumns,
});

/** The names of Convex functions, which no test calls. */
const remote = { changesSince: {} as never, all: {} as never };

export const registry = {
  schemaVersion: 1,
  upgrades: null,
  naturalId: null,
  resolveOp,
  scopes: null,
  tables: {
    tasks: defineTable<
      Task,
      { text: string; done?: boolean; tags?: string[] },
      { text?: string; done?: boolean; tags?: string[] },
      "create" | "update"
    >({
      name: "tasks",
      sqlite: tasks,
      policy: mobileWins,
      rules: {
        name: "tasks",
        operations: ["create", "update"],
        uniqueBy: [],
        options: {},
        fields: {
          text: { kind: "text", optional: false },
          done: { kind: "boolean", optional: false, default: false },
          tags: { kind: "json", optional: false, default: [], problemOf: jsonProblem },
        },
      },
      deviceFields: {},
      remote,
    }),
    notes: defineTable<
      Note,
      { title: string; body: string; labels: string[]; dueAt?: number | null },
      { title?: string; body?: string; labels?: string[]; dueAt?: number | null },
      "create" | "update" | "delete"
    >({
      name: "notes",
      sqlite: notes,
      policy: manual,
      rules: {
        name: "notes",
        operations: ["create", "update", "delete"],
        uniqueBy: [],
        options: {},
        fields: {
          title: { kind: "text", optional: false },
          body: { kind: "text", optional: false },
          labels: { kind: "json", optional: false, problemOf: jsonProblem },
          dueAt: { kind: "timestamp", optional: true },
        },
      },
      deviceFields: {},
      remote,
    }),
  },
  remote: { push: {} as never, head: {} as never },
} satisfies Registry;

const hooks = offlineHooks(registry);
export const useTasks = hooks.createOfflineHook("tasks");
export const useTask = hooks.createOfflineRowHook("tasks");
export const useNotes = hooks.createOfflineHook("notes");
export const useSync = hooks.useSync;

/** The migrations that the generator makes for the two tables. */
export async function makeMigrations(): Promise<Migrations> {
  const project = new Project();
  await project.generate([
    table("tasks", [
      field("text", "text"),
      field("done", "boolean", { default: { value: false } }),
      field("tags", "json", { default: { value: [] } }),
    ]),
    table("notes", [
      field("title", "text"),
      field("body", "text"),
      field("labels", "json"),
      field("dueAt", "timestamp", { optional: true }),
    ]),
  ]);
  return loadMigrationsModule(project);
}
