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
        hash: "b87304100e736b75",
      },
    ],
  },
  migrations: {
    m0000: `CREATE TABLE \`tasks\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`text\` text NOT NULL,
	\`isDone\` integer DEFAULT false NOT NULL,
	\`place\` text,
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
  },
};
