CREATE TABLE "slip_papers" (
	"poll_id" text NOT NULL,
	"slip_id" text NOT NULL,
	"choice" jsonb,
	"entered_by" text NOT NULL,
	"entered_at" bigint NOT NULL,
	CONSTRAINT "slip_papers_poll_id_slip_id_pk" PRIMARY KEY("poll_id","slip_id")
);
--> statement-breakpoint
ALTER TABLE "slip_ballots" ADD COLUMN "channel" text DEFAULT 'phone' NOT NULL;--> statement-breakpoint
ALTER TABLE "slip_ballots" ADD COLUMN "spoiled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "slip_papers" ADD CONSTRAINT "slip_papers_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slip_papers" ADD CONSTRAINT "slip_papers_slip_id_ballot_slips_id_fk" FOREIGN KEY ("slip_id") REFERENCES "public"."ballot_slips"("id") ON DELETE cascade ON UPDATE no action;