CREATE TABLE "allocation_counts" (
	"poll_id" text NOT NULL,
	"chamber" text NOT NULL,
	"rule_id" text NOT NULL,
	"file_digest" text NOT NULL,
	"count" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	CONSTRAINT "allocation_counts_poll_id_chamber_rule_id_pk" PRIMARY KEY("poll_id","chamber","rule_id")
);
--> statement-breakpoint
CREATE TABLE "ballot_slips" (
	"id" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"meeting_id" text NOT NULL,
	"call_id" text NOT NULL,
	"number" integer NOT NULL,
	"revoked_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "ballot_slips_code_hash_unique" UNIQUE("code_hash"),
	CONSTRAINT "ballot_slips_call_id_number_unique" UNIQUE("call_id","number")
);
--> statement-breakpoint
CREATE TABLE "slip_ballots" (
	"poll_id" text NOT NULL,
	"slip_id" text NOT NULL,
	"revision" integer NOT NULL,
	"choice" jsonb,
	"cast_ids" text[] NOT NULL,
	CONSTRAINT "slip_ballots_poll_id_slip_id_pk" PRIMARY KEY("poll_id","slip_id")
);
--> statement-breakpoint
ALTER TABLE "hidden_choices" ADD COLUMN "chamber" text DEFAULT 'seats' NOT NULL;--> statement-breakpoint
ALTER TABLE "allocation_counts" ADD CONSTRAINT "allocation_counts_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_slips" ADD CONSTRAINT "ballot_slips_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slip_ballots" ADD CONSTRAINT "slip_ballots_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slip_ballots" ADD CONSTRAINT "slip_ballots_slip_id_ballot_slips_id_fk" FOREIGN KEY ("slip_id") REFERENCES "public"."ballot_slips"("id") ON DELETE cascade ON UPDATE no action;