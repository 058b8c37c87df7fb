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
        hash: "dee5391a61bf9246",
      },
    ],
  },
  migrations: {
    m0000: `CREATE TABLE \`notes\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`body\` text DEFAULT 'it''s
say "hi"
\`\${process.exit(1)}\`
*/ throw new Error(''out''); /*
// @ts-ignore
line
break
carriage\r
return	tab
back\\slash \\n \\u0041
separators   and  
</script> <!-- {{#each}} {{{x}}} -->
漢字 ключ größe 👩‍👩‍👧 🇨🇭
$& $1 %s
''; DROP TABLE notes; --' NOT NULL,
	\`kind\` text DEFAULT 'it''s' NOT NULL,
	\`quoted\` text DEFAULT '''"\`' NOT NULL,
	\`data\` text DEFAULT '{"it''s":"line\\nbreak","\\"":"separators   and  ","*/":"back\\\\slash","\`\${x}\`":"漢字 👩‍👩‍👧","constructor":"none"}' NOT NULL,
	\`nested\` text DEFAULT '[{"a-b":"it''s","*/":"x\${1}"}]' NOT NULL,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE TABLE \`layoutOfEveryRoomInTheBuilding\` (
	\`clientId\` text PRIMARY KEY NOT NULL,
	\`serverId\` text,
	\`fields\` text NOT NULL,
	\`name\` text NOT NULL,
	\`rules\` text,
	\`table\` text,
	\`options\` text,
	\`theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable\` text,
	\`userId\` text NOT NULL,
	\`createdAt\` integer NOT NULL,
	\`updatedAt\` integer NOT NULL,
	\`syncStatus\` text NOT NULL,
	\`changed\` text
);
--> statement-breakpoint
CREATE INDEX \`layoutOfEveryRoomInTheBuilding_by_the_longest_name_that_anybody_would_give_to_a_field_of_this_table\` ON \`layoutOfEveryRoomInTheBuilding\` (\`theLongestNameThatAnybodyWouldGiveToAFieldOfThisTable\`);--> statement-breakpoint
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
