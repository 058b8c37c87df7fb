CREATE TABLE `projects` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`color` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `projects_by_scope_id` ON `projects` (`scopeId`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`title` text NOT NULL,
	`isDone` integer DEFAULT false NOT NULL,
	`dueAt` integer,
	`project` text,
	`parent` text,
	`draft` text DEFAULT '' NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `tasks_by_scope_id` ON `tasks` (`scopeId`);--> statement-breakpoint
CREATE INDEX `tasks_by_project` ON `tasks` (`project`);--> statement-breakpoint
CREATE INDEX `tasks_by_parent` ON `tasks` (`parent`);--> statement-breakpoint
CREATE INDEX `tasks_by_scope_id_and_deleted_at_and_due_at` ON `tasks` (`scopeId`,`dueAt`);--> statement-breakpoint
CREATE INDEX `tasks_by_user_id_and_due_at` ON `tasks` (`userId`,`dueAt`);--> statement-breakpoint
CREATE TABLE `labels` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `labels_by_scope_id` ON `labels` (`scopeId`);--> statement-breakpoint
CREATE TABLE `papers` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`project` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `papers_by_scope_id` ON `papers` (`scopeId`);--> statement-breakpoint
CREATE INDEX `papers_by_project` ON `papers` (`project`);--> statement-breakpoint
CREATE TABLE `polls` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`question` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `polls_by_scope_id` ON `polls` (`scopeId`);--> statement-breakpoint
CREATE TABLE `chores` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`scopeId` text NOT NULL,
	`name` text NOT NULL,
	`doneAt` integer NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `chores_by_scope_id` ON `chores` (`scopeId`);--> statement-breakpoint
CREATE TABLE `settings` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`name` text NOT NULL,
	`value` text DEFAULT 'on' NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
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
