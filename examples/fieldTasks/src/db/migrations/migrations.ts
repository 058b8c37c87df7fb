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
        hash: "c04ca7443ee803fb",
      },
      {
        idx: 1,
        when: 1767225601000,
        tag: "0001_sync_tables",
        breakpoints: true,
        hash: "b9f426a33f0e08d6",
      },
    ],
  },
  migrations: {
    m0000: `CREATE TABLE \`projects\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`name\` text NOT NULL,
	\`color\` text DEFAULT 'gray' NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE TABLE \`tasks\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`text\` text NOT NULL,
	\`isCompleted\` integer DEFAULT false NOT NULL,
	\`priority\` text DEFAULT 'normal' NOT NULL,
	\`project\` text,
	\`dueAt\` integer,
	\`minutesSpent\` integer DEFAULT 0 NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE INDEX \`tasks_by_project\` ON \`tasks\` (\`project\`);--> statement-breakpoint
CREATE TABLE \`notes\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`task\` text NOT NULL,
	\`body\` text NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE INDEX \`notes_by_task\` ON \`notes\` (\`task\`);--> statement-breakpoint
CREATE TABLE \`sync_queue\` (
	\`seq\` integer PRIMARY KEY NOT NULL,
	\`opId\` text NOT NULL,
	\`tableName\` text NOT NULL,
	\`clientId\` text NOT NULL,
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
    m0001: `DROP INDEX \`sync_queue_one_waiting\`;--> statement-breakpoint
ALTER TABLE \`sync_queue\` ADD \`scopeId\` text;--> statement-breakpoint
CREATE UNIQUE INDEX \`sync_queue_one_waiting\` ON \`sync_queue\` (\`tableName\`,\`clientId\`) WHERE "state" = 'waiting' AND "groupId" IS NULL;`,
  },
};
