// A `db/schema.ts` as the generator emits it, for comparing with the migrations' snapshot.
import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const projects = sqliteTable("projects", {
  clientId: text().primaryKey(),
  serverId: text(),
  name: text().notNull().default('it\'s `new` \\ ${x}\n"there"'),
  userId: text().notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
  syncStatus: text({ enum: ["synced", "pending", "failed", "conflict"] }).notNull(),
  changed: text(),
});

export const tasks = sqliteTable(
  "tasks",
  {
    clientId: text().primaryKey(),
    serverId: text(),
    text: text().notNull(),
    isCompleted: integer({ mode: "boolean" }).notNull().default(false),
    priority: text({ enum: ["low", "high"] })
      .notNull()
      .default("low"),
    project: text(),
    dueAt: integer(),
    effort: real().notNull().default(-1.5),
    size: integer().notNull().default(3),
    tags: text({ mode: "json" }).$type<string[]>().notNull().default([]),
    extra: text({ mode: "json" })
      .$type<{ say: string }>()
      .notNull()
      .default(sql`'{"say":"it''s"}'`),
    userId: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    syncStatus: text({ enum: ["synced", "pending", "failed", "conflict"] }).notNull(),
    changed: text(),
  },
  (table) => [
    index("tasks_by_project").on(table.project),
    index("tasks_by_dueAt").on(table.dueAt),
    index("tasks_by_priority_and_dueAt").on(table.priority, table.dueAt),
  ],
);

export { syncMetadata, syncQueue } from "../../../templates/client/db/syncTables";
