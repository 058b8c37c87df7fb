CREATE TABLE `projects` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`name` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`text` text NOT NULL,
	`isCompleted` integer DEFAULT false NOT NULL,
	`priority` text DEFAULT 'normal' NOT NULL,
	`project` text,
	`dueAt` integer,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `tasks_by_project` ON `tasks` (`project`);--> statement-breakpoint
CREATE TABLE `sync_queue` (
	`seq` integer PRIMARY KEY NOT NULL,
	`opId` text NOT NULL,
	`tableName` text NOT NULL,
	`clientId` text NOT NULL,
	`scopeId` text,
	`kind` text NOT NULL,
	`fields` text NOT NULL,
	`base` text,
	`baseStamp` text,
	`baseUpdatedAt` integer,
	`edited` text NOT NULL,
	`clocks` text,
	`schemaVersion` integer NOT NULL,
	`groupId` text,
	`userId` text NOT NULL,
	`state` text NOT NULL,
	`server` text,
	`sealedBy` text,
	`carriedBy` text,
	`attempts` integer NOT NULL,
	`lastAttemptAt` integer,
	`outcome` text,
	`code` text,
	`message` text,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_queue_one_waiting` ON `sync_queue` (`tableName`,`clientId`) WHERE "state" = 'waiting' AND "groupId" IS NULL;--> statement-breakpoint
CREATE INDEX `sync_queue_other_by_row` ON `sync_queue` (`tableName`,`clientId`) WHERE "state" <> 'waiting' OR "groupId" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sync_queue_other_by_state` ON `sync_queue` (`state`,`seq`) WHERE "state" <> 'waiting';--> statement-breakpoint
CREATE TABLE `sync_metadata` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
