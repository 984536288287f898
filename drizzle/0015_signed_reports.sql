DROP INDEX "minutes_records_one_standing";--> statement-breakpoint
DROP INDEX "minutes_records_editions";--> statement-breakpoint
ALTER TABLE "minutes_records" ADD COLUMN "paper" text DEFAULT 'minutes' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_records_one_standing" ON "minutes_records" USING btree ("meeting_id","paper") WHERE "minutes_records"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_records_editions" ON "minutes_records" USING btree ("meeting_id","paper","edition");