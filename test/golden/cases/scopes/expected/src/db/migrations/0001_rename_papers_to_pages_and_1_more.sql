DROP TABLE `polls`;--> statement-breakpoint
DROP INDEX `papers_by_scope_id`;--> statement-breakpoint
DROP INDEX `papers_by_project`;--> statement-breakpoint
ALTER TABLE `papers` RENAME TO `pages`;--> statement-breakpoint
CREATE INDEX `pages_by_scope_id` ON `pages` (`scopeId`);--> statement-breakpoint
CREATE INDEX `pages_by_project` ON `pages` (`project`);