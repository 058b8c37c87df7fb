ALTER TABLE `tasks` RENAME TO `jobs`;--> statement-breakpoint
CREATE TABLE `places` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`name` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
