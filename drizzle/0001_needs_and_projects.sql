CREATE TABLE "collection_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"title" text NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"categories" jsonb NOT NULL,
	"contact" text DEFAULT '' NOT NULL,
	"forms_issued" integer DEFAULT 0 NOT NULL,
	"forms_blank" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"published_at" bigint,
	CONSTRAINT "collection_notices_days" CHECK ("collection_notices"."from_day" <= "collection_notices"."to_day")
);
--> statement-breakpoint
CREATE TABLE "micro_wishes" (
	"need_id" text PRIMARY KEY NOT NULL,
	"cap_fen" bigint NOT NULL,
	"status" text NOT NULL,
	"claimed_by" text,
	"claim_contact" text,
	"claimed_at" bigint,
	"fulfilled_at" bigint,
	"spent_fen" bigint,
	"rating" integer,
	CONSTRAINT "micro_wishes_cap" CHECK ("micro_wishes"."cap_fen" >= 0),
	CONSTRAINT "micro_wishes_spent" CHECK ("micro_wishes"."spent_fen" is null or "micro_wishes"."spent_fen" between 0 and "micro_wishes"."cap_fen"),
	CONSTRAINT "micro_wishes_rating" CHECK ("micro_wishes"."rating" is null or "micro_wishes"."rating" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "need_authors" (
	"need_id" text PRIMARY KEY NOT NULL,
	"name" text,
	"contact" text,
	"person_id" text,
	"guest_id" text,
	"entered_by" text,
	"sent_id" text NOT NULL,
	"lookup_hash" text NOT NULL,
	"erased_at" bigint,
	CONSTRAINT "need_authors_sent_id_unique" UNIQUE("sent_id"),
	CONSTRAINT "need_authors_lookup_hash_unique" UNIQUE("lookup_hash")
);
--> statement-breakpoint
CREATE TABLE "need_history" (
	"need_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"by_person_id" text,
	"deed" text NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "need_history_need_id_seq_pk" PRIMARY KEY("need_id","seq")
);
--> statement-breakpoint
CREATE TABLE "need_photos" (
	"need_id" text PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"shown" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "need_supports" (
	"need_id" text NOT NULL,
	"supporter" text NOT NULL,
	CONSTRAINT "need_supports_need_id_supporter_pk" PRIMARY KEY("need_id","supporter")
);
--> statement-breakpoint
CREATE TABLE "needs" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"notice_id" text,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"detail" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"zone_id" text,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"destination" text,
	"merged_into_id" text,
	"reply" text,
	"paper_supports" integer DEFAULT 0 NOT NULL,
	"submitted_at" bigint NOT NULL,
	CONSTRAINT "needs_community_id_code_unique" UNIQUE("community_id","code"),
	CONSTRAINT "needs_merged" CHECK (("needs"."status" = 'merged') = ("needs"."merged_into_id" is not null)),
	CONSTRAINT "needs_supports" CHECK ("needs"."paper_supports" >= 0)
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"sent_id" text NOT NULL,
	"name" text,
	"contact" text,
	"guest_id" text,
	"text" text NOT NULL,
	"lookup_hash" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"answer" text,
	"answer_reason" text,
	"answered_by" text,
	"answered_at" bigint,
	CONSTRAINT "objections_sent_id_unique" UNIQUE("sent_id"),
	CONSTRAINT "objections_lookup_hash_unique" UNIQUE("lookup_hash")
);
--> statement-breakpoint
CREATE TABLE "plan_checks" (
	"project_id" text NOT NULL,
	"version" integer NOT NULL,
	"question" text NOT NULL,
	"passed" boolean NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"by_person_id" text,
	"at" bigint NOT NULL,
	CONSTRAINT "plan_checks_project_id_version_question_pk" PRIMARY KEY("project_id","version","question")
);
--> statement-breakpoint
CREATE TABLE "plan_versions" (
	"project_id" text NOT NULL,
	"version" integer NOT NULL,
	"plan" jsonb NOT NULL,
	"asked_fen" bigint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"submitted_by" text,
	"submitted_at" bigint NOT NULL,
	CONSTRAINT "plan_versions_project_id_version_pk" PRIMARY KEY("project_id","version")
);
--> statement-breakpoint
CREATE TABLE "plan_writers" (
	"project_id" text NOT NULL,
	"person_id" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "plan_writers_project_id_person_id_pk" PRIMARY KEY("project_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "posting_points" (
	"id" text PRIMARY KEY NOT NULL,
	"notice_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"posted_at" bigint,
	"posted_by" text,
	"taken_down_at" bigint,
	CONSTRAINT "posting_points_notice_id_name_unique" UNIQUE("notice_id","name")
);
--> statement-breakpoint
CREATE TABLE "project_history" (
	"project_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"by_person_id" text,
	"deed" text NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"recorded" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "project_history_project_id_seq_pk" PRIMARY KEY("project_id","seq")
);
--> statement-breakpoint
CREATE TABLE "project_needs" (
	"project_id" text NOT NULL,
	"need_id" text NOT NULL,
	CONSTRAINT "project_needs_project_id_need_id_pk" PRIMARY KEY("project_id","need_id")
);
--> statement-breakpoint
CREATE TABLE "project_seats_tied" (
	"project_id" text NOT NULL,
	"seat_id" text NOT NULL,
	"reason" text NOT NULL,
	"added_by" text,
	"added_at" bigint NOT NULL,
	CONSTRAINT "project_seats_tied_project_id_seat_id_pk" PRIMARY KEY("project_id","seat_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"organisation_name" text DEFAULT '' NOT NULL,
	"applicant_contact" text,
	"envelope_id" text,
	"asked_fen" bigint DEFAULT 0 NOT NULL,
	"approved_fen" bigint,
	"status" text NOT NULL,
	"rectifying_from" text,
	"rectify_by" text,
	"owners_matter" text DEFAULT 'none' NOT NULL,
	"owners_decision_at" bigint,
	"owners_decision" text,
	"listing" text,
	"beneficiaries" integer,
	"public_from" text,
	"public_until" text,
	"created_by" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "projects_community_id_code_unique" UNIQUE("community_id","code"),
	CONSTRAINT "projects_asked" CHECK ("projects"."asked_fen" >= 0),
	CONSTRAINT "projects_approved" CHECK ("projects"."approved_fen" is null or "projects"."approved_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "review_scores" (
	"project_id" text NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"reviewer" text NOT NULL,
	"score" integer NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"entered_by" text,
	"at" bigint NOT NULL,
	CONSTRAINT "review_scores_project_id_version_side_reviewer_pk" PRIMARY KEY("project_id","version","side","reviewer"),
	CONSTRAINT "review_scores_range" CHECK ("review_scores"."score" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "project_id" text;--> statement-breakpoint
ALTER TABLE "collection_notices" ADD CONSTRAINT "collection_notices_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_notices" ADD CONSTRAINT "collection_notices_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "micro_wishes" ADD CONSTRAINT "micro_wishes_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_authors" ADD CONSTRAINT "need_authors_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_authors" ADD CONSTRAINT "need_authors_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_authors" ADD CONSTRAINT "need_authors_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_history" ADD CONSTRAINT "need_history_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_history" ADD CONSTRAINT "need_history_by_person_id_people_id_fk" FOREIGN KEY ("by_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_photos" ADD CONSTRAINT "need_photos_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "need_supports" ADD CONSTRAINT "need_supports_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_notice_id_collection_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."collection_notices"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_merged_into_id_needs_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."needs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_checks" ADD CONSTRAINT "plan_checks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_checks" ADD CONSTRAINT "plan_checks_by_person_id_people_id_fk" FOREIGN KEY ("by_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_submitted_by_people_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_writers" ADD CONSTRAINT "plan_writers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_writers" ADD CONSTRAINT "plan_writers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posting_points" ADD CONSTRAINT "posting_points_notice_id_collection_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."collection_notices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posting_points" ADD CONSTRAINT "posting_points_posted_by_people_id_fk" FOREIGN KEY ("posted_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_history" ADD CONSTRAINT "project_history_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_history" ADD CONSTRAINT "project_history_by_person_id_people_id_fk" FOREIGN KEY ("by_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_needs" ADD CONSTRAINT "project_needs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_needs" ADD CONSTRAINT "project_needs_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_seats_tied" ADD CONSTRAINT "project_seats_tied_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_seats_tied" ADD CONSTRAINT "project_seats_tied_seat_id_seats_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."seats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_seats_tied" ADD CONSTRAINT "project_seats_tied_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_scores" ADD CONSTRAINT "review_scores_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_scores" ADD CONSTRAINT "review_scores_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_notices_community_id_index" ON "collection_notices" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "need_authors_person_id_index" ON "need_authors" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "needs_merged_into_id_index" ON "needs" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "objections_project_id_index" ON "objections" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "plan_writers_person_id_index" ON "plan_writers" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "project_needs_need_id_index" ON "project_needs" USING btree ("need_id");--> statement-breakpoint
CREATE INDEX "project_seats_tied_seat_id_index" ON "project_seats_tied" USING btree ("seat_id");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "documents_project_id_index" ON "documents" USING btree ("project_id");