CREATE TABLE "enrolments" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"number" integer NOT NULL,
	"place_key" text,
	"name" text NOT NULL,
	"contact" text,
	"zone" text,
	"channel" text NOT NULL,
	"entered_by" text,
	"person_id" text,
	"lookup_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	CONSTRAINT "enrolments_lookup_hash_unique" UNIQUE("lookup_hash"),
	CONSTRAINT "enrolments_meeting_id_number_unique" UNIQUE("meeting_id","number")
);
--> statement-breakpoint
CREATE TABLE "hearing_guests" (
	"meeting_id" text NOT NULL,
	"guest_id" text NOT NULL,
	"zone" text,
	"enrolment_id" text,
	CONSTRAINT "hearing_guests_meeting_id_guest_id_pk" PRIMARY KEY("meeting_id","guest_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_seats" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"person_id" text NOT NULL,
	"sector_key" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "hearing_seats_meeting_id_person_id_unique" UNIQUE("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "hearings" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"contact_days" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opinion_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"title" text NOT NULL,
	"position" integer NOT NULL,
	"due_on" text NOT NULL,
	"verdict" text,
	"reason" text,
	"answered_by" text,
	"answered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "resident_answers" (
	"poll_id" text NOT NULL,
	"voter" text NOT NULL,
	"choice" text NOT NULL,
	"area" text,
	"revision" integer NOT NULL,
	"cast_ids" text[] NOT NULL,
	CONSTRAINT "resident_answers_poll_id_voter_pk" PRIMARY KEY("poll_id","voter")
);
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "group_id" text;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_guests" ADD CONSTRAINT "hearing_guests_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_guests" ADD CONSTRAINT "hearing_guests_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_seats" ADD CONSTRAINT "hearing_seats_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_seats" ADD CONSTRAINT "hearing_seats_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion_groups" ADD CONSTRAINT "opinion_groups_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion_groups" ADD CONSTRAINT "opinion_groups_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_answers" ADD CONSTRAINT "resident_answers_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "opinion_groups_meeting_id_index" ON "opinion_groups" USING btree ("meeting_id");