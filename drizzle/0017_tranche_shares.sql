ALTER TABLE "funds" ADD COLUMN "tranche_shares" integer[] DEFAULT '{50,40,10}' NOT NULL;--> statement-breakpoint
ALTER TABLE "slip_ballots" ADD COLUMN "void_reason" text;--> statement-breakpoint
ALTER TABLE "slip_papers" ADD COLUMN "void_reason" text;