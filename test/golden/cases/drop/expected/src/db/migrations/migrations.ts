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
        hash: "ab9d367a31d5753a",
      },
      {
        idx: 1,
        when: 1767225601000,
        tag: "0001_change_tasks_state_and_3_more",
        breakpoints: true,
        hash: "50ddd6ce2ec6ec1e",
      },
      {
        idx: 2,
        when: 1767225602000,
        tag: "0002_rename_tasks_to_jobs_and_1_more",
        breakpoints: true,
        hash: "5dfbe3f0db07bcf9",
      },
    ],
  },
  migrations: {
    m0000: `CREATE TABLE \`tasks\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`title\` text NOT NULL,
	\`state\` text DEFAULT 'open' NOT NULL,
	\`remark\` text,
	\`note\` text,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE INDEX \`tasks_by_note\` ON \`tasks\` (\`note\`);--> statement-breakpoint
CREATE TABLE \`notes\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`body\` text NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
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
    m0001: `DROP TABLE \`notes\`;--> statement-breakpoint
DROP INDEX \`tasks_by_note\`;--> statement-breakpoint
ALTER TABLE \`tasks\` DROP COLUMN \`remark\`;--> statement-breakpoint
ALTER TABLE \`tasks\` DROP COLUMN \`note\`;--> statement-breakpoint
UPDATE \`tasks\` SET \`state\` = 'open' WHERE \`state\` NOT IN ('open', 'done');`,
    m0002: `ALTER TABLE \`tasks\` RENAME TO \`jobs\`;--> statement-breakpoint
CREATE TABLE \`places\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`name\` text NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
`,
  },
};
