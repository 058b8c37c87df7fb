CREATE TABLE `owners` (
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
CREATE TABLE `samples` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`words` text NOT NULL,
	`count` integer NOT NULL,
	`ratio` real NOT NULL,
	`isOpen` integer NOT NULL,
	`at` integer NOT NULL,
	`items` text NOT NULL,
	`state` text NOT NULL,
	`owner` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `samples_by_owner` ON `samples` (`owner`);--> statement-breakpoint
CREATE TABLE `sparseSamples` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`words` text,
	`count` integer,
	`ratio` real,
	`isOpen` integer,
	`at` integer,
	`place` text,
	`state` text,
	`owner` text,
	`anything` text,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `sparseSamples_by_owner` ON `sparseSamples` (`owner`);--> statement-breakpoint
CREATE TABLE `presets` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`words` text DEFAULT 'none' NOT NULL,
	`count` integer DEFAULT -1 NOT NULL,
	`ratio` real DEFAULT 0.5 NOT NULL,
	`isOpen` integer DEFAULT true NOT NULL,
	`at` integer DEFAULT 0 NOT NULL,
	`items` text DEFAULT '[{"title":"Helmet","done":false},{"title":"Don''t forget the keys","done":false}]' NOT NULL,
	`hours` text DEFAULT '{"from":8,"to":17,"days":["mon","tue"]}' NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`only` text DEFAULT 'one' NOT NULL,
	`longest` text DEFAULT 'waiting for delivery' NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE TABLE `oneSided` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`title` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`at` integer,
	`rank` integer DEFAULT 0 NOT NULL,
	`draft` text,
	`seen` integer DEFAULT false NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `oneSided_by_title` ON `oneSided` (`title`);--> statement-breakpoint
CREATE INDEX `oneSided_by_state` ON `oneSided` (`state`);--> statement-breakpoint
CREATE INDEX `oneSided_by_state_and_at` ON `oneSided` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `oneSided_by_rank` ON `oneSided` (`rank`);--> statement-breakpoint
CREATE INDEX `oneSided_by_user_id_and_deleted_at_and_state_and_created_at` ON `oneSided` (`state`,`createdAt`);--> statement-breakpoint
CREATE INDEX `oneSided_by_created_at` ON `oneSided` (`createdAt`);--> statement-breakpoint
CREATE TABLE `keyed` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`isbn` text NOT NULL,
	`owner` text NOT NULL,
	`likes` integer DEFAULT 0 NOT NULL,
	`weight` real DEFAULT 0 NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`stage` text DEFAULT 'wanted' NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
CREATE INDEX `keyed_by_owner` ON `keyed` (`owner`);--> statement-breakpoint
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
