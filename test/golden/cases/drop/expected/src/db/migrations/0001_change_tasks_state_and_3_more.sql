DROP TABLE `notes`;--> statement-breakpoint
DROP INDEX `tasks_by_note`;--> statement-breakpoint
ALTER TABLE `tasks` DROP COLUMN `remark`;--> statement-breakpoint
ALTER TABLE `tasks` DROP COLUMN `note`;--> statement-breakpoint
UPDATE `tasks` SET `state` = 'open' WHERE `state` NOT IN ('open', 'done');