CREATE TABLE "follow_up_steps" (
	"follow_up_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"by_person_id" text,
	"meeting_id" text,
	"deed" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"due_on" text NOT NULL,
	CONSTRAINT "follow_up_steps_follow_up_id_seq_pk" PRIMARY KEY("follow_up_id","seq")
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"council_id" text,
	"meeting_id" text,
	"item_id" text,
	"text" text NOT NULL,
	"owner_person_id" text,
	"owner_name" text DEFAULT '' NOT NULL,
	"due_on" text NOT NULL,
	"status" text NOT NULL,
	"set_at" bigint NOT NULL,
	CONSTRAINT "follow_ups_status" CHECK ("follow_ups"."status" in ('open', 'done', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "agenda_sources" (
	"meeting_id" text NOT NULL,
	"item_id" text NOT NULL,
	"kind" text NOT NULL,
	"ref_id" text NOT NULL,
	CONSTRAINT "agenda_sources_meeting_id_item_id_ref_id_pk" PRIMARY KEY("meeting_id","item_id","ref_id")
);
--> statement-breakpoint
CREATE TABLE "incoming_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"code" text NOT NULL,
	"sent_by" text NOT NULL,
	"text" text NOT NULL,
	"basis_claimed" text DEFAULT '' NOT NULL,
	"money_fen" bigint,
	"asked_due_on" text,
	"received_on" text NOT NULL,
	"listing" text,
	"list_item_id" text,
	"finding_reason" text DEFAULT '' NOT NULL,
	"found_by" text,
	"found_at" bigint,
	"answer" text,
	"answer_text" text DEFAULT '' NOT NULL,
	"amount_fen" bigint,
	"owner_person_id" text,
	"owner_name" text DEFAULT '' NOT NULL,
	"due_on" text,
	"answered_at" bigint,
	"meeting_id" text,
	"letter" text,
	"letter_confirmed_by" text,
	"letter_confirmed_at" bigint,
	"created_by" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "incoming_tasks_community_id_code_unique" UNIQUE("community_id","code"),
	CONSTRAINT "incoming_tasks_money" CHECK ("incoming_tasks"."money_fen" is null or "incoming_tasks"."money_fen" > 0),
	CONSTRAINT "incoming_tasks_owner" CHECK (("incoming_tasks"."answer" is null) = ("incoming_tasks"."due_on" is null))
);
--> statement-breakpoint
CREATE TABLE "responsibility_items" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"list" text NOT NULL,
	"code" text NOT NULL,
	"category" text DEFAULT '' NOT NULL,
	"text" text NOT NULL,
	"illustrative" boolean DEFAULT false NOT NULL,
	"retired_at" bigint,
	CONSTRAINT "responsibility_items_community_id_list_code_unique" UNIQUE("community_id","list","code")
);
--> statement-breakpoint
CREATE TABLE "responsibility_lists" (
	"community_id" text NOT NULL,
	"list" text NOT NULL,
	"total" integer NOT NULL,
	"categories" integer,
	"basis" text NOT NULL,
	"checked_on" text,
	CONSTRAINT "responsibility_lists_community_id_list_pk" PRIMARY KEY("community_id","list")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"handed_to" text DEFAULT '' NOT NULL,
	"due_on" text NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"submitted_at" bigint NOT NULL,
	"answered_at" bigint,
	CONSTRAINT "feedback_community_id_code_unique" UNIQUE("community_id","code"),
	CONSTRAINT "feedback_answered" CHECK (("feedback"."status" = 'answered') = ("feedback"."answered_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "feedback_authors" (
	"feedback_id" text PRIMARY KEY NOT NULL,
	"name" text,
	"contact" text,
	"person_id" text,
	"guest_id" text,
	"lookup_hash" text NOT NULL,
	"erased_at" bigint,
	CONSTRAINT "feedback_authors_lookup_hash_unique" UNIQUE("lookup_hash")
);
--> statement-breakpoint
CREATE TABLE "feedback_steps" (
	"feedback_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"by_person_id" text,
	"deed" text NOT NULL,
	"handed_to" text DEFAULT '' NOT NULL,
	"due_on" text NOT NULL,
	CONSTRAINT "feedback_steps_feedback_id_seq_pk" PRIMARY KEY("feedback_id","seq")
);
--> statement-breakpoint
ALTER TABLE "follow_up_steps" ADD CONSTRAINT "follow_up_steps_follow_up_id_follow_ups_id_fk" FOREIGN KEY ("follow_up_id") REFERENCES "public"."follow_ups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_steps" ADD CONSTRAINT "follow_up_steps_by_person_id_people_id_fk" FOREIGN KEY ("by_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_steps" ADD CONSTRAINT "follow_up_steps_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_council_id_councils_id_fk" FOREIGN KEY ("council_id") REFERENCES "public"."councils"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_person_id_people_id_fk" FOREIGN KEY ("owner_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_sources" ADD CONSTRAINT "agenda_sources_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_list_item_id_responsibility_items_id_fk" FOREIGN KEY ("list_item_id") REFERENCES "public"."responsibility_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_found_by_people_id_fk" FOREIGN KEY ("found_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_owner_person_id_people_id_fk" FOREIGN KEY ("owner_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_letter_confirmed_by_people_id_fk" FOREIGN KEY ("letter_confirmed_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incoming_tasks" ADD CONSTRAINT "incoming_tasks_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibility_items" ADD CONSTRAINT "responsibility_items_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibility_lists" ADD CONSTRAINT "responsibility_lists_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_authors" ADD CONSTRAINT "feedback_authors_feedback_id_feedback_id_fk" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_authors" ADD CONSTRAINT "feedback_authors_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_steps" ADD CONSTRAINT "feedback_steps_feedback_id_feedback_id_fk" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_steps" ADD CONSTRAINT "feedback_steps_by_person_id_people_id_fk" FOREIGN KEY ("by_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follow_ups_community_id_index" ON "follow_ups" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "follow_ups_council_id_index" ON "follow_ups" USING btree ("council_id");--> statement-breakpoint
CREATE INDEX "follow_ups_owner_person_id_index" ON "follow_ups" USING btree ("owner_person_id");--> statement-breakpoint
CREATE INDEX "agenda_sources_ref_id_index" ON "agenda_sources" USING btree ("ref_id");--> statement-breakpoint
CREATE INDEX "feedback_authors_person_id_index" ON "feedback_authors" USING btree ("person_id");