// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** Every migration of the device's database, oldest first: what drizzle-kit's journal and .sql files say. */
export const migrations = {
  journal: {
    entries: [
      {
        idx: 0,
        when: 1767225600000,
        tag: "0000_initial",
        breakpoints: true,
        hash: "aa01e04d1969dbe8",
      },
      {
        idx: 1,
        when: 1767225601000,
        tag: "0001_rename_todos_to_tasks_and_4_more",
        breakpoints: true,
        hash: "c52fe11570f84909",
      },
    ],
  },
  migrations: {
    m0000: `CREATE TABLE \`lists\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`name\` text NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE TABLE \`todos\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`title\` text NOT NULL,
	\`urgency\` text DEFAULT 'low' NOT NULL,
	\`list\` text,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE INDEX \`todos_by_urgency\` ON \`todos\` (\`urgency\`);--> statement-breakpoint
CREATE INDEX \`todos_by_list\` ON \`todos\` (\`list\`);--> statement-breakpoint
CREATE TABLE \`sync_queue\` (
	\`seq\` integer PRIMARY KEY NOT NULL,
	\`opId\` text NOT NULL,
	\`tableName\` text NOT NULL,
	\`clientId\` text NOT NULL,
	\`scopeId\` text,
	\`kind\` text NOT NULL,
	\`fields\` text NOT NULL,
	\`base\` text,
	\`baseStamp\` text,
	\`baseUpdatedAt\` integer,
	\`edited\` text NOT NULL,
	\`clocks\` text,
	\`schemaVersion\` integer NOT NULL,
	\`groupId\` text,
	\`userId\` text NOT NULL,
	\`state\` text NOT NULL,
	\`server\` text,
	\`sealedBy\` text,
	\`carriedBy\` text,
	\`attempts\` integer NOT NULL,
	\`lastAttemptAt\` integer,
	\`outcome\` text,
	\`code\` text,
	\`message\` text,
	\`createdAt\` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX \`sync_queue_one_waiting\` ON \`sync_queue\` (\`tableName\`,\`clientId\`) WHERE "state" = 'waiting' AND "groupId" IS NULL;--> statement-breakpoint
CREATE INDEX \`sync_queue_other_by_row\` ON \`sync_queue\` (\`tableName\`,\`clientId\`) WHERE "state" <> 'waiting' OR "groupId" IS NOT NULL;--> statement-breakpoint
CREATE INDEX \`sync_queue_other_by_state\` ON \`sync_queue\` (\`state\`,\`seq\`) WHERE "state" <> 'waiting';--> statement-breakpoint
CREATE TABLE \`sync_metadata\` (
	\`key\` text PRIMARY KEY NOT NULL,
	\`value\` text NOT NULL
);
`,
    m0001: `DROP INDEX \`todos_by_urgency\`;--> statement-breakpoint
DROP INDEX \`todos_by_list\`;--> statement-breakpoint
ALTER TABLE \`todos\` RENAME TO \`tasks\`;--> statement-breakpoint
ALTER TABLE \`tasks\` RENAME COLUMN \`title\` TO \`text\`;--> statement-breakpoint
ALTER TABLE \`tasks\` RENAME COLUMN \`urgency\` TO \`priority\`;--> statement-breakpoint
ALTER TABLE \`tasks\` ADD \`dueAt\` integer;--> statement-breakpoint
ALTER TABLE \`tasks\` ADD \`place\` text DEFAULT '{"lat":0,"lng":0}' NOT NULL;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_tasks\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`text\` text NOT NULL,
	\`priority\` text DEFAULT 'normal' NOT NULL,
	\`list\` text,
	\`dueAt\` integer,
	\`place\` text DEFAULT '{"lat":0,"lng":0}' NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
INSERT INTO \`__new_tasks\`("clientId", "serverId", "text", "priority", "list", "dueAt", "place", "userId", "createdAt", "updatedAt", "syncStatus", "changed") SELECT "clientId", "serverId", "text", "priority", "list", "dueAt", "place", "userId", "createdAt", "updatedAt", "syncStatus", "changed" FROM \`tasks\`;--> statement-breakpoint
DROP TABLE \`tasks\`;--> statement-breakpoint
ALTER TABLE \`__new_tasks\` RENAME TO \`tasks\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX \`tasks_by_priority\` ON \`tasks\` (\`priority\`);--> statement-breakpoint
CREATE INDEX \`tasks_by_list\` ON \`tasks\` (\`list\`);`,
  },
};
