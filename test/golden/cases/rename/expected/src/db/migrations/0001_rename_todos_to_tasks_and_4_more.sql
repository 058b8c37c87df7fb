DROP INDEX `todos_by_urgency`;--> statement-breakpoint
DROP INDEX `todos_by_list`;--> statement-breakpoint
ALTER TABLE `todos` RENAME TO `tasks`;--> statement-breakpoint
ALTER TABLE `tasks` RENAME COLUMN `title` TO `text`;--> statement-breakpoint
ALTER TABLE `tasks` RENAME COLUMN `urgency` TO `priority`;--> statement-breakpoint
ALTER TABLE `tasks` ADD `dueAt` integer;--> statement-breakpoint
ALTER TABLE `tasks` ADD `place` text DEFAULT '{"lat":0,"lng":0}' NOT NULL;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_tasks` (
	`clientId` text PRIMARY KEY NOT NULL,
	`serverId` text,
	`text` text NOT NULL,
	`priority` text DEFAULT 'normal' NOT NULL,
	`list` text,
	`dueAt` integer,
	`place` text DEFAULT '{"lat":0,"lng":0}' NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	`syncStatus` text NOT NULL,
	`changed` text
);
--> statement-breakpoint
INSERT INTO `__new_tasks`("clientId", "serverId", "text", "priority", "list", "dueAt", "place", "userId", "createdAt", "updatedAt", "syncStatus", "changed") SELECT "clientId", "serverId", "text", "priority", "list", "dueAt", "place", "userId", "createdAt", "updatedAt", "syncStatus", "changed" FROM `tasks`;--> statement-breakpoint
DROP TABLE `tasks`;--> statement-breakpoint
ALTER TABLE `__new_tasks` RENAME TO `tasks`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `tasks_by_priority` ON `tasks` (`priority`);--> statement-breakpoint
CREATE INDEX `tasks_by_list` ON `tasks` (`list`);