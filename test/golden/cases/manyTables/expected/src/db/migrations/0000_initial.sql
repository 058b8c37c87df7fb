CREATE TABLE `accounts` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `accounts_by_due_at` ON `accounts` (`dueAt`);--> statement-breakpoint
CREATE INDEX `accounts_by_parent` ON `accounts` (`parent`);--> statement-breakpoint
CREATE TABLE `assets` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `assets_by_parent` ON `assets` (`parent`);--> statement-breakpoint
CREATE TABLE `audits` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `audits_by_parent` ON `audits` (`parent`);--> statement-breakpoint
CREATE TABLE `batches` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `batches_by_parent` ON `batches` (`parent`);--> statement-breakpoint
CREATE TABLE `branches` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `branches_by_due_at` ON `branches` (`dueAt`);--> statement-breakpoint
CREATE INDEX `branches_by_parent` ON `branches` (`parent`);--> statement-breakpoint
CREATE TABLE `companies` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `companies_by_parent` ON `companies` (`parent`);--> statement-breakpoint
CREATE TABLE `countries` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `countries_by_parent` ON `countries` (`parent`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_parent` ON `deliveries` (`parent`);--> statement-breakpoint
CREATE TABLE `devices` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `devices_by_due_at` ON `devices` (`dueAt`);--> statement-breakpoint
CREATE INDEX `devices_by_parent` ON `devices` (`parent`);--> statement-breakpoint
CREATE TABLE `documents` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `documents_by_parent` ON `documents` (`parent`);--> statement-breakpoint
CREATE TABLE `drivers` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `drivers_by_parent` ON `drivers` (`parent`);--> statement-breakpoint
CREATE TABLE `expenses` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `expenses_by_parent` ON `expenses` (`parent`);--> statement-breakpoint
CREATE TABLE `holidays` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`dueAt` integer,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `holidays_by_due_at` ON `holidays` (`dueAt`);--> statement-breakpoint
CREATE TABLE `inspections` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `inspections_by_parent` ON `inspections` (`parent`);--> statement-breakpoint
CREATE TABLE `invoices` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `invoices_by_parent` ON `invoices` (`parent`);--> statement-breakpoint
CREATE TABLE `locations` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `locations_by_parent` ON `locations` (`parent`);--> statement-breakpoint
CREATE TABLE `machines` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `machines_by_due_at` ON `machines` (`dueAt`);--> statement-breakpoint
CREATE INDEX `machines_by_parent` ON `machines` (`parent`);--> statement-breakpoint
CREATE TABLE `messages` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `messages_by_parent` ON `messages` (`parent`);--> statement-breakpoint
CREATE TABLE `parts` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `parts_by_parent` ON `parts` (`parent`);--> statement-breakpoint
CREATE TABLE `projects` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `projects_by_parent` ON `projects` (`parent`);--> statement-breakpoint
CREATE TABLE `reports` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `reports_by_due_at` ON `reports` (`dueAt`);--> statement-breakpoint
CREATE INDEX `reports_by_parent` ON `reports` (`parent`);--> statement-breakpoint
CREATE TABLE `routes` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `routes_by_parent` ON `routes` (`parent`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `shifts_by_parent` ON `shifts` (`parent`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`amount` integer DEFAULT 0 NOT NULL,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `tasks_by_parent` ON `tasks` (`parent`);--> statement-breakpoint
CREATE TABLE `vehicles` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`isActive` integer DEFAULT true NOT NULL,
	`dueAt` integer,
	`parent` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `vehicles_by_due_at` ON `vehicles` (`dueAt`);--> statement-breakpoint
CREATE INDEX `vehicles_by_parent` ON `vehicles` (`parent`);--> statement-breakpoint
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
