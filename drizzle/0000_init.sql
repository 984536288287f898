CREATE TABLE "building_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"zone_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "building_groups_zone_id_name_unique" UNIQUE("zone_id","name")
);
--> statement-breakpoint
CREATE TABLE "communities" (
	"id" text PRIMARY KEY NOT NULL,
	"realm_id" text NOT NULL,
	"name" text NOT NULL,
	"subdistrict" text DEFAULT '' NOT NULL,
	"district" text DEFAULT '' NOT NULL,
	"city" text DEFAULT '' NOT NULL,
	"households" integer,
	"population" integer,
	"is_demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "council_roles" (
	"council_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "council_roles_council_id_person_id_role_pk" PRIMARY KEY("council_id","person_id","role")
);
--> statement-breakpoint
CREATE TABLE "councils" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"term" text DEFAULT '' NOT NULL,
	"follows" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text,
	"phone" text,
	"gender" text,
	"birth_month" text,
	"role_note" text,
	"organisation" text,
	"zone_id" text,
	"building_group_id" text,
	"large_type" boolean DEFAULT false NOT NULL,
	"has_smartphone" boolean DEFAULT true NOT NULL,
	"consent_publish_name" boolean DEFAULT false NOT NULL,
	"note" text,
	"demo_ref" text,
	"created_at" bigint NOT NULL,
	"erasure_asked_at" bigint,
	"erased_at" bigint,
	CONSTRAINT "people_community_id_demo_ref_unique" UNIQUE("community_id","demo_ref")
);
--> statement-breakpoint
CREATE TABLE "realms" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_packs" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"rules" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"replaces" text,
	"position" integer DEFAULT 0 NOT NULL,
	"retired_at" bigint,
	CONSTRAINT "rule_packs_replaces_unique" UNIQUE("replaces")
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"id" text PRIMARY KEY NOT NULL,
	"council_id" text NOT NULL,
	"sector_id" text NOT NULL,
	"person_id" text,
	"title" text DEFAULT '委员' NOT NULL,
	"voting" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sectors" (
	"id" text PRIMARY KEY NOT NULL,
	"council_id" text NOT NULL,
	"name" text NOT NULL,
	"seats" integer NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sectors_council_id_name_unique" UNIQUE("council_id","name")
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"community_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "staff_roles_community_id_person_id_role_pk" PRIMARY KEY("community_id","person_id","role")
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "zones_community_id_name_unique" UNIQUE("community_id","name")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"login_name" text NOT NULL,
	"password_hash" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "accounts_person_id_unique" UNIQUE("person_id"),
	CONSTRAINT "accounts_login_name_unique" UNIQUE("login_name")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"window_started_at" bigint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "attempts_kind_subject_pk" PRIMARY KEY("kind","subject")
);
--> statement-breakpoint
CREATE TABLE "guests" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"community_id" text NOT NULL,
	"shown_name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"admitted_person_id" text,
	"admitted_meeting_id" text,
	CONSTRAINT "guests_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" integer DEFAULT 0 NOT NULL,
	"transports" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"label" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"account_id" text,
	"meeting_id" text,
	"slip_id" text,
	"device" text DEFAULT '' NOT NULL,
	"opened_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slips" (
	"id" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"meeting_id" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"used_at" bigint,
	"revoked_at" bigint,
	CONSTRAINT "slips_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "downloads" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"person_id" text,
	"what" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meeting_commands" (
	"meeting_id" text NOT NULL,
	"command_id" text NOT NULL,
	"actor_key" text NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "meeting_commands_meeting_id_command_id_pk" PRIMARY KEY("meeting_id","command_id")
);
--> statement-breakpoint
CREATE TABLE "meeting_events" (
	"meeting_id" text NOT NULL,
	"seq" integer NOT NULL,
	"body" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "meeting_events_meeting_id_seq_pk" PRIMARY KEY("meeting_id","seq")
);
--> statement-breakpoint
CREATE TABLE "meeting_words" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"seq" integer NOT NULL,
	"person_id" text,
	"scope" text NOT NULL,
	"salt" "bytea",
	"text" text,
	"elsewhere" text,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"realm_id" text NOT NULL,
	"community_id" text NOT NULL,
	"council_id" text,
	"format" text NOT NULL,
	"title" text NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"starts_at" bigint NOT NULL,
	"planned_minutes" integer DEFAULT 120 NOT NULL,
	"call_link" text,
	"rule_pack_id" text,
	"join_code" text NOT NULL,
	"phase" text DEFAULT 'draft' NOT NULL,
	"head_seq" integer DEFAULT 0 NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"copied_from" text,
	CONSTRAINT "meetings_join_code_unique" UNIQUE("join_code")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	"uploaded_by" text,
	"uploaded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_supports" (
	"question_id" text NOT NULL,
	"supporter" text NOT NULL,
	CONSTRAINT "question_supports_question_id_supporter_pk" PRIMARY KEY("question_id","supporter")
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"sent_id" text NOT NULL,
	"guest_id" text,
	"person_id" text,
	"shown_name" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"hidden_reason" text,
	"supports" integer DEFAULT 0 NOT NULL,
	"brought_by" text,
	"answer" text,
	"answered_by" text,
	"answered_at" bigint,
	"lookup_hash" text NOT NULL,
	"asked_at" bigint NOT NULL,
	CONSTRAINT "questions_meeting_id_sent_id_unique" UNIQUE("meeting_id","sent_id")
);
--> statement-breakpoint
CREATE TABLE "rehearsals" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"phones" integer NOT NULL,
	"started_by" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	"passed" boolean,
	"report" jsonb
);
--> statement-breakpoint
CREATE TABLE "ballots" (
	"poll_id" text NOT NULL,
	"seat_id" text NOT NULL,
	"acting_id" text NOT NULL,
	"channel" text NOT NULL,
	"revision" integer NOT NULL,
	"choice" jsonb,
	"cast_ids" text[] NOT NULL,
	"cast_at" bigint NOT NULL,
	CONSTRAINT "ballots_poll_id_seat_id_pk" PRIMARY KEY("poll_id","seat_id")
);
--> statement-breakpoint
CREATE TABLE "hidden_choices" (
	"id" text PRIMARY KEY NOT NULL,
	"poll_id" text NOT NULL,
	"choice" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"status" text NOT NULL,
	"frame" jsonb NOT NULL,
	"barred" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"opened_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "tally_sheets" (
	"id" text PRIMARY KEY NOT NULL,
	"poll_id" text NOT NULL,
	"kind" text NOT NULL,
	"seat_ids" jsonb NOT NULL,
	"content" jsonb NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" bigint NOT NULL,
	"confirmed_by" text,
	"confirmed_at" bigint,
	"rejected_by" text,
	"rejected_at" bigint,
	"replaces" text,
	"reason" text,
	CONSTRAINT "tally_sheets_replaces_unique" UNIQUE("replaces")
);
--> statement-breakpoint
CREATE TABLE "document_clients" (
	"document_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"person_id" text NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "document_clients_document_id_client_id_pk" PRIMARY KEY("document_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "document_snapshots" (
	"document_id" text NOT NULL,
	"seq" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "document_snapshots_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "document_updates" (
	"document_id" text NOT NULL,
	"seq" integer NOT NULL,
	"person_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "document_updates_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"meeting_id" text,
	"head_seq" integer DEFAULT 0 NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"size" integer DEFAULT 0 NOT NULL,
	"frozen_seq" integer,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "building_groups" ADD CONSTRAINT "building_groups_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communities" ADD CONSTRAINT "communities_realm_id_realms_id_fk" FOREIGN KEY ("realm_id") REFERENCES "public"."realms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "council_roles" ADD CONSTRAINT "council_roles_council_id_councils_id_fk" FOREIGN KEY ("council_id") REFERENCES "public"."councils"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "council_roles" ADD CONSTRAINT "council_roles_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "councils" ADD CONSTRAINT "councils_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "councils" ADD CONSTRAINT "councils_follows_councils_id_fk" FOREIGN KEY ("follows") REFERENCES "public"."councils"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_building_group_id_building_groups_id_fk" FOREIGN KEY ("building_group_id") REFERENCES "public"."building_groups"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_packs" ADD CONSTRAINT "rule_packs_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_packs" ADD CONSTRAINT "rule_packs_replaces_rule_packs_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."rule_packs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_council_id_councils_id_fk" FOREIGN KEY ("council_id") REFERENCES "public"."councils"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_sector_id_sectors_id_fk" FOREIGN KEY ("sector_id") REFERENCES "public"."sectors"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sectors" ADD CONSTRAINT "sectors_council_id_councils_id_fk" FOREIGN KEY ("council_id") REFERENCES "public"."councils"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zones" ADD CONSTRAINT "zones_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guests" ADD CONSTRAINT "guests_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guests" ADD CONSTRAINT "guests_admitted_person_id_people_id_fk" FOREIGN KEY ("admitted_person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guests" ADD CONSTRAINT "guests_admitted_meeting_id_meetings_id_fk" FOREIGN KEY ("admitted_meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_slip_id_slips_id_fk" FOREIGN KEY ("slip_id") REFERENCES "public"."slips"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "downloads" ADD CONSTRAINT "downloads_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "downloads" ADD CONSTRAINT "downloads_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_commands" ADD CONSTRAINT "meeting_commands_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_events" ADD CONSTRAINT "meeting_events_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_words" ADD CONSTRAINT "meeting_words_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_realm_id_realms_id_fk" FOREIGN KEY ("realm_id") REFERENCES "public"."realms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_council_id_councils_id_fk" FOREIGN KEY ("council_id") REFERENCES "public"."councils"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_uploaded_by_people_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_supports" ADD CONSTRAINT "question_supports_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rehearsals" ADD CONSTRAINT "rehearsals_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rehearsals" ADD CONSTRAINT "rehearsals_started_by_people_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_choices" ADD CONSTRAINT "hidden_choices_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tally_sheets" ADD CONSTRAINT "tally_sheets_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_clients" ADD CONSTRAINT "document_clients_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_snapshots" ADD CONSTRAINT "document_snapshots_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_updates" ADD CONSTRAINT "document_updates_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "communities_realm_id_index" ON "communities" USING btree ("realm_id");--> statement-breakpoint
CREATE INDEX "councils_community_id_index" ON "councils" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "people_community_id_index" ON "people" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "rule_packs_community_id_index" ON "rule_packs" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "seats_council_id_index" ON "seats" USING btree ("council_id");--> statement-breakpoint
CREATE UNIQUE INDEX "seats_one_living_seat" ON "seats" USING btree ("council_id","person_id") WHERE "seats"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "guests_community_id_index" ON "guests" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "passkeys_account_id_index" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_person_id_index" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_slip_id_index" ON "sessions" USING btree ("slip_id");--> statement-breakpoint
CREATE INDEX "slips_person_id_index" ON "slips" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "slips_one_good_slip" ON "slips" USING btree ("meeting_id","person_id") WHERE "slips"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "meeting_words_meeting_id_seq_index" ON "meeting_words" USING btree ("meeting_id","seq");--> statement-breakpoint
CREATE INDEX "meeting_words_person_id_index" ON "meeting_words" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "meetings_community_id_index" ON "meetings" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "meetings_realm_id_index" ON "meetings" USING btree ("realm_id");--> statement-breakpoint
CREATE INDEX "papers_meeting_id_index" ON "papers" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "questions_meeting_id_index" ON "questions" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "hidden_choices_poll_id_index" ON "hidden_choices" USING btree ("poll_id");--> statement-breakpoint
CREATE INDEX "polls_meeting_id_index" ON "polls" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "tally_sheets_poll_id_index" ON "tally_sheets" USING btree ("poll_id");--> statement-breakpoint
CREATE INDEX "documents_meeting_id_index" ON "documents" USING btree ("meeting_id");