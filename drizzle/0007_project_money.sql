ALTER TABLE "awards" ADD COLUMN "owners_matter" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "owners_decision_at" bigint;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "owners_decision" text;--> statement-breakpoint
ALTER TABLE "tranches" ADD COLUMN "due_after" text;