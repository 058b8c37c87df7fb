CREATE TABLE `households` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `households_by_scope_id` ON `households` (`scopeId`);--> statement-breakpoint
CREATE TABLE `people` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `people_by_scope_id` ON `people` (`scopeId`);--> statement-breakpoint
CREATE INDEX `people_by_person` ON `people` (`scopeId`,`userId`);--> statement-breakpoint
CREATE TABLE `lists` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `lists_by_scope_id` ON `lists` (`scopeId`);--> statement-breakpoint
CREATE TABLE `items` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`amount` text DEFAULT '' NOT NULL,
	`isBought` integer DEFAULT false NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `items_by_scope_id` ON `items` (`scopeId`);--> statement-breakpoint
CREATE INDEX `items_by_list` ON `items` (`list`);--> statement-breakpoint
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
