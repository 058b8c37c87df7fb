DROP INDEX `sync_queue_one_waiting`;--> statement-breakpoint
ALTER TABLE `sync_queue` ADD `scopeId` text;--> statement-breakpoint
CREATE UNIQUE INDEX `sync_queue_one_waiting` ON `sync_queue` (`tableName`,`clientId`) WHERE "state" = 'waiting' AND "groupId" IS NULL;