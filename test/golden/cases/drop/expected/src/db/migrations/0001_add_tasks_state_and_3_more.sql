DROP TABLE `notes`;--> statement-breakpoint
DROP INDEX `tasks_by_note`;--> statement-breakpoint
ALTER TABLE `tasks` DROP COLUMN `remark`;--> statement-breakpoint
ALTER TABLE `tasks` DROP COLUMN `note`;--> statement-breakpoint
ALTER TABLE `tasks` ADD `state` text DEFAULT 'open' NOT NULL;